// The open studio as the door describes it before anybody has signed in.

import { ask, type Reply } from './ask';

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

  async refresh() {
    this.status = await ask('desk.status', {});
  }
}

export const studio = new Studio();
