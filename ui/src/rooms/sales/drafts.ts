// What was being taken back when the desk was locked.

import type { Tender } from '../../../bindings';
import { FormDraft } from '../../door/drafts.svelte';

export interface RefundForm {
  key: string;
  lines: {
    id: string;
    back: boolean;
    quantity: number;
    amount: number | null;
  }[];
  tips: { artist: string; back: boolean; amount: number | null }[];
  /** By lines, or a sum spread over them. */
  by: 'lines' | 'sum';
  sum: number | null;
  tender: Tender;
  restock: boolean;
  reason: string;
}

export const refundDraft = new FormDraft<RefundForm>('sales.refund', 'sales');
export const voidDraft = new FormDraft<{ key: string; reason: string }>('sales.void', 'sales');
