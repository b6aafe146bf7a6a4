// A setting and its value as a person reads them, for the history.

import type { Hours } from '../../../bindings';
import { minuteOfDay, money, percent, weekdays } from '../../words/format';
import { languages, t } from '../../words/index.svelte';

export function settingName(name: string): string {
  const text = t.activity.details.settings[name] ?? name;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function hours(value: Hours[]): string {
  const days = weekdays(0);
  return value
    .toSorted((a, b) => a.weekday - b.weekday)
    .map((day) => `${days[day.weekday - 1]?.short ?? ''} ${minuteOfDay(day.opens)}–${minuteOfDay(day.closes)}`)
    .join(', ');
}

export function settingValue(name: string, value: unknown): string {
  const words = t.settings.history;
  if (typeof value === 'boolean') return value ? t.shell.on : t.shell.off;
  if (name === 'hours' && Array.isArray(value)) return hours(value as Hours[]) || words.nothing;
  if (typeof value === 'number') {
    if (name === 'tax_bp') return percent(value);
    if (name === 'cash_rounding' || name === 'difference_limit') return money(value);
    if (name.endsWith('_minutes')) return t.common.minutes(value);
    if (name.endsWith('_days')) return `${value} ${t.settings.security.days}`;
    if (name === 'consent_years') return `${value} ${t.consent.forms.yearsUnit}`;
    if (name === 'week_start') return weekdays(0)[value - 1]?.long ?? String(value);
    return String(value);
  }
  if (typeof value !== 'string' || value.trim() === '') return words.nothing;
  if (name === 'language') return languages[value as keyof typeof languages] ?? value;
  const { gates, ats } = t.consent.forms;
  if (name === 'paperwork_gate') return gates[value as keyof typeof gates] ?? value;
  if (name === 'paperwork_at') return ats[value as keyof typeof ats] ?? value;
  return value;
}
