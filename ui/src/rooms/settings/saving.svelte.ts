// Sending a part of the settings, and what became of it.

import { ask, type Args } from '../../door/ask';
import { studio } from '../../door/studio.svelte';
import { sentence } from '../../words/index.svelte';

export class Saving {
  busy = $state(false);
  saved = $state(false);
  problem = $state<string | null>(null);

  async send(changes: Args<'security.settings'>) {
    if (this.busy) return;
    this.busy = true;
    this.saved = false;
    this.problem = null;
    try {
      await ask('security.settings', changes);
      await studio.refresh();
      this.saved = true;
    } catch (cause) {
      this.problem = sentence(cause);
    } finally {
      this.busy = false;
    }
  }
}
