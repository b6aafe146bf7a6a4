// The sums under a sale in the order they add up: goods, what is taken off, what comes on top, the total, what pays of it.

import type { Cart } from '../../../bindings';
import { t } from '../../words/index.svelte';
import { sum } from './sums';
import { taxLabel } from './taxes';

export interface TotalRow {
  label: string;
  minor: number;
  /** A part counts; a sum says what the parts above it come to; what is within is in there already. */
  is: 'part' | 'sum' | 'within';
}

export function totals(cart: Cart, artistName: (id: string) => string): TotalRow[] {
  const part = (label: string, minor: number): TotalRow => ({ label, minor, is: 'part' });
  const taxes = cart.taxes.filter((each) => each.tax !== 0);
  const onTop = cart.tax_added > 0;
  const added = [
    ...(onTop ? taxes.map((tax) => part(taxLabel(tax, true), tax.tax)) : []),
    ...cart.tips.map((tip) => part(t.till.tipOf(artistName(tip.artist_id)), tip.amount)),
  ];
  const rows = [part(t.till.subtotal, cart.before_tax + cart.discount)];
  if (cart.discount > 0) rows.push(part(t.till.discounts, -cart.discount));
  if (cart.discount > 0 && added.length > 0)
    rows.push({ label: t.till.afterDiscount, minor: cart.before_tax, is: 'sum' });
  rows.push(...added);
  if (rows.length > 1 || cart.deposits.length > 0) rows.push({ label: t.till.total, minor: cart.total, is: 'sum' });
  if (!onTop)
    rows.push(...taxes.map((tax): TotalRow => ({ label: taxLabel(tax, false), minor: tax.tax, is: 'within' })));
  if (cart.deposits.length > 0) rows.push(part(t.till.depositsUsed, -sum(cart.deposits.map((each) => each.amount))));
  return rows;
}
