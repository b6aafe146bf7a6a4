import { dayOf, longDay } from '../../words/format';
import { t } from '../../words/index.svelte';
import type { Picture } from '../../../bindings';

/** A picture in words, for whoever does not see it. */
export function altOf({ title, kind, added_at }: Picture): string {
  return [title, t.pictures.kinds[kind], longDay(dayOf(added_at))].filter(Boolean).join(', ');
}
