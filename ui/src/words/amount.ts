// Amounts as people type them: 1500, 1,500.00, 1.500,00, $ 20. The answer is whole minor units; no float is involved.

/** Minor units, or null where the text is no amount of a currency with `exponent` decimals. */
export function parseAmount(text: string, exponent: number): number | null {
  const bare = text.replace(/[\s\u00a0\u202f$€£¥]/g, '');
  const match = /^(-?)(\d{1,3}(?:([.,'’])\d{3})*|\d+)(?:([.,])(\d*))?$/.exec(bare);
  if (!match) return null;
  const [, sign, whole = '', group, point, decimals = ''] = match;
  if (point !== undefined && point === group) return null;
  if (decimals.length > exponent) return null;
  const minor = Number(whole.replace(/\D/g, '') + decimals.padEnd(exponent, '0'));
  return Number.isSafeInteger(minor) ? (sign ? -minor : minor) : null;
}
