// What was being changed about a person when the desk was locked, or when somebody looked elsewhere before saving.

import { onDestroy } from 'svelte';
import type { SwitchName } from '../../../bindings';
import { FormDraft } from '../../door/drafts.svelte';
import { session } from '../../door/session.svelte';
import type { TypedProfile } from './profile';
import type { givenRoles } from './role-icons';
import type { TypedSwitch } from './switches';

export interface NewMemberFields {
  name: string;
  username: string;
  ownUsername: boolean;
  role: (typeof givenRoles)[number];
  share: number | null;
  profile: string;
}

export const profileDraft = new FormDraft<TypedProfile>('staff.profile', 'staff');
export const switchesDraft = new FormDraft<Record<SwitchName, TypedSwitch>>('staff.switches', 'staff');
export const newMemberDraft = new FormDraft<NewMemberFields>('staff.new', 'staff');

/**
 * Keeps a form that stands on a page: at each change, and when its page is left for another one. `changed`
 * says whether what is typed differs from what is saved.
 */
export function keepTyped<Form>(draft: FormDraft<Form>, about: string, typed: () => Form, changed: () => boolean) {
  draft.follow(about, typed, () => !changed());
  onDestroy(() => {
    // At a lock nobody is here any more, and Rust has it.
    if (session.who && changed()) draft.waiting = { id: about, form: typed() };
  });
}
