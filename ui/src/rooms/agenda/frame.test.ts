import { beforeEach, describe, expect, test } from 'vitest';
import { agendaOf, at, card, day, openStudio, signIn, zone } from '../../test-desk';
import { states, wanted } from './filter';
import { dayFrame, weekday, weekFrame, weekOf } from './frame';
import { placeName, placeOf } from './place';

const DAY = 24 * 3_600_000;

beforeEach(() => {
  openStudio();
  signIn('assistant');
});

describe('the address', () => {
  test('a day alone is the day; anything else is named', () => {
    expect(placeOf('2026-11-20', day)).toEqual({ view: 'day', day: '2026-11-20' });
    expect(placeOf('week.2026-11-16', day)).toEqual({ view: 'week', day: '2026-11-16' });
    expect(placeOf('century.2026-11-16', day)).toEqual({ view: 'day', day: '2026-11-16' });
    expect(placeOf('nonsense', day)).toEqual({ view: 'day', day });
    expect(placeOf(placeName('month', day), '2020-01-01')).toEqual({ view: 'month', day });
  });
});

describe('a week', () => {
  test('begins where the studio begins it', () => {
    expect(weekday('2026-11-20')).toBe(5);
    expect(weekOf('2026-11-20', 1)[0]).toBe('2026-11-16');
    expect(weekOf('2026-11-22', 7)[0]).toBe('2026-11-22');
  });

  test('carries each card to the first day and knows the way back', () => {
    const later = card('c2', 'artist-0', 'Ana', at(14) + 2 * DAY, at(15) + 2 * DAY);
    const week = { ...agendaOf([card('c1', 'artist-0', 'Joana', at(10), at(11)), later]), day, days: 7 };
    const frame = weekFrame(
      week,
      new Set(['artist-0']),
      zone,
      () => true,
      () => true,
    );
    expect(frame.columns).toHaveLength(7);
    const carried = frame.cards.find((each) => each.id === 'c2');
    expect(carried?.start).toBe(at(14));
    expect(carried?.when).toBe('14:00–15:00');
    const column = frame.columnOf('artist-0', '2026-11-22');
    expect(carried?.column).toBe(column);
    expect(frame.artistOf(column)).toBe('artist-0');
    expect(at(14) + frame.shiftOf(column)).toBe(later.starts_at);
  });

  test('gives a guest hours on the days of the stay alone', () => {
    const agenda = agendaOf([]);
    const everyDay = [1, 2, 3, 4, 5, 6, 7].map((each) => ({ weekday: each, opens: 600, closes: 1200 }));
    const artists = agenda.artists.map((artist) => ({
      ...artist,
      hours: everyDay,
      from: '2026-11-21',
      until: '2026-11-22',
    }));
    const frame = weekFrame(
      { ...agenda, artists, day, days: 4 },
      new Set(['artist-0']),
      zone,
      () => true,
      () => true,
    );
    expect(frame.columns.map((column) => column.off.some((off) => off.id === 'all'))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('and a day show only the artists who were picked', () => {
    const shown = { ...agendaOf([card('c1', 'artist-1', 'Joana', at(10), at(11))]), day, days: 1 };
    const of = (ids: string[]) =>
      dayFrame(
        shown,
        new Set(ids),
        zone,
        () => true,
        () => true,
      );
    expect(of(['artist-0', 'artist-2']).columns).toHaveLength(2);
    expect(of(['artist-0']).cards).toHaveLength(0);
    expect(of(['artist-1']).cards).toHaveLength(1);
  });
});

test('what is looked for: part of a name or service, and a state where it is known', () => {
  const joana = card('c1', 'a', 'Joana Melo', at(10), at(11), { status: 'arrived' });
  const colleague = card('c2', 'b', 'Joana Prado', at(10), at(11), null);
  expect(wanted(joana, { text: 'joa', states })).toBe(true);
  expect(wanted(joana, { text: 'flash', states })).toBe(true);
  expect(wanted(joana, { text: 'dario', states })).toBe(false);
  expect(wanted(joana, { text: '', states: ['booked'] })).toBe(false);
  expect(wanted(joana, { text: '', states: ['arrived'] })).toBe(true);
  expect(wanted(colleague, { text: 'joana', states })).toBe(true);
  expect(wanted(colleague, { text: '', states: ['arrived'] })).toBe(false);
});
