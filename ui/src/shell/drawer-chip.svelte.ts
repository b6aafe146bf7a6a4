// Whether the cash drawer is open, for the chip in the bar. The cash room and the checkout refresh it after a change.

import { ask, type Reply } from '../door/ask';

class DrawerState {
  now = $state.raw<Reply<'till.drawer'> | null>(null);

  async refresh() {
    this.now = await ask('till.drawer', {});
  }
}

export const drawer = new DrawerState();
