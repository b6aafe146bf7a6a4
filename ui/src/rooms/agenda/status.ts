// The states of a visit: their colour, their icon, and what comes next.

import Check from '@lucide/svelte/icons/check';
import CircleCheckBig from '@lucide/svelte/icons/circle-check-big';
import DoorOpen from '@lucide/svelte/icons/door-open';
import PenTool from '@lucide/svelte/icons/pen-tool';
import type { Component } from 'svelte';
import type { Action, Card, CardDetail } from '../../../bindings';
import { session } from '../../door/session.svelte';
import type { Messages } from '../../words/en';

export type Status = CardDetail['status'];

type Tone = 'booked' | 'confirmed' | 'arrived' | 'in-chair' | 'done' | 'no-show' | 'neutral';

export const tones: Record<Status, Tone> = {
  booked: 'booked',
  confirmed: 'confirmed',
  arrived: 'arrived',
  in_session: 'in-chair',
  completed: 'done',
  no_show: 'no-show',
  cancelled: 'neutral',
};

export type StepName = 'confirm' | 'arrive' | 'start' | 'complete';

export interface Step {
  name: StepName;
  word: keyof Messages['agenda']['steps'];
  keys?: string;
  action: Action;
  icon: Component<{ size?: number }>;
  from: Status[];
  to: Status;
}

/** In the order of a visit; the first whose `from` holds the booking's state is the next step. */
export const steps: Step[] = [
  {
    name: 'start',
    word: 'start',
    keys: 'S',
    action: 'agenda.edit',
    icon: PenTool,
    from: ['arrived'],
    to: 'in_session',
  },
  {
    name: 'complete',
    word: 'complete',
    action: 'agenda.complete',
    icon: CircleCheckBig,
    from: ['in_session'],
    to: 'completed',
  },
  {
    name: 'arrive',
    word: 'arrive',
    keys: 'A',
    action: 'agenda.edit',
    icon: DoorOpen,
    from: ['confirmed', 'booked'],
    to: 'arrived',
  },
  {
    name: 'confirm',
    word: 'confirm',
    keys: 'C',
    action: 'agenda.edit',
    icon: Check,
    from: ['booked'],
    to: 'confirmed',
  },
];

export function stepsFrom(status: Status): Step[] {
  return steps.filter((step) => step.from.includes(status));
}

/** Whether the visit lies ahead or is going on: it can still move, be cancelled or missed. */
export function isOpen(status: Status): boolean {
  return status === 'booked' || status === 'confirmed' || status === 'arrived' || status === 'in_session';
}

/** Whether somebody could finish the visit step by step: it goes on or is over, and something of it is theirs to do. */
export function mayFinish({ detail, artist_id }: Card): boolean {
  if (detail?.status !== 'in_session' && detail?.status !== 'completed') return false;
  const rest = session.canFor('clients.notes', artist_id) || session.canFor('agenda.create', artist_id);
  return rest || (detail.status === 'in_session' && session.canFor('agenda.complete', artist_id));
}
