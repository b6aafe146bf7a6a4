// Whether the palette is open, and what picking a client in it means where the person is.

import type { Reply } from '../door/ask';

export type FoundClient = Reply<'clients.search'>['clients'][number];

class Palette {
  mode = $state<'all' | 'clients' | null>(null);
  /** What the open room does with a client picked here. */
  book: ((client: FoundClient) => void) | null = null;
}

export const palette = new Palette();
