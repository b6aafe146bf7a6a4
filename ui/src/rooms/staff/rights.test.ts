import { expect, test } from 'vitest';
import type { Action } from '../../../bindings';
import { en } from '../../words/en';
import { counts, groupedRights, groupOf, type RightRow } from './rights';

function row(action: Action, answer: RightRow['answer'], byRole = answer): RightRow {
  const because = answer === byRole ? 'role' : 'switch';
  return { action, answer, by_role: byRole, because, switch: null, until: null, opened_until: null };
}

const rows = [
  row('agenda.view', 'allow'),
  row('agenda.board', 'allow', 'deny'),
  row('consent.waive', 'locked'),
  row('clients.edit', 'deny'),
  row('studio.delete', 'deny'),
];

test('every action has a group with a heading', () => {
  for (const action of Object.keys(en.rights.actions) as Action[])
    expect(en.rights.groups[groupOf(action)], action).toBeTruthy();
});

test('rows stand in groups in the matrix’s order, empty groups not at all', () => {
  expect(groupedRights(rows, 'all').map(({ group, rows }) => [group, rows.map((each) => each.action)])).toEqual([
    ['agenda', ['agenda.view', 'agenda.board']],
    ['clients', ['consent.waive', 'clients.edit']],
    ['studio', ['studio.delete']],
  ]);
});

test('a filter shows one answer, or what is not as the role', () => {
  expect(groupedRights(rows, 'differs').flatMap(({ rows }) => rows.map((each) => each.action))).toEqual([
    'agenda.board',
  ]);
  expect(groupedRights(rows, 'own')).toEqual([]);
  expect(counts(rows)).toEqual({ all: 5, differs: 1, allow: 2, own: 0, locked: 1, deny: 2 });
});
