// What a visit still lacks before it can begin in good order: signed papers, a deposit.

import type { CardDetail } from '../../../bindings';
import { t } from '../../words/index.svelte';
import { isOpen } from './status';

export interface Lacks {
  /** Required papers that nobody signed, and nobody let it go on without. */
  papers: number;
  /** Minor units that are due and not paid. */
  deposit: number;
}

/** Of what is over nothing is asked any more. */
export function lacksOf(detail: CardDetail | null): Lacks {
  if (!detail || !isOpen(detail.status)) return { papers: 0, deposit: 0 };
  const { paperwork, deposit } = detail;
  return {
    papers: paperwork.waived ? 0 : paperwork.missing,
    deposit: deposit?.state === 'due' ? deposit.due - deposit.held : 0,
  };
}

/** In the words of a small mark, the weightier first. */
export function lackMarks({ papers, deposit }: Lacks): string[] {
  return [...(papers > 0 ? [t.agenda.lacks.consent] : []), ...(deposit > 0 ? [t.agenda.lacks.deposit] : [])];
}
