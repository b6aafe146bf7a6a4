import { expect, test } from 'vitest';
import { counted, part, share, sum } from './sums';

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
