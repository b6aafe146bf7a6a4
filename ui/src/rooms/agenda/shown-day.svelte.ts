// The day on screen and what is done to its bookings. A change shows at once; a refusal puts back what was there.

import type { Warning } from '../../../bindings';
import { ask } from '../../door/ask';
import { Loading } from '../../parts/loading.svelte';
import { tell, tellFailure } from '../../parts/toasts.svelte';
import { speak } from '../../shell/spoken.svelte';
import { time } from '../../words/format';
import { t } from '../../words/index.svelte';
import type { Booking, Day } from './day';
import { whoFits, type Freed } from './freed';
import type { Status, Step } from './status';
import { papersMissing } from './papers';
import { remarks } from './warnings';

const MINUTE = 60_000;
// Alt and an arrow, pressed several times, is one move.
const SETTLE = 600;

/** What a booking becomes. */
export interface Change {
  artist_id: string;
  starts_at: number;
  ends_at: number;
  service_id: string;
  price: number;
  note: string | null;
}

interface Pending {
  /** As Rust knows it. */
  before: Booking;
  timer: ReturnType<typeof setTimeout>;
  send: () => Promise<void>;
}

interface Stopped {
  booking: Booking;
  to: Status;
  change: () => Promise<Booking>;
  missing: number;
}

export class ShownDay {
  now = $state.raw<Day | null>(null);
  /** A time that was given back just now, and who could come in it. */
  freed = $state.raw<Freed | null>(null);

  /** A step that waits for papers. */
  stopped = $state.raw<Stopped | null>(null);

  readonly loading = new Loading();
  #asked = 0;
  // Nothing on screen is drawn from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #pending = new Map<string, Pending>();

  /** Shows `days` from `day` on; what was on screen stays until the answer is here. */
  async load(day: string, days = 1) {
    const mine = ++this.#asked;
    // Not waited for when there is nothing to wait for: the ask leaves at once.
    if (this.#pending.size > 0) await this.settle();
    await this.loading.run(async () => {
      const agenda = await ask('agenda.list', { day, days });
      if (mine === this.#asked) this.now = { ...agenda, day, days };
    });
  }

  /** Asks Rust for the same day again: sums and neighbours may have changed. */
  async refresh() {
    if (this.now && this.#pending.size === 0) await this.load(this.now.day, this.now.days);
  }

  find(id: string | null): Booking | null {
    return this.now?.cards.find((card) => card.id === id) ?? null;
  }

  /** Puts a booking in place of the one with its id, or adds it if it falls on this day. */
  put(booking: Booking) {
    if (!this.now) return;
    const known = this.now.cards.some((card) => card.id === booking.id);
    const here = booking.starts_at < this.now.to && booking.ends_at > this.now.from;
    const cards = known
      ? this.now.cards.map((card) => (card.id === booking.id ? booking : card))
      : here
        ? [...this.now.cards, booking]
        : this.now.cards;
    this.now = { ...this.now, cards };
  }

  artistName(id: string): string {
    return this.now?.artists.find((artist) => artist.artist_id === id)?.name ?? '';
  }

  /** Moves or stretches; `later` waits for further presses of the same key. */
  move(booking: Booking, artistId: string, start: number, end: number, later = false) {
    const waiting = this.#pending.get(booking.id);
    clearTimeout(waiting?.timer);
    const before = waiting?.before ?? booking;
    const after = { ...booking, artist_id: artistId, starts_at: start, ends_at: end };
    this.put(after);
    speak(this.#whatMoved(before, after));
    const send = async () => {
      this.#pending.delete(booking.id);
      await this.#place(before, after, true);
    };
    const timer = setTimeout(() => void send(), later ? SETTLE : 0);
    this.#pending.set(booking.id, { before, timer, send });
  }

  /** Sends what still waits for another press. */
  async settle() {
    const waiting = [...this.#pending.values()];
    for (const each of waiting) clearTimeout(each.timer);
    await Promise.all(waiting.map((each) => each.send()));
  }

  /** Changes anything about a booking, its place included. */
  async change(booking: Booking, change: Change) {
    const { detail } = booking;
    if (!detail) return;
    const { service_id, price, note, ...place } = change;
    this.put({ ...booking, ...place, detail: { ...detail, price, note: note ?? undefined } });
    try {
      const { card, warnings } = await ask('agenda.edit', {
        appointment_id: booking.id,
        rev: detail.rev,
        artist_id: place.artist_id,
        starts_at: place.starts_at,
        minutes: Math.round((place.ends_at - place.starts_at) / MINUTE),
        service_id,
        price,
        note,
      });
      this.put(card);
      const moved = (['artist_id', 'starts_at', 'ends_at'] as const).some((field) => card[field] !== booking[field]);
      const against = this.remarks(warnings, card);
      if (moved) {
        tell(this.#whatMoved(booking, card), () => void this.#place(card, booking, false), against);
        await this.#offer(booking, card);
      } else tell(t.agenda.said.changed(booking.client_name), undefined, against);
    } catch (cause) {
      this.put(booking);
      tellFailure(cause);
    }
    await this.refresh();
  }

  async step(booking: Booking, step: Step) {
    await this.#turn(booking, step.to, () => ask(`agenda.${step.name}`, { appointment_id: booking.id }));
  }

  async noShow(booking: Booking) {
    if (await this.#turn(booking, 'no_show', () => ask('agenda.no_show', { appointment_id: booking.id })))
      await this.#offer(booking, null);
  }

  async cancel(booking: Booking, reason: string) {
    const done = await this.#turn(booking, 'cancelled', () =>
      ask('agenda.cancel', { appointment_id: booking.id, reason: reason || null }),
    );
    if (done) await this.#offer(booking, null);
  }

  #whatMoved(before: Booking, after: Booking): string {
    const same = before.artist_id === after.artist_id && before.starts_at === after.starts_at;
    return same
      ? t.agenda.said.stretched(after.client_name, time(after.starts_at), time(after.ends_at))
      : t.agenda.said.moved(after.client_name, this.artistName(after.artist_id), time(after.starts_at));
  }

  async #place(before: Booking, after: Booking, undoable: boolean) {
    if (
      before.artist_id === after.artist_id &&
      before.starts_at === after.starts_at &&
      before.ends_at === after.ends_at
    )
      return;
    try {
      const { card, warnings } = await ask('agenda.edit', {
        appointment_id: before.id,
        rev: before.detail?.rev ?? null,
        artist_id: after.artist_id,
        starts_at: after.starts_at,
        minutes: Math.round((after.ends_at - after.starts_at) / MINUTE),
      });
      this.put(card);
      if (undoable) {
        tell(this.#whatMoved(before, card), () => void this.#place(card, before, false), this.remarks(warnings, card));
        await this.#offer(before, card);
      } else {
        this.freed = null;
        tell(t.agenda.said.undone);
      }
      await this.refresh();
    } catch (cause) {
      this.put(before);
      tellFailure(cause);
      await this.refresh();
    }
  }

  /** Takes the step that papers had stopped. */
  async retry({ booking, to, change }: Stopped) {
    await this.refresh();
    await this.#turn(this.find(booking.id) ?? booking, to, change);
  }

  async #turn(booking: Booking, to: Status, change: () => Promise<Booking>): Promise<boolean> {
    const { detail } = booking;
    if (!detail) return false;
    const from = detail.status;
    this.put({ ...booking, detail: { ...detail, status: to } });
    try {
      this.put(await change());
      tell(t.agenda.said.status(booking.client_name, t.agenda.statuses[to]), () => void this.#reopen(booking, from));
      return true;
    } catch (cause) {
      this.put(booking);
      const missing = papersMissing(cause);
      if (missing > 0) this.stopped = { booking, to, change, missing };
      else tellFailure(cause);
      return false;
    } finally {
      await this.refresh();
    }
  }

  /** What Rust warns of beside a booking, in words. */
  remarks(warnings: readonly Warning[], booking: Booking): string[] {
    return remarks(warnings, booking, this.now?.cards);
  }

  /** Who waits and could come in the time that a booking gave back; `after` is where it is now, null where it is over. */
  async #offer(booking: Booking, after: Booking | null) {
    this.freed = null;
    const still = after?.artist_id === booking.artist_id && after.starts_at <= booking.starts_at;
    // What it keeps of its old time nobody else can have.
    if (still && after.ends_at >= booking.ends_at) return;
    const from = still ? Math.max(booking.starts_at, after.ends_at) : booking.starts_at;
    const until =
      after?.artist_id === booking.artist_id && after.starts_at > booking.starts_at
        ? Math.min(booking.ends_at, after.starts_at)
        : booking.ends_at;
    this.freed = await whoFits({ ...booking, starts_at: from, ends_at: until });
  }

  async #reopen(booking: Booking, status: Status) {
    this.freed = null;
    try {
      this.put(await ask('agenda.reopen', { appointment_id: booking.id, status }));
      tell(t.agenda.said.undone);
    } catch (cause) {
      tellFailure(cause);
    }
    await this.refresh();
  }
}

/** The first booking of the artist that stands in the way of these instants. */
export function standingInTheWay(day: Day, artistId: string, start: number, end: number): Booking | undefined {
  return day.cards.find(
    (card) =>
      card.artist_id === artistId &&
      card.starts_at < end &&
      card.ends_at > start &&
      card.detail?.status !== 'cancelled' &&
      card.detail?.status !== 'no_show',
  );
}
