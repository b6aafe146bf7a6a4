// Shares as people type them: 10, 12.5, 12,5, 7 %. Basis points everywhere else.

/** Basis points from 0 to 10,000, or null where the text names no share of a whole. */
export function readPercent(text: string): number | null {
  const match = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= 10_000 ? points : null;
}

export function percentText(points: number | null): string {
  return points === null ? '' : String(points / 100);
}
