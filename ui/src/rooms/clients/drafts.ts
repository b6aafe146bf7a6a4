// What was being written about a client when the desk was locked.

import { FormDraft } from '../../door/drafts.svelte';

export interface ClientFields {
  name: string;
  phone: string;
  email: string;
  instagram: string;
  birth: string;
  alerts: string;
}

/** Of a new client, without an id, or of one that is being corrected. */
export const clientDraft = new FormDraft<ClientFields>('clients.form', 'clients');
export const noteDraft = new FormDraft<{ note: string; about: string }>('clients.note', 'clients');
