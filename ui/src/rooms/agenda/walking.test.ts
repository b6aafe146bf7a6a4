import { expect, test } from 'vitest';
import { neighbour } from './walking';

const cards = [
  { id: 'a1', column: 0, start: 600 },
  { id: 'a2', column: 0, start: 700 },
  { id: 'c1', column: 2, start: 610 },
  { id: 'c2', column: 2, start: 720 },
];

test('up and down walk through the column and stop at its ends', () => {
  expect(neighbour(cards, 'a1', 'down')).toBe('a2');
  expect(neighbour(cards, 'a2', 'down')).toBeNull();
  expect(neighbour(cards, 'a2', 'up')).toBe('a1');
});

test('left and right skip an empty column and land on the nearest time', () => {
  expect(neighbour(cards, 'a2', 'right')).toBe('c2');
  expect(neighbour(cards, 'c1', 'left')).toBe('a1');
  expect(neighbour(cards, 'c1', 'right')).toBeNull();
});
