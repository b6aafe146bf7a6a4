import { expect, test } from 'vitest';
import { counted, handed, part, share, spread, sum } from './sums';

test('shares round halves away from zero', () => {
  expect(share(1_000, 1_500)).toBe(150);
  expect(share(5, 1_000)).toBe(1);
  expect(share(-5, 1_000)).toBe(-1);
  expect(share(333, 1_000)).toBe(33);
});

test('two parts of an amount add up to it, whatever the seed', () => {
  let seed = 20_261_122;
  const next = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
  for (let round = 0; round < 500; round++) {
    const whole = 2 + next(20);
    const pieces = 1 + next(whole - 1);
    const minor = next(1_000_000);
    const first = part(minor, pieces, whole);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(Math.abs(first - (minor * pieces) / whole)).toBeLessThan(1);
  }
  expect(part(1_000, 3, 3)).toBe(1_000);
});

test('a drawer is counted by coin and note', () => {
  expect(
    counted([
      { value: 50_000, count: 3 },
      { value: 50, count: 7 },
    ]),
  ).toBe(150_350);
  expect(sum([])).toBe(0);
});

test('parts of a tip add up to it, whatever the weights', () => {
  expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(spread(100, [0, 5])).toEqual([0, 100]);
  expect(spread(100, [0, 0])).toEqual([100, 0]);
  let seed = 7_202_611;
  const next = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
  for (let round = 0; round < 500; round++) {
    const minor = next(1_000_000);
    const weights = Array.from({ length: 1 + next(5) }, () => next(1_000));
    expect(sum(spread(minor, weights))).toBe(minor);
  }
});

test('what may be handed over: exact, then the next notes', () => {
  expect(handed(142_000, [50_000, 20_000, 10_000])).toEqual([142_000, 150_000, 160_000]);
  expect(handed(18_000, [])).toEqual([18_000]);
});
