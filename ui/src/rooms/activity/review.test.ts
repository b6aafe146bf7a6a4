import { expect, test } from 'vitest';
import { addMonths, bars } from './review';
import { reveal, stretch } from './rows';

test('months follow each other over the year’s end', () => {
  expect(addMonths('2026-11', -1)).toBe('2026-10');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(addMonths('2026-12', 1)).toBe('2027-01');
});

test('one bar a name, the longest first, with what it is made of', () => {
  const rows = [
    { who: 'Lena', what: 'refund', count: 2 },
    { who: 'Mara', what: 'void', count: 9 },
    { who: 'Lena', what: 'void', count: 1 },
  ];
  expect(
    bars(
      rows,
      (row) => row.who,
      (row) => row.what,
    ),
  ).toEqual([
    { name: 'Mara', count: 9, detail: 'void' },
    { name: 'Lena', count: 3, detail: 'refund 2 · void 1' },
  ]);
});

test('of many rows only those in sight are drawn, and the rest keeps its height', () => {
  const top = stretch(10_000, 44, 0, 880);
  expect(top).toMatchObject({ from: 0, above: 0 });
  expect(top.to).toBeLessThan(60);
  const middle = stretch(10_000, 44, 44 * 5000, 880);
  expect(middle.from).toBeLessThan(5000);
  expect(middle.to).toBeGreaterThan(5020);
  expect(middle.above + (middle.to - middle.from) * 44 + middle.below).toBe(10_000 * 44);
  const end = stretch(10_000, 44, 44 * 9990, 880);
  expect(end.to).toBe(10_000);
  expect(end.below).toBe(0);
  expect(stretch(3, 44, 0, 880)).toEqual({ from: 0, to: 3, above: 0, below: 0 });
});

test('walking scrolls no further than it has to', () => {
  expect(reveal(5, 44, 0, 880, 44)).toBe(0);
  expect(reveal(30, 44, 0, 880, 44)).toBe(31 * 44 - 836);
  expect(reveal(2, 44, 440, 880, 44)).toBe(88);
});
