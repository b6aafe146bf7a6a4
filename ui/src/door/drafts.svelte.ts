// What somebody was in the middle of (D25). It lies in Rust, per member, and not in this page: a lock, a sign-out or
// another person at the desk leaves nothing of it here, and its owner finds it again at their next sign-in.

import { ask } from './ask';

/** After this long without another letter it is written down. The desk may lock by itself at any moment. */
const PAUSE = 400;

export interface Where {
  page: string;
  id?: string | null;
}

/** One kind of unfinished work. */
interface Room {
  /** Gives it back as it was; null when whoever is here now has none, or nobody is here. */
  restore: (body: unknown) => void;
  /** Where in the desk it is done; null for work that calls nobody back to it. */
  place: (body: unknown) => Where | null;
}

interface Waiting {
  text: string;
  body: unknown;
  timer: ReturnType<typeof setTimeout>;
}

class Drafts {
  #rooms = new Map<string, Room>();
  #waiting = new Map<string, Waiting>();
  /** What Rust holds: nothing is dropped there that was never kept, nor sent again that has not changed. */
  #kept = new Map<string, string>();
  /** One after the other: a draft that arrives after it was dropped would come back for ever. */
  #queue: Promise<unknown> = Promise.resolve();
  #here = false;
  /** Given back at this sign-in and not yet finished or thrown away. */
  #returned = $state.raw<ReadonlySet<string>>(new Set());
  /** Where the person stopped, for the page to open there; null once it has. */
  place: Where | null = null;

  /** Whether the work of whoever is at the desk was asked for. */
  get loaded(): boolean {
    return this.#here;
  }

  /** Names a kind of unfinished work. Called once, when its module loads. */
  of<T>(room: string, { restore, place }: { restore: (body: T | null) => void; place: (body: T) => Where | null }) {
    this.#rooms.set(room, { restore: (body) => restore(body as T | null), place: (body) => place(body as T) });
  }

  /** Whether the work in `room` was begun before this sign-in. */
  returned(room: string): boolean {
    return this.#returned.has(room);
  }

  /** Asks for what the person who has just signed in left unfinished. */
  async load() {
    this.#here = true;
    const found = await ask('session.drafts', {});
    if (!this.#here) return;
    const mine = found.filter((draft) => this.#rooms.has(draft.room)).toSorted((a, b) => b.at - a.at);
    this.#kept = new Map(mine.map(({ room, body }) => [room, JSON.stringify(body)]));
    this.#returned = new Set(this.#kept.keys());
    for (const { room, body } of mine) this.#rooms.get(room)?.restore(body);
    this.place =
      mine.map(({ room, body }) => this.#rooms.get(room)?.place(body) ?? null).find((place) => place) ?? null;
  }

  /** Keeps `body` for its owner, a moment after the last change. It must be plain data. */
  keep(room: string, body: unknown) {
    if (!this.#here) return;
    clearTimeout(this.#waiting.get(room)?.timer);
    this.#waiting.delete(room);
    const text = JSON.stringify(body);
    if (this.#kept.get(room) === text) return;
    this.#waiting.set(room, { text, body, timer: setTimeout(() => this.#send(room), PAUSE) });
  }

  /** The work is finished, or was thrown away. */
  drop(room: string) {
    clearTimeout(this.#waiting.get(room)?.timer);
    this.#waiting.delete(room);
    if (this.#returned.has(room)) this.#returned = new Set([...this.#returned].filter((each) => each !== room));
    if (!this.#kept.delete(room) || !this.#here) return;
    this.#enqueue(() => ask('session.drop_draft', { room }));
  }

  /** Writes down what still waits; before the person leaves the desk. */
  async flush() {
    for (const room of [...this.#waiting.keys()]) this.#send(room);
    await this.#queue;
  }

  /** Nobody is here any more, and nothing of what they did stays in this page. */
  forget() {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#kept.clear();
    this.#returned = new Set();
    this.#here = false;
    this.place = null;
    for (const room of this.#rooms.values()) room.restore(null);
  }

  #send(room: string) {
    const waiting = this.#waiting.get(room);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(room);
    this.#kept.set(room, waiting.text);
    this.#enqueue(() => ask('session.keep_draft', { room, body: waiting.body }));
  }

  #enqueue(work: () => Promise<unknown>) {
    // What could not be kept is still on screen, and the next change tries again: no reason to disturb anybody.
    this.#queue = this.#queue.then(work).catch(() => undefined);
  }
}

export const drafts = new Drafts();

/**
 * Unfinished work that one module holds. `read` is followed: each change of what it gives is kept, null drops it.
 */
export function unfinished<T>(
  room: string,
  work: { read: () => T | null; restore: (body: T | null) => void; place: (body: T) => Where | null },
) {
  drafts.of<T>(room, work);
  let held = false;
  $effect.root(() => {
    $effect(() => {
      const body = work.read();
      if (body !== null) drafts.keep(room, $state.snapshot(body));
      else if (held) drafts.drop(room);
      held = body !== null;
    });
  });
}

/** A form in a dialog: kept once it was changed, given back to the same place, gone when it is done or left. */
export class FormDraft<Form> {
  readonly #room: string;
  /** What was typed before this sign-in, until its form has taken it. */
  waiting = $state.raw<{ id: string | null; form: Form } | null>(null);

  constructor(room: string, page: string) {
    this.#room = room;
    drafts.of<{ id: string | null; form: Form }>(room, {
      restore: (body) => (this.waiting = body),
      place: ({ id }) => ({ page, id }),
    });
  }

  get returned(): boolean {
    return drafts.returned(this.#room);
  }

  /** Whether something waits for the form about `id`. */
  waits(id: string | null): boolean {
    return this.waiting !== null && this.waiting.id === id;
  }

  /** What waits for the form about `id`; once. */
  take(id: string | null): Form | null {
    const form = this.waits(id) ? (this.waiting?.form ?? null) : null;
    if (form) this.waiting = null;
    return form;
  }

  /**
   * Keeps what `read` gives at each change, from the first one on; nothing worth keeping (`blank`, or all as it was) is
   * dropped. Called while a component is made.
   */
  follow(id: string | null, read: () => Form, blank: (form: Form) => boolean = () => false) {
    let beginning: string | null = null;
    let changed = false;
    $effect(() => {
      const form = $state.snapshot(read()) as Form;
      const text = JSON.stringify(form);
      beginning ??= text;
      if (text !== beginning && !blank(form)) {
        changed = true;
        drafts.keep(this.#room, { id, form });
      } else if (changed) this.drop();
    });
  }

  drop() {
    this.waiting = null;
    drafts.drop(this.#room);
  }
}
