// The worked example beside an artist's shares: reckoned as the core does, so that it says what a sale will.

import { share, spread } from '../till/sums';

export interface Shares {
  artist: number;
  mentor: number;
  studio: number;
}

/** A price of minor units without tax; the artist's share of it and the mentor's part of that share in basis points. */
export function shares(price: number, points: number, mentorPoints: number): Shares {
  const whole = share(price, points);
  const [artist = 0, mentor = 0] = spread(whole, [10_000 - mentorPoints, mentorPoints]);
  return { artist, mentor, studio: price - whole };
}
