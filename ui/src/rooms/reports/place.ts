// Which part of the reports is open, and about which artist: the last piece of the address, "statement.<artist>".

import { href } from '../../shell/router.svelte';

export const views = ['period', 'payouts', 'statement', 'saved'] as const;
export type View = (typeof views)[number];

export interface Place {
  view: View;
  /** Empty: nobody in particular. */
  artist: string;
}

export function placeOf(id: string | null): Place {
  const [name, artist = ''] = (id ?? '').split('.');
  return { view: views.find((view) => view === name) ?? 'period', artist };
}

export function placeName(view: View, artist = ''): string {
  return artist ? `${view}.${artist}` : view;
}

export function reportHref(view: View, artist = ''): string {
  return href('reports', placeName(view, artist));
}
