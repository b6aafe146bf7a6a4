// Whether the palette is open, and whom it was left with.

import type { Reply } from '../door/ask';

export type FoundClient = Pick<Reply<'clients.search'>[number], 'id' | 'name' | 'phone'>;

class Palette {
  mode = $state<'all' | 'clients' | null>(null);
  /** Whom the agenda should book next, until it has begun to. */
  wanted = $state.raw<FoundClient | null>(null);
}

export const palette = new Palette();
