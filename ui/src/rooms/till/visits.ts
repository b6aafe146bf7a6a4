// Bookings seen from the till: the one to check out, and those of today that still have to be paid.

import { ask, type Reply } from '../../door/ask';
import { dayOf } from '../../words/format';

export type Visit = Reply<'agenda.list'>['cards'][number];
export type Artist = Reply<'agenda.list'>['artists'][number];

export interface Visits {
  artists: Artist[];
  cards: Visit[];
}

export async function today(): Promise<Visits> {
  return ask('agenda.list', { day: dayOf(Date.now()) });
}

const DAY = 24 * 60 * 60 * 1000;

/** A booking by its id: nearly always of today, else of the weeks around. */
export async function findVisit(id: string, near: Visits): Promise<Visit | null> {
  const here = near.cards.find((card) => card.id === id);
  if (here) return here;
  // Then what was just done, then what lies ahead, as far as anybody books.
  for (const ahead of [-34, 8, 50, 92, 134, 176, 218, 260, 302, 344]) {
    const { cards } = await ask('agenda.list', {
      day: dayOf(Date.now() + ahead * DAY),
      days: 42,
    });
    const found = cards.find((card) => card.id === id);
    if (found) return found;
  }
  return null;
}

/** Whether somebody is expected at the till for it now; a visit that costs nothing has nothing to wait for. */
export function awaitsPayment({ detail }: Visit): boolean {
  return (
    detail !== null &&
    ['completed', 'in_session', 'arrived'].includes(detail.status) &&
    !detail.sale_id &&
    detail.price > 0
  );
}
