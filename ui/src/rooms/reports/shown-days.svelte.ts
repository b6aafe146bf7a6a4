// The days that a view is about, as its bar sets them.

import { studio } from '../../door/studio.svelte';
import { dayOf, monthAndYear, shortDay } from '../../words/format';
import { t } from '../../words/index.svelte';
import { around, moved, type Range, type RangeKind } from './range';

export class ShownDays {
  kind = $state<RangeKind>('week');
  /** Any day of the period, where it is a whole one. */
  day = $state(dayOf(Date.now()));
  /** First and last of days of one's own choice. */
  from = $state(dayOf(Date.now()));
  to = $state(dayOf(Date.now()));

  readonly range: Range = $derived(
    this.kind === 'custom'
      ? this.from <= this.to
        ? { from: this.from, to: this.to }
        : { from: this.to, to: this.from }
      : around(this.kind, this.day, studio.settings?.week_start ?? 1),
  );

  constructor(kind: RangeKind) {
    this.kind = kind;
  }

  /** The period of that kind that today is in; days of one's own choice begin with those on screen. */
  pick(kind: RangeKind) {
    if (kind === 'custom') this.show(this.range);
    else this.day = dayOf(Date.now());
    this.kind = kind;
  }

  /** The period of that kind around `day`. */
  at(kind: RangeKind, day: string) {
    this.day = day;
    this.kind = kind;
  }

  move(by: number) {
    this.day = moved(this.kind, this.day, by);
  }

  show({ from, to }: Range) {
    this.from = from;
    this.to = to;
    this.kind = 'custom';
  }

  /** The days as somebody says them: November 2026, 2026, Mon 16 Nov – Sun 22 Nov 2026. */
  get text(): string {
    return daysText(this.range, this.kind);
  }
}

export function daysText({ from, to }: Range, kind: RangeKind = 'custom'): string {
  const year = from.slice(0, 4);
  if (kind === 'month') return monthAndYear(from);
  if (kind === 'quarter') return t.reports.quarter(Math.ceil(Number(from.slice(5, 7)) / 3), year);
  if (kind === 'year') return year;
  const first = year === to.slice(0, 4) ? shortDay(from) : `${shortDay(from)} ${year}`;
  return from === to ? `${shortDay(from)} ${year}` : t.reports.days(first, `${shortDay(to)} ${to.slice(0, 4)}`);
}
