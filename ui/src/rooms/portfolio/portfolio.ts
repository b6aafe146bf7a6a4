// What the room's parts share: a picture in words, and what a list is narrowed to.

import type { PortfolioItem, ShownPicture } from '../../../bindings';
import type { Args } from '../../door/ask';
import { t } from '../../words/index.svelte';

export interface Narrowed {
  style: string;
  area: string;
  colour: '' | 'colour' | 'black';
  stage: '' | 'fresh' | 'healed';
  shown: 'all' | 'featured' | 'hidden';
}

export const everything: Narrowed = { style: '', area: '', colour: '', stage: '', shown: 'all' };

export function isNarrowed(filter: Narrowed): boolean {
  return JSON.stringify(filter) !== JSON.stringify(everything);
}

export function asked(artist: string | null, filter: Narrowed, skip = 0): Args<'portfolio.list'> {
  return {
    artist_id: artist,
    style: filter.style || null,
    body_area: filter.area || null,
    colour: filter.colour || null,
    stage: filter.stage || null,
    featured: filter.shown === 'featured' ? true : null,
    published: filter.shown === 'hidden' ? false : null,
    skip,
  };
}

/** Whether the list, asked with this filter, would have it. */
export function fits(item: PortfolioItem, filter: Narrowed): boolean {
  return (
    (!filter.style || item.styles.includes(filter.style)) &&
    (!filter.area || item.body_area === filter.area) &&
    (!filter.colour || item.colour === filter.colour) &&
    (!filter.stage || item.stage === filter.stage) &&
    (filter.shown !== 'featured' || item.featured) &&
    (filter.shown !== 'hidden' || !item.published)
  );
}

export function titleOf(item: { title: string | null }): string {
  return item.title ?? t.portfolio.untitled;
}

/** What is said of it beside the title, in one line. */
export function factsOf(item: ShownPicture | PortfolioItem): string {
  const { colours, stages } = t.portfolio;
  return [
    item.body_area,
    ...item.styles,
    item.colour ? colours[item.colour] : null,
    item.stage ? stages[item.stage] : null,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A picture in words, for whoever does not see it. */
export function altOf(item: ShownPicture | PortfolioItem, artist: string): string {
  return [titleOf(item), item.body_area, item.stage ? t.portfolio.stages[item.stage] : null, artist]
    .filter(Boolean)
    .join(', ');
}
