// A booking that is being written. It stays with the person who began it: a locked desk gives it back to nobody else.

import { session } from '../../door/session.svelte';

export interface BookingDraft {
  /** Names this one intent, so that sending it twice books once. */
  key: string;
  client: { id: string; name: string; phone: string | null } | null;
  /** A client that does not exist yet. */
  newClient: { name: string; phone: string } | null;
  clientText: string;
  artistId: string;
  serviceId: string;
  day: string;
  /** Minutes since midnight on the wall; null while the field names no time. */
  start: number | null;
  minutes: number;
  /** The length or the price was chosen by hand: another service no longer sets it. */
  ownMinutes: boolean;
  price: number | null;
  ownPrice: boolean;
  note: string;
}

class Drafts {
  #all = $state<Record<string, BookingDraft | null>>({});

  get current(): BookingDraft | null {
    return this.#all[session.member?.id ?? ''] ?? null;
  }

  begin(about: Pick<BookingDraft, 'artistId' | 'day' | 'start' | 'minutes'> & Partial<BookingDraft>) {
    if (!session.member) return;
    this.#all[session.member.id] = {
      key: crypto.randomUUID(),
      client: null,
      newClient: null,
      clientText: '',
      serviceId: '',
      ownMinutes: false,
      price: null,
      ownPrice: false,
      note: '',
      ...about,
    };
  }

  drop() {
    if (session.member) this.#all[session.member.id] = null;
  }
}

export const drafts = new Drafts();
