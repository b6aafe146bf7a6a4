// A booking that is being written. It waits for the person who began it: a locked desk gives it back to nobody else.

import type { Waiting } from '../../../bindings';
import { unfinished } from '../../door/drafts.svelte';
import { dayOf, zone } from '../../words/format';
import { wallMinute } from './axis';

/** The choice of a project that begins with this booking. */
export const NEW_PROJECT = 'new';

interface Beginning {
  artistId: string;
  day: string;
  start: number | null;
  minutes: number;
  ownMinutes?: boolean;
  note?: string;
  serviceId?: string;
  client?: { id: string; name: string; phone: string | null };
  clientText?: string;
  /** The entry of the wait-list that this would settle. */
  waitingId?: string;
}

export class BookingDraft {
  /** Names this one intent, so that sending it twice books once. */
  key = $state(crypto.randomUUID() as string);
  client = $state<{ id: string; name: string; phone: string | null } | null>(null);
  /** A client that does not exist yet. */
  newClient = $state<{ name: string; phone: string } | null>(null);
  clientText = $state('');
  artistId = $state('');
  serviceId = $state('');
  day = $state('');
  /** Minutes since midnight on the wall; null while the field names no time. */
  start = $state<number | null>(null);
  minutes = $state(60);
  /** The length or the price was chosen by hand: another service no longer sets it. */
  ownMinutes = $state(false);
  price = $state<number | null>(null);
  ownPrice = $state(false);
  note = $state('');
  /** Empty: a visit by itself. */
  projectId = $state('');
  projectTitle = $state('');
  projectSessions = $state(3);
  waitingId = $state('');

  /** Begun before this sign-in. */
  returned = $state(false);

  #begun: string;

  constructor(beginning: Beginning | BookingBody) {
    Object.assign(this, beginning);
    this.#begun = this.#text();
  }

  /** Whether anything was written: a form that was opened and left as it was is not unfinished work. */
  get written(): boolean {
    return this.returned || this.#text() !== this.#begun;
  }

  /** All but where it would go, which the agenda itself proposes. */
  #text(): string {
    return JSON.stringify({
      ...this.body(),
      key: '',
      artistId: '',
      day: '',
      start: null,
      minutes: 0,
      ownMinutes: false,
    });
  }

  body() {
    const { key, client, newClient, clientText, artistId, serviceId, day, start, note } = this;
    const { minutes, ownMinutes, price, ownPrice, projectId, projectTitle, projectSessions, waitingId } = this;
    return {
      key,
      client,
      newClient,
      clientText,
      artistId,
      serviceId,
      day,
      start,
      note,
      minutes,
      ownMinutes,
      price,
      ownPrice,
      projectId,
      projectTitle,
      projectSessions,
      waitingId,
    };
  }
}

/** Somebody from the wait-list, with what they wait for; `at` is a time that was freed. */
export function waitingDraft(
  entry: Waiting,
  at: { artistId: string; startsAt: number } | null,
  today = entry.from,
): Beginning {
  return {
    artistId: at?.artistId ?? entry.artist_id ?? '',
    day: at ? dayOf(at.startsAt) : entry.from > today ? entry.from : today,
    start: at ? wallMinute(zone(), at.startsAt) : null,
    minutes: entry.minutes,
    ownMinutes: true,
    serviceId: entry.service_id,
    client: { id: entry.client_id, name: entry.client_name, phone: entry.phone },
    clientText: entry.client_name,
    note: entry.note ?? '',
    waitingId: entry.id,
  };
}

type BookingBody = ReturnType<BookingDraft['body']>;

class Drafts {
  current = $state.raw<BookingDraft | null>(null);

  begin(beginning: Beginning) {
    this.current = new BookingDraft(beginning);
  }

  drop() {
    this.current = null;
  }

  restore(body: BookingBody | null) {
    this.current = body && new BookingDraft(body);
    if (this.current) this.current.returned = true;
  }
}

export const drafts = new Drafts();

unfinished<BookingBody>('agenda.booking', {
  read: () => (drafts.current?.written ? drafts.current.body() : null),
  restore: (body) => drafts.restore(body),
  place: ({ day }) => ({ page: 'agenda', id: day }),
});
