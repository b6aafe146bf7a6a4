import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openStudio } from '../../test-desk';
import { en } from '../../words/en';
import { esMX } from '../../words/es-MX';
import { details, facts, refusal, what, who, type Entry } from './activity-text';

beforeEach(openStudio);

const bindings = readFileSync(join(import.meta.dirname, '../../../bindings/index.ts'), 'utf8');
const commands = [...bindings.matchAll(/^ {2}"([a-z_.]+)": \{ kind:/gm)].map((match) => match[1] ?? '');

function entry(row: Partial<Entry>): Entry {
  return {
    seq: 1,
    at: Date.UTC(2026, 10, 20, 18),
    member_id: 'm1',
    member: 'Noor',
    role: 'admin',
    command: 'staff.change_role',
    kind: 'people',
    outcome: 'done',
    elevated_by: null,
    details: {},
    reason: null,
    count: 1,
    names: {},
    hash: '',
    ...row,
  };
}

describe.each(Object.entries({ en, 'es-MX': esMX }))('%s', (_, words) => {
  test('has a sentence for every command that can stand in the journal', () => {
    expect(commands.length).toBeGreaterThan(60);
    const known: Record<string, string> = words.activity.commands;
    for (const name of commands) {
      expect(known[name], name).toBeTruthy();
      expect(known[name], name).not.toContain(name);
    }
  });
});

test('a role change says from what to what, and until when', () => {
  const row = entry({
    names: { member: 'Teo Lind' },
    details: { member: 'id-7', old_role: 'artist', new_role: 'assistant', until: Date.UTC(2026, 10, 27, 18) },
    reason: 'Lena is away',
  });
  expect(what(row)).toBe('Changed a role');
  expect(details(row)).toBe('Teo Lind · Artist → Reception · until Fri 27 Nov, 12:00 · “Lena is away”');
  expect(facts(row)).toEqual([
    { name: 'About', value: 'Teo Lind' },
    { name: 'Role before', value: 'Artist' },
    { name: 'Role after', value: 'Reception' },
    { name: 'Until', value: 'Fri 27 Nov, 12:00' },
  ]);
});

test('a term that ends at midnight is told by its last day', () => {
  const row = entry({ details: { new_role: 'admin', until: Date.UTC(2026, 10, 28, 6) } });
  expect(facts(row)).toContainEqual({ name: 'Until', value: 'Fri 27 Nov' });
});

test('ids stay out, whatever the journal keeps', () => {
  const row = entry({ command: 'till.refund', details: { sale: 'id-1', original: 'id-2', receipt: 12, total: -5000 } });
  expect(details(row)).toBe('receipt 12 · −$50.00');
  expect(details(row) + JSON.stringify(facts(row))).not.toContain('id-');
});

test('nobody, a member and the command line are told apart, and a refusal says which', () => {
  expect(who(entry({}))).toBe('Noor');
  expect(who(entry({ member: null, role: null }))).toBe('nobody signed in');
  expect(who(entry({ member: null, role: 'owner' }))).toBe('command line');
  expect(refusal(entry({}))).toBeNull();
  expect(refusal(entry({ outcome: 'elevation_required' }))).toBe('stopped at the master code');
  expect(what(entry({ outcome: 'elevation_required' }))).toBe('Not done: Changed a role');
  expect(refusal(entry({ outcome: 'something_new' }))).toBe('refused');
});
