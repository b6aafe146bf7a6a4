import { expect, test } from 'vitest';
import { lanes } from './lanes';

const span = (id: string, start: number, end: number) => ({ id, start, end });

test('spans that do not overlap have the whole width', () => {
  const laid = lanes([span('a', 0, 60), span('b', 60, 90), span('c', 120, 150)]);
  expect([...laid.values()]).toEqual([
    { lane: 0, of: 1 },
    { lane: 0, of: 1 },
    { lane: 0, of: 1 },
  ]);
});

test('two that overlap share it, the longer one on the left', () => {
  const laid = lanes([span('short', 0, 30), span('long', 0, 60)]);
  expect(laid.get('long')).toEqual({ lane: 0, of: 2 });
  expect(laid.get('short')).toEqual({ lane: 1, of: 2 });
});

test('overlapping triples take three lanes, and a lane that is free again is used again', () => {
  const laid = lanes([span('a', 0, 90), span('b', 15, 60), span('c', 30, 45), span('d', 60, 120)]);
  expect(laid.get('a')).toEqual({ lane: 0, of: 3 });
  expect(laid.get('b')).toEqual({ lane: 1, of: 3 });
  expect(laid.get('c')).toEqual({ lane: 2, of: 3 });
  expect(laid.get('d')).toEqual({ lane: 1, of: 3 });
});

test('a run of overlaps ends where nothing overlaps any more', () => {
  const laid = lanes([span('a', 0, 60), span('b', 30, 90), span('c', 90, 120)]);
  expect(laid.get('c')).toEqual({ lane: 0, of: 1 });
});
