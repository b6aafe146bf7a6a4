// Who is shown in the directory, in which order, and what is said about them today.

import type { Role } from '../../../bindings';
import type { Reply } from '../../door/ask';
import { fold, matches } from '../../words/fold';
import { ago, dayOf, shortDay, zone } from '../../words/format';
import { wallMinute } from '../agenda/axis';

export type Member = Reply<'staff.list'>[number];

/** Everybody who is active, those with a column in the agenda (D10, S007), or who left. */
export type Shown = 'all' | 'team' | 'archived';

export interface Search {
  shown: Shown;
  role: Role | null;
  text: string;
}

export type Group = 'lead' | 'desk' | 'artists' | 'archived';

const groupOf: Record<Role, Group> = {
  owner: 'lead',
  admin: 'lead',
  assistant: 'desk',
  artist: 'artists',
  apprentice: 'artists',
};
const order: Role[] = ['owner', 'admin', 'assistant', 'artist', 'apprentice'];

export function inList(member: Member, shown: Shown): boolean {
  if (shown === 'archived') return !member.active;
  return member.active && (shown === 'all' || member.artist_id !== null);
}

/** Those a search finds, by name, user name, role and what they are good at. `roles` names the roles in words. */
export function found(members: readonly Member[], search: Search, roles: Record<Role, string>): Member[] {
  const wanted = search.text.trim();
  return members.filter(
    (member) =>
      inList(member, search.shown) &&
      (search.role === null || member.role === search.role) &&
      (!wanted ||
        matches(
          [
            member.name,
            member.username,
            roles[member.role],
            ...member.profile.styles,
            ...member.profile.skills,
            ...member.profile.languages,
          ].join(' '),
          wanted,
        )),
  );
}

/** Who leads first, artists before apprentices, then by name. */
export function sorted(members: readonly Member[]): Member[] {
  return [...members].sort(
    (one, other) => order.indexOf(one.role) - order.indexOf(other.role) || (fold(one.name) < fold(other.name) ? -1 : 1),
  );
}

/** Those who are here under their headings; those who left are one list. */
export function grouped(members: readonly Member[], shown: Shown): { group: Group; members: Member[] }[] {
  const groups: Group[] = shown === 'archived' ? ['archived'] : ['lead', 'desk', 'artists'];
  const people = sorted(members);
  return groups
    .map((group) => ({
      group,
      members: people.filter((member) => group === 'archived' || groupOf[member.role] === group),
    }))
    .filter((each) => each.members.length > 0);
}

/** 1 is Monday. */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

export type Presence =
  | { is: 'in'; until: number }
  | { is: 'later'; from: number }
  | { is: 'over'; until: number }
  | { is: 'off' }
  | { is: 'here' }
  | { is: 'seen'; at: number }
  | { is: 'never' };

/** Whether somebody is in now or today: by their hours, or where nobody entered any, by when they were last at the desk. */
export function presence(member: Member, now: number): Presence {
  const today = dayOf(now);
  // A guest is here for some days only.
  if (today < (member.guest_from ?? today) || today > (member.guest_until ?? today)) return { is: 'off' };
  if (member.hours.length > 0) {
    const hours = member.hours.find((each) => each.weekday === weekdayOf(today));
    if (!hours) return { is: 'off' };
    const minute = wallMinute(zone(), now);
    if (minute < hours.opens) return { is: 'later', from: hours.opens };
    return { is: minute < hours.closes ? 'in' : 'over', until: hours.closes };
  }
  if (member.last_seen_at === null) return { is: 'never' };
  return dayOf(member.last_seen_at) === today ? { is: 'here' } : { is: 'seen', at: member.last_seen_at };
}

/** Today and tomorrow by their names, other days as Fri 20 Nov. */
export function nearDay(instant: number, now: number): string {
  const days = Date.parse(dayOf(instant)) - Date.parse(dayOf(now));
  return days <= 86_400_000 ? ago(instant, now) : shortDay(dayOf(instant));
}

/** Minutes of a week's hours. */
export function weekly(hours: Member['hours']): number {
  return hours.reduce((sum, day) => sum + day.closes - day.opens, 0);
}

/** The last day of something that ends at an instant: an end at midnight belongs to the day before. */
export function lastDay(until: number): string {
  return dayOf(until - 1);
}
