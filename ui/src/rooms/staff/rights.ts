// The answers of the matrix for one member, as a page shows them. Rust worked every one of them out.

import type { Action, Policy } from '../../../bindings';
import type { Reply } from '../../door/ask';

export type Rights = Reply<'staff.rights'>;
export type RightRow = Rights['rows'][number];

const groups = {
  agenda: 'agenda',
  clients: 'clients',
  consent: 'clients',
  till: 'till',
  reports: 'money',
  payouts: 'money',
  inventory: 'stock',
  portfolio: 'portfolio',
  staff: 'staff',
  security: 'studio',
  studio: 'studio',
} as const;

export type RightGroup = (typeof groups)[keyof typeof groups];
export type RightFilter = 'all' | 'differs' | Policy;

export const policies: Policy[] = ['allow', 'own', 'locked', 'deny'];

export function groupOf(action: Action): RightGroup {
  return groups[action.split('.')[0] as keyof typeof groups];
}

/** Another answer than the role gives. */
export function differs(row: RightRow): boolean {
  return row.answer !== row.by_role;
}

export function shownBy(row: RightRow, filter: RightFilter): boolean {
  return filter === 'all' || (filter === 'differs' ? differs(row) : row.answer === filter);
}

/** The rows a filter shows, in groups and in the matrix's order. */
export function groupedRights(rows: readonly RightRow[], filter: RightFilter) {
  return [...new Set(Object.values(groups))]
    .map((group) => ({ group, rows: rows.filter((row) => groupOf(row.action) === group && shownBy(row, filter)) }))
    .filter((each) => each.rows.length > 0);
}

/** How many rows each filter shows. */
export function counts(rows: readonly RightRow[]): Record<RightFilter, number> {
  const count = (filter: RightFilter) => rows.filter((row) => shownBy(row, filter)).length;
  return {
    all: rows.length,
    differs: count('differs'),
    allow: count('allow'),
    own: count('own'),
    locked: count('locked'),
    deny: count('deny'),
  };
}
