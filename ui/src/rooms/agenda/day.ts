// A day as Rust lists it, turned into what the grid draws.

import type { Reply } from '../../door/ask';
import { decimal, time, timeRange } from '../../words/format';
import { t } from '../../words/index.svelte';
import { shortName } from '../../words/names';
import { wallInstant, type Axis } from './axis';
import type { Column, GridCard } from './grid';
import { lackMarks, lacksOf } from './lacks';
import { isOpen } from './status';

export type Agenda = Reply<'agenda.list'>;
/** One day of it, under the name it was asked by. */
export interface Day extends Agenda {
  day: string;
  days: number;
}
export type Artist = Agenda['artists'][number];
export type Booking = Agenda['cards'][number];

/** The instants that the drawn day must show: what is worked and what is booked. */
export function shownSpans(day: Day, zone: string): [number, number][] {
  const worked = [day, ...day.artists].flatMap(({ opens, closes }): [number, number][] =>
    opens === null || closes === null ? [] : [[wallInstant(day.day, zone, opens), wallInstant(day.day, zone, closes)]],
  );
  const booked = day.cards.map((card): [number, number] => [
    Math.max(card.starts_at, day.from),
    Math.min(card.ends_at, day.to),
  ]);
  return [...worked, ...booked];
}

/** One column for each artist, with what of the day they do not work. */
export function columnsOf(day: Day, axis: Axis, zone: string): Column[] {
  return day.artists.map((artist) => {
    const off: Column['off'] = [];
    if (artist.opens !== null && artist.closes !== null) {
      const opens = wallInstant(day.day, zone, artist.opens);
      const closes = wallInstant(day.day, zone, artist.closes);
      off.push({ id: 'before', start: axis.dayStart, end: opens, label: t.agenda.offUntil(time(opens)) });
      off.push({ id: 'after', start: closes, end: axis.dayEnd, label: t.agenda.offFrom(time(closes)) });
    } else {
      off.push({ id: 'all', start: axis.dayStart, end: axis.dayEnd, label: t.agenda.off });
    }
    for (const block of day.blocks)
      if (block.artist_id === artist.artist_id)
        off.push({ id: block.id, start: block.starts_at, end: block.ends_at, label: blockLabel(block) });
    return {
      id: artist.artist_id,
      name: shortName(artist.name),
      fullName: artist.name,
      // Zero says nothing: to an artist a colleague's hours are not told.
      hours: artist.booked_minutes > 0 ? t.common.hours(decimal(artist.booked_minutes / 60, 1)) : '',
      note: artist.booked_minutes > 0 ? t.agenda.booked : '',
      off,
    };
  });
}

function blockLabel(block: Day['blocks'][number]): string {
  if (block.kind === null) return t.agenda.off;
  return block.note ? `${t.agenda.block.kinds[block.kind]}: ${block.note}` : t.agenda.block.kinds[block.kind];
}

/** What the grid shows of each booking; cancelled ones leave their place free. */
export function cardsOf(
  day: Day,
  movable: (booking: Booking) => boolean,
  looked: (booking: Booking) => boolean,
): GridCard[] {
  const names = new Map(day.artists.map((artist) => [artist.artist_id, artist.name]));
  return day.cards
    .filter((booking) => booking.detail?.status !== 'cancelled')
    .map((booking) => {
      const artist = names.get(booking.artist_id) ?? '';
      const span = timeRange(booking.starts_at, booking.ends_at);
      const { detail } = booking;
      const project = detail?.project;
      const marks = lackMarks(lacksOf(detail));
      const mark = project && project.planned > 1 ? `${project.session}/${project.planned}` : '';
      return {
        id: booking.id,
        column: booking.artist_id,
        start: booking.starts_at,
        end: booking.ends_at,
        client: booking.client_name,
        status: detail?.status ?? null,
        service: detail?.service_name ?? null,
        when: span,
        mark,
        reminded: detail?.reminded_at != null && isOpen(detail.status),
        lacks: marks.join(' · '),
        faded: !looked(booking),
        setup: detail?.status === 'no_show' ? 0 : (detail?.setup_minutes ?? 0),
        cleanup: detail?.status === 'no_show' ? 0 : (detail?.cleanup_minutes ?? 0),
        label: [
          booking.client_name,
          mark,
          detail?.service_name,
          span,
          project && t.board.session(project.session, project.planned),
          detail && t.agenda.statuses[detail.status],
          detail?.reminded_at != null && t.board.reminded,
          ...marks,
          artist,
        ]
          .filter(Boolean)
          .join(', '),
        movable: movable(booking),
      };
    });
}

/** Done and not paid. */
export function owes({ detail }: Booking): boolean {
  return detail?.status === 'completed' && !detail.sale_id && detail.price > 0;
}

/** Still to come, or here and waiting. Of a colleague's visit only the time is known. */
export function isExpected({ detail, starts_at, ends_at }: Booking, now: number): boolean {
  if (!detail) return starts_at >= now;
  if (detail.status === 'arrived') return true;
  return (detail.status === 'booked' || detail.status === 'confirmed') && ends_at > now;
}
