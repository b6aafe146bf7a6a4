// One row of the activity log in plain words. Ids stay out: they say nothing to a person.

import type { Reply } from '../../door/ask';
import { dayOf, money, monthAndYear, percent, shortDay, time, zone } from '../../words/format';
import { t } from '../../words/index.svelte';
import { wallMinute } from '../agenda/axis';

export type Entry = Reply<'activity.list'>[number];

export function command(name: string): string {
  const commands: Record<string, string> = t.activity.commands;
  return commands[name] ?? name;
}

/** What was done, or what was wanted and refused. */
export function what(entry: Entry): string {
  const text = command(entry.command);
  return entry.outcome === 'done' ? text : t.activity.notDone(text);
}

export function who(entry: Entry): string {
  return entry.member ?? (entry.role === null ? t.activity.nobody : t.activity.commandLine);
}

export function refusal(entry: Entry): string | null {
  if (entry.outcome === 'done') return null;
  return t.activity.refused[entry.outcome] ?? t.activity.refusedOtherwise;
}

const sums = ['total', 'amount', 'price', 'float', 'difference', 'old_price', 'new_price'];
const roles = ['role', 'old_role', 'new_role'];
const ofMany = ['erased_again', 'rights_kept', 'codes_kept'];
const statuses = ['old_status', 'new_status'];

function amount(value: number): string {
  return money(value).replace('-', '−');
}

/** When a term ends; one that ends at midnight by its last day, as it was asked for. */
export function end(at: number): string {
  return wallMinute(zone(), at) === 0 ? shortDay(dayOf(at - 1)) : `${shortDay(dayOf(at))}, ${time(at)}`;
}

/** One fact of the journal as a person reads it; null for ids and for what has no words. */
function fact(name: string, value: unknown): string | null {
  const words = t.activity.details;
  if (typeof value === 'number') {
    if (name === 'bp' || name.endsWith('commission_bp')) return percent(value);
    if (sums.includes(name)) return amount(value);
    if (name === 'until') return end(value);
    return name in t.activity.names ? String(value) : null;
  }
  if (name === 'on') return words.switched[value === true ? 'true' : value === false ? 'false' : 'null'];
  if (name === 'active' && typeof value === 'boolean') return words.active[value ? 'true' : 'false'];
  if (typeof value === 'boolean') return words.yes[value ? 'true' : 'false'];
  if (Array.isArray(value) && name === 'settings')
    return [...new Set(value.map((each) => words.settings[String(each)] ?? String(each)))].join(', ');
  if (Array.isArray(value)) return ofMany.includes(name) ? String(value.length) : null;
  if (typeof value !== 'string') return null;
  const named = (known: Record<string, string>) => known[value] ?? value;
  if (roles.includes(name)) return named(t.common.roles);
  if (statuses.includes(name)) return named(t.agenda.statuses);
  if (name === 'switch') return named(t.staff.switches);
  if (name === 'setting') return named(words.settings);
  if (name === 'item') return named(t.staff.checklist.items);
  if (name === 'employment') return named(t.staff.account.employments);
  if (name === 'direction') return named(words.direction);
  if (name === 'way') return named(words.ways);
  if (name === 'action') return named(t.activity.commands);
  if (name === 'month') return monthAndYear(`${value}-01`);
  return null;
}

/** Everything the journal kept with the row, named, for the panel beside the list. */
export function facts(entry: Entry): { name: string; value: string }[] {
  return Object.entries(t.activity.names).flatMap(([name, label]) => {
    const text = name in entry.details ? (entry.names[name] ?? fact(name, entry.details[name])) : null;
    return text === null ? [] : [{ name: label, value: text }];
  });
}

/** The same in one line. */
export function details(entry: Entry): string {
  const words = t.activity.details;
  const kept = entry.details;
  const found: string[] = [];
  const add = (name: string, as: (text: string) => string = (text) => text) => {
    const text = name in kept ? fact(name, kept[name]) : null;
    if (text !== null) found.push(as(text));
  };
  const pair = (before: string, after: string) => {
    const from = fact(before, kept[before]);
    const to = fact(after, kept[after]);
    if (from !== null && to !== null) found.push(words.change(from, to));
  };

  const pairOfNames = (before: string, after: string) => {
    const [from, to] = [entry.names[before], entry.names[after]];
    if (from && to && from !== to) found.push(words.change(from, to));
  };

  // Who or what it was about, as it is called today.
  for (const name of ['member', 'artist', 'block', 'client', 'appointment', 'item', 'service', 'template'])
    if (entry.names[name] && !found.includes(entry.names[name])) found.push(entry.names[name]);
  pairOfNames('old_artist', 'new_artist');
  for (const name of ['receipt', 'z', 'quantity', 'rows', 'items', 'appointments', 'pictures'] as const)
    if (typeof kept[name] === 'number') found.push(words[name](kept[name]));
  for (const name of ['total', 'amount', 'price']) add(name);
  add('float', words.float);
  add('difference', words.difference);
  add('direction');
  add('way');
  if (kept.copy === true) found.push(words.copy);
  pair('old_role', 'new_role');
  if (!('new_role' in kept)) add('role');
  pair('old_price', 'new_price');
  pair('old_status', 'new_status');
  pair('old_commission_bp', 'new_commission_bp');
  add('active');
  if (entry.command === 'staff.tick') add('item');
  const name = fact('switch', kept.switch);
  if (name !== null) found.push(`${name}: ${fact('on', kept.on) ?? ''}`);
  add('until', words.until);
  add('settings');
  add('setting');
  add('month');
  add('action', words.forWhat);
  if (entry.reason) found.push(`“${entry.reason}”`);
  return found.join(' · ');
}
