import { describe, expect, test } from 'vitest';
import type { ArtistNow, Opening, WalkIn } from '../../../bindings';
import { at, card } from '../../test-desk';
import { canMove, dropMove, estimate, laned, laneOf, nextLane, nextMove, presence } from './lanes';

describe('lanes', () => {
  test('a finished visit is to pay until its sale is there, unless it costs nothing', () => {
    const done = (detail: object) => card('c', 'a', 'Joana', at(10), at(11), { status: 'completed', ...detail });
    expect(laneOf(done({}))).toBe('toPay');
    expect(laneOf(done({ sale_id: 'sale' }))).toBe('done');
    expect(laneOf(done({ price: 0 }))).toBe('done');
  });

  test('who arrived first is seen first, who is done last stands on top', () => {
    const lanes = laned([
      card('late', 'a', 'L', at(10), at(11), { status: 'arrived', arrived_at: at(10, 20) }),
      card('early', 'a', 'E', at(10, 30), at(11), { status: 'arrived', arrived_at: at(10, 5) }),
      card('one', 'a', 'O', at(8), at(9), { status: 'completed', sale_id: 's' }),
      card('two', 'a', 'T', at(9), at(10), { status: 'completed', sale_id: 's' }),
      card('colleague', 'b', 'C', at(9), at(10), null),
    ]);
    expect(lanes.arrived.map((each) => each.id)).toEqual(['early', 'late']);
    expect(lanes.done.map((each) => each.id)).toEqual(['two', 'one']);
    expect(Object.values(lanes).flat()).toHaveLength(4);
  });
});

describe('steps', () => {
  test('each lane has one next step, and the till has the last', () => {
    expect(nextMove('toConfirm')).toBe('confirm');
    expect(nextMove('arrived')).toBe('start');
    expect(nextMove('toPay')).toBeNull();
  });

  test('a drop is a step only forwards, and never into the cancelled ones', () => {
    expect(dropMove('toConfirm', 'arrived')).toBe('arrive');
    expect(dropMove('inChair', 'toPay')).toBe('complete');
    expect(dropMove('arrived', 'expected')).toBeNull();
    expect(dropMove('arrived', 'noShow')).toBeNull();
    expect(dropMove('expected', 'cancelled')).toBeNull();
    expect(canMove('noShow', 'expected')).toBe(true);
  });

  test('by keys a visit goes to the next lane that takes it', () => {
    expect(nextLane('toConfirm', 1, () => true)).toBe('expected');
    expect(nextLane('inChair', 1, () => true)).toBe('toPay');
    expect(nextLane('inChair', 1, () => false)).toBeNull();
    expect(nextLane('arrived', -1, () => true)).toBeNull();
  });
});

describe('turns', () => {
  const opening = (artist: string, from: number, until: number): Opening => ({
    artist_id: artist,
    artist_name: artist,
    starts_at: from,
    ends_at: from + 3_600_000,
    free_until: until,
  });
  const waits = (artist: string, turn: number, minutes: number) =>
    ({ turn_artist_id: artist, turn_at: turn, minutes }) as WalkIn;

  test('whoever is free first, after those who wait already', () => {
    const openings = [opening('mara', at(15), at(20)), opening('dario', at(16), at(20))];
    expect(estimate(openings, [], 60)).toEqual({ artistId: 'mara', at: at(15) });
    expect(estimate(openings, [waits('mara', at(15), 90)], 60)).toEqual({ artistId: 'dario', at: at(16) });
  });

  test('nobody, when what is left of the day is too short', () => {
    expect(estimate([opening('mara', at(15), at(16))], [waits('mara', at(15), 30)], 60)).toBeNull();
    expect(estimate([], [], 60)).toBeNull();
  });
});

test('what an artist does now', () => {
  const artist = (fields: Partial<ArtistNow>): ArtistNow => ({
    artist_id: 'a',
    name: 'Mara',
    opens_at: at(10),
    closes_at: at(18),
    visit_id: null,
    free_from: null,
    free_until: null,
    queue: 0,
    ...fields,
  });
  expect(presence(artist({ visit_id: 'v' }), at(12))).toBe('inChair');
  expect(presence(artist({ opens_at: null, closes_at: null }), at(12))).toBe('off');
  expect(presence(artist({}), at(9))).toBe('later');
  expect(presence(artist({}), at(18))).toBe('gone');
  expect(presence(artist({}), at(12))).toBe('full');
  expect(presence(artist({ free_from: at(12) + 20_000 }), at(12))).toBe('free');
  expect(presence(artist({ free_from: at(13) }), at(12))).toBe('busy');
});
