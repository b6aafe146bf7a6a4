import { describe, expect, test } from 'vitest';
import { everyNth, place, scale } from './scale';

describe('scale', () => {
  test('ends on a round number above the highest value', () => {
    expect(scale([0, 73, 410]).ticks).toEqual([0, 200, 400, 600]);
    expect(scale([9_800]).to).toBe(10_000);
  });

  test('reaches below nothing when a day gave back more than it took', () => {
    const found = scale([-120, 300]);
    expect(found.from).toBeLessThanOrEqual(-120);
    expect(found.ticks).toContain(0);
  });

  test('holds without any values, and with nothing but nothing', () => {
    expect(scale([])).toEqual({ from: 0, to: 1, ticks: [0] });
    expect(scale([0, 0])).toEqual({ from: 0, to: 1, ticks: [0] });
  });

  test('places every value between its ends', () => {
    const found = scale([5, 17, 42]);
    for (const value of [0, 5, 17, 42]) {
      expect(place(value, found)).toBeGreaterThanOrEqual(0);
      expect(place(value, found)).toBeLessThanOrEqual(1);
    }
  });
});

test('labels are thinned out where there is no room for all', () => {
  expect(everyNth(7, 10)).toBe(1);
  expect(everyNth(31, 10)).toBe(4);
  expect(everyNth(0, 10)).toBe(1);
});
