// A time that was given back: who of the wait-list could come in it, and the one step that books them.

import type { Booked, Waiting } from '../../../bindings';
import { ask } from '../../door/ask';
import { tellFailure } from '../../parts/toasts.svelte';
import type { Booking } from './day';

export interface Freed {
  artistId: string;
  startsAt: number;
  entries: Waiting[];
}

type Place = Pick<Booking, 'artist_id' | 'starts_at' | 'ends_at'>;

/** Null when nobody fits; what has passed helps nobody. */
export async function whoFits({ artist_id, starts_at, ends_at }: Place): Promise<Freed | null> {
  if (ends_at <= Date.now()) return null;
  try {
    const entries = await ask('waitlist.fits', { artist_id, starts_at, ends_at });
    return entries.length > 0 ? { artistId: artist_id, startsAt: starts_at, entries } : null;
  } catch (cause) {
    tellFailure(cause);
    return null;
  }
}

/** What was meant last: pressing again after an unclear answer books once. */
let intent = { what: '', key: '' };

/** Books somebody from the wait-list into it, at the service's own price. */
export async function bookFreed(entry: Waiting, { artistId, startsAt }: Freed): Promise<Booked> {
  const what = `${entry.id} ${artistId} ${startsAt}`;
  if (intent.what !== what) intent = { what, key: crypto.randomUUID() };
  const booked = await ask(
    'agenda.book',
    {
      artist_id: artistId,
      client_id: entry.client_id,
      service_id: entry.service_id,
      starts_at: startsAt,
      minutes: entry.minutes,
      note: entry.note,
    },
    { key: intent.key },
  );
  await ask('waitlist.settle', { waiting_id: entry.id, outcome: 'booked' }).catch(tellFailure);
  return booked;
}
