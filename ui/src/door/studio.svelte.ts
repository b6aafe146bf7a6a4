// The open studio as the door describes it before anybody has signed in.

import { ask, type Reply } from './ask';

type Status = Reply<'desk.status'>;

class Studio {
  status = $state.raw<Status>();
  readonly open = $derived(this.status?.open ?? null);

  async refresh() {
    this.status = await ask('desk.status', {});
  }
}

export const studio = new Studio();
