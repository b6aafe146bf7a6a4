// The lengths a booking can have, as a list to pick from.

import type { Choice } from '../../parts/Select.svelte';
import { minuteOfDay } from '../../words/format';
import { t } from '../../words/index.svelte';
import { QUARTER } from './axis';

export function lengthLabel(minutes: number): string {
  return minutes < 60 ? t.common.minutes(minutes) : t.common.hours(minuteOfDay(minutes).replace(/^0/, ''));
}

/** Quarters up to three hours, halves up to ten; and `present`, whatever it is. */
export function lengthChoices(present: number): Choice[] {
  const lengths = new Set<number>([present]);
  for (let minutes = QUARTER; minutes <= 180; minutes += QUARTER) lengths.add(minutes);
  for (let minutes = 210; minutes <= 600; minutes += 30) lengths.add(minutes);
  return [...lengths].sort((a, b) => a - b).map((minutes) => ({ value: String(minutes), label: lengthLabel(minutes) }));
}
