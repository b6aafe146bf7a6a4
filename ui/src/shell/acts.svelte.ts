// One record for each thing that can be done from a key, the palette or a menu. A room adds its own while it is open.

import type { Component } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

export interface Act {
  /** Unique, `room.verb`. */
  id: string;
  /** As a person reads it, in the language of now. */
  name: () => string;
  /** tinykeys notation; several ways are allowed. */
  keys?: string[];
  icon?: Component<{ size?: number }>;
  /** False hides it everywhere and silences its keys. */
  ready?: () => boolean;
  /** Works over an open dialog too. */
  always?: boolean;
  /** Kept out of the palette: walking keys and the like. */
  quiet?: boolean;
  run: (event?: KeyboardEvent) => void;
}

const rooms = new SvelteSet<Act[]>();

/** Adds a room's acts; call it from `$effect` and return what it returns. */
export function offer(acts: Act[]): () => void {
  rooms.add(acts);
  return () => rooms.delete(acts);
}

/** Everything that can be done now, the latest room first. */
export function offered(): Act[] {
  return [...rooms].reverse().flat();
}
