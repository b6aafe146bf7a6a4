import { expect, test } from 'vitest';
import { percentText, readPercent } from './percent-text';

test.each([
  ['10', 1000],
  ['12.5', 1250],
  ['12,5', 1250],
  [' 7 % ', 700],
  ['0', 0],
  ['100', 10_000],
  ['0.05', 5],
])('%s is %d basis points', (text, points) => expect(readPercent(text)).toBe(points));

test.each(['', '101', '-5', 'ten', '1.234', '1.2.3'])('%s is no share', (text) => expect(readPercent(text)).toBeNull());

test('what is shown reads back the same', () => {
  for (const points of [0, 5, 1250, 10_000]) expect(readPercent(percentText(points))).toBe(points);
  expect(percentText(null)).toBe('');
});
