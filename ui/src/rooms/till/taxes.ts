// How a tax is called on the page and on paper.

import type { TaxSum } from '../../../bindings';
import { percent } from '../../words/format';
import { t } from '../../words/index.svelte';

export function taxLabel({ name, bp }: TaxSum, onTop: boolean): string {
  const called = name ?? t.till.taxName;
  const share = bp === null ? '' : percent(bp);
  return onTop ? t.till.taxOn(called, share) : t.till.taxIn(called, share);
}
