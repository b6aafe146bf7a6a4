// The address of the agenda: a day by itself, or what else of it is shown: "week.2026-11-20".

import { isDay } from './axis';

export const views = ['day', 'week', 'month', 'list'] as const;
export type View = (typeof views)[number];

export function placeOf(id: string | null, today: string): { view: View; day: string } {
  const [first = '', second] = (id ?? '').split('.');
  const view = second === undefined ? 'day' : (views.find((each) => each === first) ?? 'day');
  const day = second ?? first;
  return { view, day: isDay(day) ? day : today };
}

export function placeName(view: View, day: string): string {
  return view === 'day' ? day : `${view}.${day}`;
}
