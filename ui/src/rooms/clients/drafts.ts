// What was being written about a client when the desk was locked.

import { FormDraft } from '../../door/drafts.svelte';
import type { ClientFields } from './form';

/** Of a new client, without an id, or of one that is being corrected. */
export const clientDraft = new FormDraft<ClientFields>('clients.form', 'clients');
export const projectDraft = new FormDraft<{
  title: string;
  placement: string;
  idea: string;
  artist: string;
  planned: string;
}>('clients.project', 'clients');
/** By the place of the tab it is written in. */
export const noteDraft = new FormDraft<{ note: string; about: string }>('clients.note', 'clients');
