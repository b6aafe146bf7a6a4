import { expect, test } from 'vitest';
import { axisOf } from './axis';
import { places, type GridCard } from './grid';

const axis = axisOf('2026-11-20', 'UTC', [[Date.UTC(2026, 10, 20, 10), Date.UTC(2026, 10, 20, 20)]], String);
const columns = ['a', 'b'].map((id) => ({ id, name: id, fullName: id, hours: '', note: '', off: [] }));

function card(id: string, column: string, from: [number, number], to: [number, number], day = 20): GridCard {
  return {
    id,
    column,
    start: Date.UTC(2026, 10, 20, ...from),
    end: Date.UTC(2026, 10, day, ...to),
    client: id,
    status: 'booked',
    service: null,
    label: id,
    when: '',
    mark: '',
    reminded: false,
    lacks: '',
    faded: false,
    setup: 0,
    cleanup: 0,
    movable: true,
  };
}

test('a card stands at its time, in its column', () => {
  const place = places(columns, [card('x', 'b', [11, 0], [12, 0])], axis, 20, 17).get('x');
  expect(place).toMatchObject({ top: 80, height: 79, left: 50, width: 50, lines: 4 });
});

test('a quarter of an hour has room for one line', () => {
  expect(places(columns, [card('x', 'a', [11, 0], [11, 15])], axis, 17, 17).get('x')?.lines).toBe(1);
  expect(places(columns, [card('x', 'a', [11, 0], [11, 30])], axis, 17, 17).get('x')?.lines).toBe(2);
});

test('a booking over midnight is cut at the end of what is drawn', () => {
  const place = places(columns, [card('x', 'a', [19, 0], [2, 0], 21)], axis, 20, 17).get('x');
  expect(place?.height).toBe(79);
});

test('a card of an artist who has no column is not placed', () => {
  expect(places(columns, [card('x', 'gone', [11, 0], [12, 0])], axis, 20, 17).size).toBe(0);
});
