// Where each visit of today stands at the desk, and where it can go from there.

import type { ArtistNow, Card, Opening, VisitStatus, WalkIn } from '../../../bindings';
import { owes } from '../agenda/day';

export const laneNames = [
  'toConfirm',
  'expected',
  'arrived',
  'inChair',
  'toPay',
  'done',
  'noShow',
  'cancelled',
] as const;
export type Lane = (typeof laneNames)[number];

/** Of no use to the next hour: shown as a narrow strip until somebody opens it. */
export const folded: readonly Lane[] = ['done', 'noShow', 'cancelled'];

const byStatus: Record<VisitStatus, Lane> = {
  booked: 'toConfirm',
  confirmed: 'expected',
  arrived: 'arrived',
  in_session: 'inChair',
  completed: 'done',
  no_show: 'noShow',
  cancelled: 'cancelled',
};

export function laneOf(card: Card): Lane {
  return owes(card) ? 'toPay' : byStatus[card.detail?.status ?? 'booked'];
}

/** In each lane who waits longest, or comes first, stands first; what is over, the latest first. */
export function laned(cards: readonly Card[]): Record<Lane, Card[]> {
  const lanes = Object.fromEntries(laneNames.map((lane) => [lane, [] as Card[]])) as Record<Lane, Card[]>;
  for (const card of cards) if (card.detail) lanes[laneOf(card)].push(card);
  for (const lane of laneNames) lanes[lane].sort((a, b) => a.starts_at - b.starts_at);
  lanes.arrived.sort((a, b) => arrival(a) - arrival(b));
  lanes.done.reverse();
  return lanes;
}

function arrival(card: Card): number {
  return card.detail?.arrived_at ?? card.starts_at;
}

/** What brings a visit on: the key that does it, and the state it leads to. */
export const moves = {
  confirm: { to: 'confirmed', keys: 'C' },
  arrive: { to: 'arrived', keys: 'A' },
  start: { to: 'in_session', keys: 'S' },
  complete: { to: 'completed', keys: null },
  noShow: { to: 'no_show', keys: 'X' },
} as const satisfies Record<string, { to: VisitStatus; keys: string | null }>;
export type Move = keyof typeof moves;

const nextOf: Partial<Record<Lane, Move>> = {
  toConfirm: 'confirm',
  expected: 'arrive',
  arrived: 'start',
  inChair: 'complete',
};

/** The plain next step of a visit in this lane; the till has the one after the last. */
export function nextMove(lane: Lane): Move | null {
  return nextOf[lane] ?? null;
}

const forward: Record<Move, Lane[]> = {
  confirm: ['toConfirm'],
  arrive: ['toConfirm', 'expected'],
  start: ['toConfirm', 'expected', 'arrived'],
  complete: ['toConfirm', 'expected', 'arrived', 'inChair'],
  noShow: ['toConfirm', 'expected'],
};

export function canMove(move: Move, from: Lane): boolean {
  return forward[move].includes(from);
}

const landing: Partial<Record<Lane, Move>> = {
  expected: 'confirm',
  arrived: 'arrive',
  inChair: 'start',
  // Whether it still has to be paid is for the file to say: either lane takes a finished visit.
  toPay: 'complete',
  done: 'complete',
  noShow: 'noShow',
};

/** The step that a drop means; null where that lane does not take it. */
export function dropMove(from: Lane, onto: Lane): Move | null {
  const move = landing[onto];
  return move && canMove(move, from) ? move : null;
}

/** The next lane in a direction that would take the visit, for whoever moves it by keys. */
export function nextLane(from: Lane, step: 1 | -1, may: (move: Move) => boolean): Lane | null {
  for (let at = laneNames.indexOf(from) + step; laneNames[at]; at += step) {
    const lane = laneNames[at];
    const move = lane && dropMove(from, lane);
    if (lane && move && may(move)) return lane;
  }
  return null;
}

/** Whole minutes from one moment to another, never less than none. */
export function minutesBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / 60_000));
}

/** What an artist does now, in the words of the strip. */
export type Presence = 'off' | 'later' | 'inChair' | 'free' | 'busy' | 'full' | 'gone';

export function presence(artist: ArtistNow, now: number): Presence {
  if (artist.visit_id) return 'inChair';
  if (artist.opens_at === null || artist.closes_at === null) return 'off';
  if (now >= artist.closes_at) return 'gone';
  if (now < artist.opens_at) return 'later';
  if (artist.free_from === null) return 'full';
  // Rust's moment is a part of a minute later than the clock on the wall.
  return artist.free_from < now + 60_000 ? 'free' : 'busy';
}

/**
 * When somebody who walks in now would probably have their turn: the first opening that is still long enough after
 * those who wait already have had theirs. What Rust answers once they wait is what counts.
 */
export function estimate(
  openings: readonly Opening[],
  waiting: readonly WalkIn[],
  minutes: number,
): { artistId: string; at: number } | null {
  let best: { artistId: string; at: number } | null = null;
  for (const opening of openings) {
    const before = waiting
      .filter((one) => one.turn_artist_id === opening.artist_id && one.turn_at !== null)
      .map((one) => (one.turn_at ?? 0) + one.minutes * 60_000)
      .filter((ends) => ends <= opening.free_until);
    const at = Math.max(opening.starts_at, ...before);
    if (at + minutes * 60_000 > Math.max(opening.free_until, opening.ends_at)) continue;
    if (!best || at < best.at) best = { artistId: opening.artist_id, at };
  }
  return best;
}
