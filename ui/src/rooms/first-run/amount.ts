// Amounts before there is a studio. From the first session on Rust reads them (studio.amount); this keeps its rules, and
// Rust checks the result again when the studio is made.

import { currencies } from '../../../bindings';

/** Decimal places of a currency, as the studio will keep them. */
export function exponentOf(currency: string): number {
  return currencies[currency] ?? 2;
}

/** "1,234.50", "1.234,5", "$ 80" in minor units; null where the text names no amount of this currency. */
export function readAmount(text: string, exponent: number): number | null {
  const body = text.replace(/[^\d.,-]/g, '');
  if (!/^[\p{L}\p{N}\s.,\-'$€£¥₩₫₱]*$/u.test(text) || !/\d/.test(body) || body.includes('-') || body.length > 24)
    return null;
  // The last separator is the decimal one when what follows fits the currency and no other of its kind is there.
  const at = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
  const decimal = at >= 0 && body.length - at - 1 <= exponent && body.split(body[at] ?? '').length === 2;
  const [whole, fraction] = decimal ? [body.slice(0, at), body.slice(at + 1)] : [body, ''];
  const groups = whole.split(/[.,]/);
  if (groups.length > 1 && (groups[0] === '' || groups.slice(1).some((group) => group.length !== 3))) return null;
  const minor = Number(groups.join('') + fraction.padEnd(exponent, '0'));
  return minor <= 1_000_000_000_000 ? minor : null;
}

export function amountText(minor: number | null, exponent: number): string {
  return minor === null ? '' : (minor / 10 ** exponent).toFixed(exponent);
}
