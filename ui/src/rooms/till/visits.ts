// Bookings seen from the till: the one to check out, and those of today that still have to be paid.

import { ask, type Reply } from '../../door/ask';
import { Failure } from '../../door/failure';
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

/** A booking by its id; null where there is none, or none that is told to whoever asks. */
export async function findVisit(id: string): Promise<Visit | null> {
  try {
    return await ask('agenda.visit', { appointment_id: id });
  } catch (cause) {
    if (cause instanceof Failure && (cause.code === 'not_found' || cause.code === 'denied')) return null;
    throw cause;
  }
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
