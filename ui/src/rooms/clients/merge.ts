// Two files of one person: what a merge makes of each field, and the way back.

import { ask, type Args, type Reply } from '../../door/ask';
import { unlocked } from '../../door/elevation.svelte';
import { tell } from '../../parts/toasts.svelte';
import { t } from '../../words/index.svelte';

export type Preview = Reply<'clients.merge_preview'>;
export type FieldPreview = Preview['fields'][number];
export type Field = FieldPreview['field'];
export type Taken = NonNullable<NonNullable<Args<'clients.merge'>['take']>>;

/** The rows worth reading: neither side says anything in the others. */
export function rowsOf(preview: Preview): FieldPreview[] {
  return preview.fields.filter(
    ({ outcome, keep, merge }) =>
      outcome !== 'same' || (keep !== null && keep !== '') || (merge !== null && merge !== ''),
  );
}

/** What the field says afterwards; the alerts and preferences of both are kept unless one is picked. */
export function afterwards({ field, keep, merge, outcome }: FieldPreview, taken: ReadonlySet<Field>): string | null {
  if (outcome === 'fills') return merge;
  if (outcome === 'differs') return taken.has(field) ? merge : keep;
  if (outcome === 'joined') return taken.has(field) ? merge : `${keep}\n${merge}`;
  return keep;
}

/** Makes a merged duplicate a client of its own again; false when the code was not given. */
export async function unmerge(id: string): Promise<boolean> {
  const done = await unlocked('clients.merge', t.clients.keeping.unmerge, () =>
    ask('clients.unmerge', { merge_id: id }),
  );
  if (done) tell(t.clients.said.unmerged(done.restored.name));
  return done !== undefined;
}
