// The scale of a chart: round steps, and where a value lies on it.

export interface Scale {
  from: number;
  to: number;
  ticks: number[];
}

/** A scale from nothing (or the lowest value below it) to a round number above the highest, in at most `steps` steps. */
export function scale(values: number[], steps = 4): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  if (low === high) return { from: 0, to: 1, ticks: [0] };
  const rough = (high - low) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step;
  const count = Math.round((to - from) / step);
  return { from, to, ticks: Array.from({ length: count + 1 }, (_, at) => from + at * step) };
}

/** The share of the way from the scale's beginning to its end. */
export function place(value: number, { from, to }: Scale): number {
  return (value - from) / (to - from);
}

/** Which labels are written when there is room for `most`: evenly spaced, the first always. */
export function everyNth(count: number, most: number): number {
  return Math.max(1, Math.ceil(count / Math.max(1, most)));
}
