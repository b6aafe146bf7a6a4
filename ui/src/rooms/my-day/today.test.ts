import { expect, test } from 'vitest';
import type { Block, Item } from '../../../bindings';
import { at, card } from '../../test-desk';
import { inFocus, low, rowsOf } from './today';

const hours: [number, number] = [at(10), at(20)];

test('what is free between visits is told from now on, short air is not', () => {
  const rows = rowsOf(
    [card('a', 'me', 'Ana', at(12), at(13)), card('b', 'me', 'Bea', at(13, 15), at(16))],
    [
      {
        id: 'x',
        artist_id: 'me',
        starts_at: at(18),
        ends_at: at(23),
        kind: 'pause',
        note: null,
        series_id: null,
      } as Block,
    ],
    hours,
    at(11),
  );
  expect(rows.map((row) => [row.kind, row.start, row.end])).toEqual([
    ['free', at(11), at(12)],
    ['visit', at(12), at(13)],
    ['visit', at(13, 15), at(16)],
    ['free', at(16), at(18)],
    ['off', at(18), at(20)],
  ]);
});

test('a missed visit leaves its time free, a cancelled one is gone', () => {
  const rows = rowsOf(
    [
      card('a', 'me', 'Ana', at(14), at(15), { status: 'no_show' }),
      card('b', 'me', 'Bea', at(16), at(17), { status: 'cancelled' }),
    ],
    [],
    hours,
    at(14),
  );
  expect(rows.map((row) => row.kind)).toEqual(['visit', 'free']);
});

test('in the chair comes before who waits, who waits before who comes', () => {
  const coming = card('a', 'me', 'Ana', at(12), at(13));
  const waiting = card('b', 'me', 'Bea', at(14), at(15), { status: 'arrived' });
  const sitting = card('c', 'me', 'Caro', at(15), at(16), { status: 'in_session' });
  expect(inFocus([coming, waiting, sitting])?.id).toBe('c');
  expect(inFocus([coming, waiting])?.id).toBe('b');
  expect(inFocus([coming])?.id).toBe('a');
  expect(inFocus([card('d', 'me', 'Dina', at(10), at(11), { status: 'completed' })])).toBeNull();
});

test('the emptiest supply comes first, and what has gone off does not count', () => {
  const item = (name: string, on_hand: number, minimum: number, expired = 0) =>
    ({ name, on_hand, minimum, expired, active: true }) as Item;
  expect(
    low([item('a', 5, 10), item('b', 1, 10), item('c', 12, 10), item('d', 0, 0), item('e', 12, 10, 12)]).map(
      (each) => each.name,
    ),
  ).toEqual(['e', 'b', 'a']);
});
