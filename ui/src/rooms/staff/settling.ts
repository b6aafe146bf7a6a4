// What becomes of bookings that are still ahead of somebody who leaves (D07, T113).

import type { Args, Reply } from '../../door/ask';
import type { Member } from './directory';

export type Way = 'hand' | 'cancel' | 'leave';
type Settled = Reply<'staff.hand_over'>;
export type Settlement = Args<'staff.hand_over'>['appointments'];
export type FutureVisit = Reply<'staff.leaving'>['appointments'][number];

/** What settling did, and whom somebody has to tell: those whose bookings were cancelled. */
export interface Outcome extends Settled {
  told: FutureVisit[];
}

export interface Choice {
  way: Way | null;
  /** The artist who takes them; empty while nobody is picked. */
  to: string;
  reason: string;
}

/** Who could take them: every column of the agenda but the leaver's own and those of archived people. */
export function takers(
  leaver: Member,
  members: readonly Member[],
  profiles: Reply<'staff.profiles'>,
): { artist_id: string; name: string }[] {
  const people = members.flatMap((member) =>
    member.active && member.artist_id !== null && member.artist_id !== leaver.artist_id
      ? [{ artist_id: member.artist_id, name: member.name }]
      : [],
  );
  return [...people, ...profiles.filter((profile) => profile.artist_id !== leaver.artist_id)];
}

/** What is sent; null where they are left for later, undefined while the choice is not complete. */
export function settlement(choice: Choice): Settlement | null | undefined {
  if (choice.way === 'leave') return null;
  if (choice.way === 'hand') return choice.to ? { hand_to: choice.to } : undefined;
  if (choice.way === 'cancel') return choice.reason.trim() ? { cancel: choice.reason.trim() } : undefined;
  return undefined;
}
