// Pictures on their way into a portfolio. The files stay where they are until their turn comes: one at a time is sent,
// however many were chosen, and the room may be left meanwhile.

import type { PortfolioItem } from '../../../bindings';
import { askWith } from '../../door/ask';
import { Failure } from '../../door/failure';
import { refusedAtOnce, whyNot } from '../pictures/adding';

/** More would not be faster: the core draws each picture anew, and this is how many it does beside each other. */
const AT_ONCE = 1;

/** Then the next file would fare no better: what is left waits for somebody to say go on. */
const HOPELESS = ['disk_full', 'read_only', 'damaged', 'internal', 'no_session', 'client_view', 'denied'];

export interface Target {
  id: string;
  name: string;
}

export type Stage = 'waiting' | 'sending' | 'added' | 'refused' | 'stopped';

export class Upload {
  readonly id: number;
  readonly file: File;
  readonly target: Target;
  /** Kept over retries: a picture that went in is not put in twice. */
  readonly key = crypto.randomUUID();
  stage = $state<Stage>('waiting');
  /** How much of the file has left, from 0 to 1. */
  part = $state(0);
  why = $state<string | null>(null);

  constructor(id: number, file: File, target: Target) {
    this.id = id;
    this.file = file;
    this.target = target;
    this.why = refusedAtOnce(file);
    if (this.why) this.stage = 'refused';
  }
}

const ended: Stage[] = ['added', 'refused', 'stopped'];

class Uploads {
  rows = $state.raw<Upload[]>([]);
  /** What this batch has put in, the latest first. */
  added = $state.raw<PortfolioItem[]>([]);
  #last = 0;
  #working = 0;
  #stopping = new AbortController();

  readonly done = $derived(this.rows.filter((row) => ended.includes(row.stage)).length);
  readonly running = $derived(this.done < this.rows.length);
  readonly refused = $derived(this.rows.filter((row) => row.stage === 'refused'));
  readonly stopped = $derived(this.rows.filter((row) => row.stage === 'stopped'));
  /** Whose portfolio they go into; the latest, should there be two. */
  readonly target = $derived(this.rows.at(-1)?.target ?? null);

  begin(files: File[], target: Target) {
    if (!this.running) this.clear();
    this.rows = [...this.rows, ...files.map((file) => new Upload(++this.#last, file, target))];
    this.#go();
  }

  /** What is not sent yet stays behind. What Rust has begun, it finishes. */
  stop() {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    for (const row of this.rows) if (row.stage === 'waiting') row.stage = 'stopped';
  }

  retry(rows: Upload[]) {
    for (const row of rows) {
      row.why = refusedAtOnce(row.file);
      row.stage = row.why ? 'refused' : 'waiting';
      row.part = 0;
    }
    this.#go();
  }

  /** Takes the list of a finished batch away. */
  clear() {
    if (this.rows.length === 0) return;
    this.rows = [];
    this.added = [];
  }

  /** Whoever chose them has left the desk. */
  forget() {
    this.stop();
    this.clear();
  }

  #go() {
    while (this.#working < AT_ONCE) {
      const next = this.rows.find((row) => row.stage === 'waiting');
      if (!next) return;
      this.#working += 1;
      void this.#send(next).finally(() => {
        this.#working -= 1;
        this.#go();
      });
    }
  }

  async #send(row: Upload) {
    const { signal } = this.#stopping;
    row.stage = 'sending';
    try {
      const item = await askWith('portfolio.add', { artist_id: row.target.id }, row.file, {
        key: row.key,
        signal,
        onpart: (part) => (row.part = part),
      });
      row.stage = 'added';
      if (this.rows.includes(row)) this.added = [item, ...this.added];
    } catch (cause) {
      if (signal.aborted && cause === signal.reason) {
        row.stage = 'stopped';
        return;
      }
      row.stage = 'refused';
      row.why = whyNot(cause);
      if (HOPELESS.includes(Failure.from(cause).code)) this.stop();
    }
  }
}

export const uploads = new Uploads();
