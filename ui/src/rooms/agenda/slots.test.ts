import { expect, test } from 'vitest';
import { Slots } from './slots';

const items = (...ids: string[]) => ids.map((id) => ({ id }));
const drawn = (slots: { at: number; item: { id: string } }[]) =>
  slots.map(({ at, item }) => `${at}${item.id}`).join(' ');

test('a card keeps its element while the day stays', () => {
  const slots = new Slots<{ id: string }>();
  expect(drawn(slots.fill('mon', items('a', 'b', 'c')))).toBe('0a 1b 2c');
  expect(drawn(slots.fill('mon', items('c', 'a', 'b')))).toBe('0a 1b 2c');
  expect(drawn(slots.fill('mon', items('a', 'x', 'c')))).toBe('0a 1x 2c');
  expect(drawn(slots.fill('mon', items('new', 'a', 'x', 'c')))).toBe('0a 1x 2c 3new');
});

test('the next day starts again from the first element', () => {
  const slots = new Slots<{ id: string }>();
  slots.fill('mon', items('a', 'b', 'c'));
  expect(drawn(slots.fill('tue', items('c', 'd')))).toBe('0c 1d');
});
