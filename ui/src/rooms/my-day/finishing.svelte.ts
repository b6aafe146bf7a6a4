// Visits that are being finished: step by step, each of which can wait. What was typed outlives the dialog and the desk's
// lock, until the visit is finished.

import { unfinished } from '../../door/drafts.svelte';
import type { Booking } from '../agenda/day';
import { dayOf } from '../../words/format';

export const finishSteps = ['complete', 'note', 'used', 'pictures', 'next', 'done'] as const;
export type FinishStep = (typeof finishSteps)[number];

export const bearings = ['easy', 'well', 'hard', 'stopped'] as const;
export type Bearing = (typeof bearings)[number];

/** One visit's way to its end. */
export interface Finish {
  appointmentId: string;
  /** Where it is done: the page, and the day it is found on. */
  page: 'agenda' | 'board';
  day: string;
  step: FinishStep;
  work: string;
  area: string;
  bearing: Bearing | '';
  plan: string;
  aftercare: boolean;
  noteKept: boolean;
  /** What was written down as used. */
  used: number;
  /** Pictures that were added on the way. */
  pictures: number;
  /** In how many weeks the client comes again. */
  weeks: number;
  serviceId: string;
  minutes: number;
  price: number | null;
  /** Begins then, once it is booked. */
  nextAt: number | null;
  /** Names the one intent to book. */
  key: string;
}

interface Body {
  all: Finish[];
  open: string | null;
}

class Finishing {
  all = $state<Finish[]>([]);
  /** The visit whose dialog is open. */
  openId = $state<string | null>(null);

  of(appointmentId: string): Finish | undefined {
    return this.all.find((each) => each.appointmentId === appointmentId);
  }

  /** Opens the dialog about a visit, where it was left. */
  begin(booking: Booking, page: Finish['page']) {
    if (!booking.detail) return;
    const { detail } = booking;
    if (!this.of(booking.id))
      this.all.push({
        appointmentId: booking.id,
        page,
        day: dayOf(booking.starts_at),
        step: detail.status === 'completed' ? 'note' : 'complete',
        work: '',
        area: '',
        bearing: '',
        plan: '',
        aftercare: false,
        noteKept: false,
        used: 0,
        pictures: 0,
        weeks: 3,
        serviceId: detail.service_id,
        minutes: Math.round((booking.ends_at - booking.starts_at) / 60_000),
        price: detail.price,
        nextAt: null,
        key: crypto.randomUUID(),
      });
    this.openId = booking.id;
  }

  /** Leaves the dialog; what was begun stays. */
  leave() {
    const id = this.openId;
    this.openId = null;
    const kept = id === null ? undefined : this.of(id);
    if (kept && !begun(kept)) this.drop(kept.appointmentId);
  }

  drop(appointmentId: string) {
    this.all = this.all.filter((each) => each.appointmentId !== appointmentId);
    if (this.openId === appointmentId) this.openId = null;
  }

  restore(body: Body | null) {
    this.all = body?.all ?? [];
    this.openId = body?.open ?? null;
  }
}

/** Whether anything would be lost without it. */
function begun(finish: Finish): boolean {
  const { work, area, plan, bearing, aftercare, noteKept, step } = finish;
  if (step === 'done') return false;
  const note = work.trim() + area.trim() + plan.trim() + bearing !== '' || aftercare;
  return (note && !noteKept) || step === 'pictures' || step === 'next';
}

export const finishing = new Finishing();

unfinished<Body>('agenda.finish', {
  read: () => {
    const all = finishing.all.filter(begun);
    return all.length > 0 ? { all, open: finishing.openId } : null;
  },
  restore: (body) => finishing.restore(body),
  place: ({ all, open }) => {
    const { page, day } = all.find((each) => each.appointmentId === open) ?? all[0] ?? { page: 'agenda', day: '' };
    return { page, id: page === 'agenda' ? day : null };
  },
});

/** What the note says: a line for each field that was filled in, in the words of `say`. */
export function noteBody(
  finish: Pick<Finish, 'work' | 'area' | 'bearing' | 'plan' | 'aftercare'>,
  say: {
    work: (text: string) => string;
    area: (text: string) => string;
    bearing: (text: string) => string;
    plan: (text: string) => string;
    aftercare: string;
  },
  names: Record<Bearing, string>,
): string {
  const { work, area, bearing, plan, aftercare } = finish;
  return [
    work.trim() && say.work(work.trim()),
    area.trim() && say.area(area.trim()),
    bearing && say.bearing(names[bearing]),
    plan.trim() && say.plan(plan.trim()),
    aftercare && say.aftercare,
  ]
    .filter(Boolean)
    .join('\n');
}
