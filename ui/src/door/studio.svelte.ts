// The open studio as the door describes it before anybody has signed in.

import { ask, onRefusal, type Reply } from './ask';

type Status = Reply<'desk.status'>;

class Studio {
  status = $state.raw<Status>();
  /** Where a studio went that was deleted just now; nothing else knows it. */
  deleted = $state.raw<Reply<'studio.delete'> | null>(null);
  /** What a restore did just now, for whoever sees the sign-in after it. */
  restored = $state.raw<Reply<'backups.restore'> | null>(null);
  /** The studio that is open; null shows the first run or the picker. */
  readonly card = $derived(this.status?.studio ?? null);
  readonly settings = $derived(this.card?.settings ?? null);

  #asking = false;

  constructor() {
    // The bar that says so should not come a minute after the refusal.
    for (const code of ['read_only', 'damaged'] as const)
      onRefusal(code, () => {
        if (!this.#asking && !this.card?.halted) this.refresh().catch(() => undefined);
      });
  }

  async refresh() {
    this.#asking = true;
    try {
      this.status = await ask('desk.status', {});
    } finally {
      this.#asking = false;
    }
  }
}

export const studio = new Studio();
