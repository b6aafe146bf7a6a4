// The drawer opens behind a sale's back. Whoever moved the cash is told when it did not.

import { ask } from '../../door/ask';
import { Failure } from '../../door/failure';
import { tellFailure } from '../../parts/toasts.svelte';
import { sentence } from '../../words/index.svelte';
import { hasPrinter } from './handing.svelte';

export class DrawerOpened {
  busy = $state(false);
  problem = $state<string | null>(null);

  /** Waits for the drawer that the last cash opens; with `again`, tries once more. */
  async look(again = false) {
    if (!hasPrinter() || this.busy) return;
    this.busy = again;
    try {
      await ask('printing.drawer', { again });
      this.problem = null;
    } catch (cause) {
      if (!Failure.from(cause).late) this.problem = sentence(cause);
    } finally {
      this.busy = false;
    }
  }
}

/** The same where the page goes on meanwhile. */
export function watchDrawer() {
  if (hasPrinter()) ask('printing.drawer', {}).catch(tellFailure);
}
