// What the grid draws, for a day with a column for each artist or a week with one for each day. The grid knows one day
// only: in a week every card is carried over to the first one, and back again when it was moved.

import { parseDate } from '@internationalized/date';
import { dayOf, shortDay, time } from '../../words/format';
import { t } from '../../words/index.svelte';
import { shortName } from '../../words/names';
import { addDays, axisOf, wallInstant, type Axis } from './axis';
import { cardsOf, columnsOf, shownSpans, type Booking, type Day } from './day';
import type { Column, GridCard } from './grid';

export interface Frame {
  axis: Axis;
  columns: Column[];
  cards: GridCard[];
  /** The column of an artist on a day. */
  columnOf: (artistId: string, day: string) => string;
  artistOf: (column: string) => string;
  /** How much later than in the drawing it really is. */
  shiftOf: (column: string) => number;
}

/** 1 is Monday, 7 is Sunday. */
export function weekday(day: string): number {
  return ((parseDate(day).toDate('UTC').getUTCDay() + 6) % 7) + 1;
}

export function weekOf(day: string, weekStart: number): string[] {
  const lead = (weekday(day) - weekStart + 7) % 7;
  return Array.from({ length: 7 }, (_, at) => addDays(day, at - lead));
}

export function dayFrame(
  shown: Day,
  artists: ReadonlySet<string>,
  zone: string,
  movable: (booking: Booking) => boolean,
  looked: (booking: Booking) => boolean,
): Frame {
  const part = only(shown, artists);
  const axis = axisOf(shown.day, zone, shownSpans(part, zone), time);
  return {
    axis,
    columns: columnsOf(part, axis, zone),
    cards: cardsOf(part, movable, looked),
    columnOf: (artistId) => artistId,
    artistOf: (column) => column,
    shiftOf: () => 0,
  };
}

function only(shown: Day, artists: ReadonlySet<string>): Day {
  return {
    ...shown,
    artists: shown.artists.filter((artist) => artists.has(artist.artist_id)),
    cards: shown.cards.filter((card) => artists.has(card.artist_id)),
  };
}

const SEPARATOR = ' ';

export function weekFrame(
  shown: Day,
  artists: ReadonlySet<string>,
  zone: string,
  movable: (booking: Booking) => boolean,
  looked: (booking: Booking) => boolean,
): Frame {
  const part = only(shown, artists);
  const days = Array.from({ length: shown.days }, (_, at) => addDays(shown.day, at));
  const first = wallInstant(shown.day, zone, 0);
  const shifts = new Map(days.map((day) => [day, wallInstant(day, zone, 0) - first]));
  const end = wallInstant(shown.day, zone, 24 * 60);
  const columnOf = (artistId: string, day: string) => `${day}${SEPARATOR}${artistId}`;
  const dayIn = (column: string) => column.split(SEPARATOR)[0] ?? '';
  const shiftOf = (column: string) => shifts.get(dayIn(column)) ?? 0;
  const alone = part.artists.length === 1;

  const cards = cardsOf(part, movable, looked)
    .map((card) => {
      const column = columnOf(card.column, dayOf(card.start));
      const shift = shiftOf(column);
      return { ...card, column, start: card.start - shift, end: card.end - shift };
    })
    .filter((card) => shifts.has(dayIn(card.column)));

  const worked = part.artists
    .flatMap((artist) => artist.hours)
    .map((hours): [number, number] => [
      wallInstant(shown.day, zone, hours.opens),
      wallInstant(shown.day, zone, hours.closes),
    ]);
  const axis = axisOf(
    shown.day,
    zone,
    [...worked, ...cards.map((card): [number, number] => [card.start, Math.min(card.end, end)])],
    time,
  );

  const columns = days.flatMap((day) =>
    part.artists.map((artist): Column => {
      const id = columnOf(artist.artist_id, day);
      const shift = shiftOf(id);
      // A guest is here for some days only.
      const here = (artist.from ?? day) <= day && day <= (artist.until ?? day);
      const hours = artist.hours.find((each) => here && each.weekday === weekday(day));
      const off: Column['off'] = [];
      if (hours) {
        const opens = wallInstant(shown.day, zone, hours.opens);
        const closes = wallInstant(shown.day, zone, hours.closes);
        off.push({ id: 'before', start: axis.dayStart, end: opens, label: '' });
        off.push({ id: 'after', start: closes, end: axis.dayEnd, label: '' });
      } else off.push({ id: 'all', start: axis.dayStart, end: axis.dayEnd, label: t.agenda.off });
      for (const block of shown.blocks) {
        if (block.artist_id !== artist.artist_id) continue;
        const [from, to] = [
          Math.max(block.starts_at - shift, axis.dayStart),
          Math.min(block.ends_at - shift, axis.dayEnd),
        ];
        const label = block.kind === null ? t.agenda.off : t.agenda.block.kinds[block.kind];
        if (from < to) off.push({ id: block.id, start: from, end: to, label });
      }
      const visits = cards.filter((card) => card.column === id).length;
      return {
        id,
        name: shortDay(day),
        fullName: artist.name,
        hours: alone ? (visits > 0 ? t.agenda.bookings(visits) : '') : shortName(artist.name),
        note: '',
        off,
      };
    }),
  );

  return { axis, columns, cards, columnOf, artistOf: (column) => column.split(SEPARATOR)[1] ?? '', shiftOf };
}
