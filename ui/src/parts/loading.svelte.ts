// What a page reads first. While nothing of it is on screen, a failure stands in its place with the way to ask again; after
// that it is told like any other.

import { Failure } from '../door/failure';
import { tellFailure } from './toasts.svelte';

export class Loading {
  failed = $state.raw<Failure | null>(null);
  busy = $state(false);
  #places = 0;
  #latest: (() => Promise<unknown>) | null = null;

  /** Reads; a failure of what is no longer wanted concerns nobody. */
  async run(read: () => Promise<unknown>) {
    this.#latest = read;
    try {
      await read();
      if (this.#latest === read) this.failed = null;
    } catch (cause) {
      const failure = Failure.from(cause);
      if (this.#latest !== read || failure.late) return;
      if (this.#places > 0) this.failed = failure;
      else tellFailure(failure);
    }
  }

  /** Reads once more what failed. */
  async again() {
    if (!this.#latest || this.busy) return;
    this.busy = true;
    await this.run(this.#latest);
    this.busy = false;
  }

  /** A place that stays empty until the answer is here. Returns the way to say that it is filled. */
  waits(): () => void {
    this.#places++;
    return () => {
      this.#places--;
      this.failed = null;
    };
  }
}
