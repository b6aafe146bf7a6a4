// A profile as a person edits it, and what of it is sent: only what differs. An empty text takes a field away.

import type { Args } from '../../door/ask';
import type { Member } from './directory';

export interface TypedProfile {
  name: string;
  pronouns: string;
  phone: string;
  email: string;
  about: string;
  languages: string[];
  skills: string[];
  styles: string[];
}

export function typedOf(member: Member): TypedProfile {
  const { profile } = member;
  return {
    name: member.name,
    pronouns: profile.pronouns ?? '',
    phone: profile.phone ?? '',
    email: profile.email ?? '',
    about: profile.about ?? '',
    languages: [...profile.languages],
    skills: [...profile.skills],
    styles: [...profile.styles],
  };
}

export function changes(member: Member, typed: TypedProfile): Omit<Args<'staff.edit_profile'>, 'member_id'> {
  const kept = typedOf(member);
  const changed: Omit<Args<'staff.edit_profile'>, 'member_id'> = {};
  for (const field of ['name', 'pronouns', 'phone', 'email', 'about'] as const)
    if (typed[field].trim() !== kept[field]) changed[field] = typed[field].trim();
  for (const field of ['languages', 'skills', 'styles'] as const)
    if (typed[field].length !== kept[field].length || typed[field].some((tag, at) => tag !== kept[field][at]))
      changed[field] = [...typed[field]];
  return changed;
}
