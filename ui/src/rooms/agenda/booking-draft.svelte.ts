// A booking that is being written. It stays with the person who began it: a locked desk gives it back to nobody else.

import { session } from '../../door/session.svelte';

interface Beginning {
  artistId: string;
  day: string;
  start: number | null;
  minutes: number;
  ownMinutes?: boolean;
  note?: string;
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

  constructor(beginning: Beginning) {
    Object.assign(this, beginning);
  }
}

class Drafts {
  #all = $state.raw<Record<string, BookingDraft | null>>({});

  get current(): BookingDraft | null {
    return this.#all[session.member?.id ?? ''] ?? null;
  }

  begin(beginning: Beginning) {
    this.#put(new BookingDraft(beginning));
  }

  drop() {
    this.#put(null);
  }

  #put(draft: BookingDraft | null) {
    if (session.member) this.#all = { ...this.#all, [session.member.id]: draft };
  }
}

export const drafts = new Drafts();
