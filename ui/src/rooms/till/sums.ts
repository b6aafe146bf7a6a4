// The few sums the page shows before Rust has the last word: whole minor units, adding and sharing as Rust does.

/** `points` basis points of an amount, halves away from zero. */
export function share(minor: number, points: number): number {
  return Math.sign(minor) * Math.round((Math.abs(minor) * points) / 10_000);
}

export function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** What `part` of `whole` pieces is worth, largest remainder first: the two parts always add up to the amount. */
export function part(minor: number, pieces: number, whole: number): number {
  if (whole <= 0 || pieces >= whole) return minor;
  const exact = minor * pieces;
  const rest = exact % whole;
  return Math.floor(exact / whole) + (rest > 0 && rest * 2 >= whole ? 1 : 0);
}

export function counted(counts: { value: number; count: number }[]): number {
  return sum(counts.map(({ value, count }) => value * count));
}

/** `minor` in parts after these weights, largest remainder first: they always add up to it. */
export function spread(minor: number, weights: number[]): number[] {
  const whole = sum(weights);
  if (whole <= 0) return weights.map((_, at) => (at === 0 ? minor : 0));
  const parts = weights.map((weight) => Math.floor((minor * weight) / whole));
  const rests = weights.map((weight, at) => ({
    at,
    rest: (minor * weight) % whole,
  }));
  for (const { at } of rests.toSorted((a, b) => b.rest - a.rest || a.at - b.at).slice(0, minor - sum(parts)))
    parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** Sums that somebody may hand over for `minor`: exact, then what the next larger notes come to; four at most. */
export function handed(minor: number, notes: number[]): number[] {
  const sums = notes.toSorted((a, b) => a - b).map((note) => Math.ceil(minor / note) * note);
  return [minor, ...new Set(sums.filter((each) => each > minor && each <= minor * 3))].slice(0, 4);
}
