// Whom somebody was about to pay when the desk was locked.

import type { PayoutTender } from '../../../bindings';
import { FormDraft } from '../../door/drafts.svelte';

export interface PayForm {
  key: string;
  artistId: string;
  until: string;
  amount: number | null;
  tender: PayoutTender;
  note: string;
}

/** It is about this view: the artist is in the form. */
export const PAYING = 'payouts';
export const payDraft = new FormDraft<PayForm>('reports.pay', 'reports');
/** And which payout somebody was about to take back. */
export const backDraft = new FormDraft<{ key: string; payoutId: string; reason: string }>(
  'reports.take-back',
  'reports',
);
