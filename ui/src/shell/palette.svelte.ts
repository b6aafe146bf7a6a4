// Whether the palette is open, and whom it was left with.

import type { Reply } from '../door/ask';

export type FoundClient = Reply<'clients.search'>[number];

class Palette {
  mode = $state<'all' | 'clients' | null>(null);
  /** The client picked here, until the agenda has begun a booking for them. */
  wanted = $state.raw<FoundClient | null>(null);
}

export const palette = new Palette();
