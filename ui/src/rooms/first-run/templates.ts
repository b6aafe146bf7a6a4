// What studios usually offer, as a start that is quicker to correct than to type.

import type { ServiceKind } from '../../../bindings';
import { t } from '../../words/index.svelte';
import { amountText, exponentOf } from './amount';

export type Template = 'tattoo' | 'piercing' | 'empty';

export interface ServiceRow {
  name: string;
  kind: ServiceKind;
  minutes: number;
  /** As typed. */
  price: string;
}

/** What one unit of the price list below is worth, roughly: a start, not a rate. */
const worth: Record<string, number> = { MXN: 20, BRL: 5, COP: 4000, CLP: 1000, ARS: 1000, JPY: 150 };

const tattoo = [
  ['consultation', 'consultation', 30, 0],
  ['smallLettering', 'tattoo', 60, 80],
  ['flash', 'tattoo', 60, 100],
  ['smallCustom', 'tattoo', 90, 150],
  ['halfDay', 'tattoo', 240, 400],
  ['fullDay', 'tattoo', 420, 700],
  ['touchUp', 'tattoo', 45, 40],
  ['aftercare', 'other', 15, 0],
] as const;

const piercing = [
  ['lobe', 'piercing', 30, 40],
  ['helix', 'piercing', 30, 50],
  ['nostril', 'piercing', 30, 50],
  ['septum', 'piercing', 30, 60],
  ['navel', 'piercing', 45, 60],
  ['jewellery', 'piercing', 15, 15],
  ['aftercare', 'other', 15, 0],
] as const;

export function rowsOf(template: Template, currency: string): ServiceRow[] {
  const rows = { tattoo, piercing, empty: [] }[template];
  return rows.map(([name, kind, minutes, price]) => ({
    name: t.firstRun.services.names[name],
    kind,
    minutes,
    price: amountText(price * (worth[currency] ?? 1) * 10 ** exponentOf(currency), exponentOf(currency)),
  }));
}
