import { expect, test } from 'vitest';
import { gapsOf } from './gaps';
import type { Column, GridCard } from './grid';

const at = (hour: number, minute = 0) => (hour * 60 + minute) * 60_000;

const column = (id: string, off: [number, number][] = []): Column => ({
  id,
  name: id,
  fullName: id,
  hours: '',
  note: '',
  off: off.map(([start, end]) => ({ id: String(start), start, end, label: '' })),
});

const card = (column: string, start: number, end: number, more: Partial<GridCard> = {}) =>
  ({ column, start, end, status: 'confirmed', setup: 0, cleanup: 0, ...more }) as GridCard;

const hour = { minutes: 60, setup: 0, cleanup: 0 };
const never = () => 0;

test('what is taken, off or too short is no gap', () => {
  const gaps = gapsOf(
    [column('mara', [[at(10), at(11)]]), column('dario')],
    [card('mara', at(12), at(14)), card('mara', at(14, 30), at(17)), card('dario', at(10), at(20))],
    hour,
    [at(10), at(20)],
    never,
  );
  expect(gaps).toEqual([
    { column: 'mara', start: at(11), end: at(12), latest: at(11) },
    { column: 'mara', start: at(17), end: at(20), latest: at(19) },
  ]);
});

test('the time for setting up and cleaning counts on both sides, a missed visit not at all', () => {
  const gaps = gapsOf(
    [column('mara')],
    [
      card('mara', at(11), at(12), { cleanup: 15 }),
      card('mara', at(13, 30), at(14), { status: 'no_show' }),
      card('mara', at(14), at(20)),
    ],
    { minutes: 60, setup: 15, cleanup: 15 },
    [at(10), at(20)],
    never,
  );
  expect(gaps).toEqual([{ column: 'mara', start: at(12, 30), end: at(13, 45), latest: at(12, 45) }]);
});

test('nothing begins before now', () => {
  expect(gapsOf([column('mara')], [], hour, [at(10), at(12)], () => at(10, 20))).toEqual([
    { column: 'mara', start: at(10, 30), end: at(12), latest: at(11) },
  ]);
  expect(gapsOf([column('mara')], [], hour, [at(10), at(12)], () => at(11, 20))).toEqual([]);
});
