// One row of the activity log in plain words. Ids stay out: they say nothing to a person.

import type { Reply } from '../../door/ask';
import { money } from '../../words/format';
import { t } from '../../words/index.svelte';

export type Entry = Reply<'activity.list'>[number];

export function what(entry: Entry): string {
  const commands: Record<string, string> = t.settings.activity.commands;
  return commands[entry.command] ?? entry.command;
}

export function refusal(entry: Entry): string | null {
  if (entry.outcome === 'done') return null;
  return t.settings.activity.refused[entry.outcome] ?? t.settings.activity.refusedOtherwise;
}

/** What changed, from the names and numbers that Rust kept with the row. */
export function details(entry: Entry): string {
  const words = t.settings.activity.details;
  const { details: kept } = entry;
  const number = (name: string) => (typeof kept[name] === 'number' ? kept[name] : null);
  const text = (name: string) => (typeof kept[name] === 'string' ? kept[name] : null);
  const found: string[] = [];

  for (const name of ['receipt', 'z', 'quantity'] as const) {
    const value = number(name);
    if (value !== null) found.push(words[name](value));
  }
  for (const name of ['total', 'amount', 'price', 'float', 'difference'] as const) {
    const value = number(name);
    if (value !== null) found.push(words[name](money(value).replace('-', '−')));
  }
  const roles: Record<string, string> = t.common.roles;
  const [oldRole, newRole, role] = [text('old_role'), text('new_role'), text('role')];
  if (oldRole !== null && newRole !== null)
    found.push(words.change(roles[oldRole] ?? oldRole, roles[newRole] ?? newRole));
  else if (role !== null) found.push(roles[role] ?? role);
  const [oldPrice, newPrice] = [number('old_price'), number('new_price')];
  if (oldPrice !== null && newPrice !== null) found.push(words.change(money(oldPrice), money(newPrice)));
  const statuses: Record<string, string> = t.agenda.statuses;
  const [oldStatus, newStatus] = [text('old_status'), text('new_status')];
  if (oldStatus !== null && newStatus !== null)
    found.push(words.change(statuses[oldStatus] ?? oldStatus, statuses[newStatus] ?? newStatus));
  if (typeof kept.active === 'boolean') found.push(words.active[kept.active ? 'true' : 'false']);
  const name = text('switch');
  if (name !== null) {
    const switches: Record<string, string> = t.staff.switches;
    const state = kept.on === true ? 'true' : kept.on === false ? 'false' : 'null';
    found.push(`${switches[name] ?? name}: ${words.switched[state]}`);
  }
  if (Array.isArray(kept.settings)) {
    const names = kept.settings.map((each) => words.settings[String(each)] ?? String(each));
    found.push(names.filter((each, at) => names.indexOf(each) === at).join(', '));
  }
  if (entry.reason) found.push(`“${entry.reason}”`);
  return found.join(' · ');
}
