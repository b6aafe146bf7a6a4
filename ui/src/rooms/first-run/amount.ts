// Amounts before there is a studio. From the first session on Rust reads them (studio.amount); this keeps its rules, and
// Rust checks the result again when the studio is made.

import { currencies } from '../../../bindings';

/** Decimal places of a currency, as the studio will keep them. */
export function exponentOf(currency: string): number {
  return currencies[currency] ?? 2;
}

/** How people write a currency besides its code and its sign. */
const words = new Set(
  (
    'bs dollar dollars dolar dolares euro euros fr ft kc kr lei mn peso pesos reais real rm rp rs sol soles won yen ' +
    'zl'
  ).split(' '),
);

/** "MXN", "US$", "Fr." or "pesos"; any other word could mean anything. */
function isCurrency(word: string): boolean {
  if (/[\p{Sc}/]/u.test(word)) return (word.match(/\p{L}/gu) ?? []).length <= 3;
  const bare = word.replaceAll('.', '').normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/gi, 'l').toLowerCase();
  return words.has(bare) || bare.toUpperCase() in currencies;
}

/** "1,234.50", "1.234,5", "1 234,50", "$ 80", "80 MXN" in minor units; null where the text names no amount of this currency. */
export function readAmount(text: string, exponent: number): number | null {
  const parts = /^([^\d]*?)((?<!\p{L})\.(?=\d))?(\d(?:[^]*\d)?)[.,]?([^\d]*)$/u.exec(text.trim());
  if (!parts) return null;
  const [, before = '', point = '', middle = '', after = ''] = parts;
  if (![...before.split(/\s+/), ...after.split(/\s+/)].filter(Boolean).every(isCurrency)) return null;
  const groups = middle.split(/[ \u00a0\u202f'\u2019]/);
  if (groups.length > 1 && !(/^\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((g) => /^\d{3}(?!\d)/.test(g))))
    return null;
  const body = point + groups.join('');
  if (!/^[\d.,]+$/.test(body) || body.length > 24) return null;
  // The last separator is the decimal one when what follows fits the currency and no other of its kind is there.
  const at = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','));
  const decimal = at >= 0 && body.length - at - 1 <= exponent && body.split(body[at] ?? '').length === 2;
  const [whole, fraction] = decimal ? [body.slice(0, at), body.slice(at + 1)] : [body, ''];
  const thousands = whole.split(/[.,]/);
  if (thousands.length > 1 && (thousands[0] === '' || thousands.slice(1).some((group) => group.length !== 3)))
    return null;
  const minor = Number(thousands.join('') + fraction.padEnd(exponent, '0'));
  return minor <= 1_000_000_000_000 ? minor : null;
}

export function amountText(minor: number | null, exponent: number): string {
  return minor === null ? '' : (minor / 10 ** exponent).toFixed(exponent);
}
