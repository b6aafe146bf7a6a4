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
