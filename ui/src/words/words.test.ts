import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codes, Failure } from '../door/failure';
import { en } from './en';
import { esMX } from './es-MX';
import { fold, matches } from './fold';
import { initials, shortName } from './names';

const catalogues = { en, 'es-MX': esMX };

/** What the core can say, read from its sources so that no new word of Rust stays without words here. */
function found(pattern: RegExp): string[] {
  const core = join(import.meta.dirname, '../../../src-tauri/core/src');
  const sources = readdirSync(core, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.rs'));
  const text = sources.map((name) => readFileSync(join(core, name), 'utf8')).join('\n');
  return [...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}

function leaves(value: unknown, path = ''): [string, unknown][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${key}`))
    : [[path, value]];
}

describe.each(Object.entries(catalogues))('%s', (_, words) => {
  test.each(codes)('says what %s means and what to do', (code) => {
    const text = words.errors[code](new Failure(code, {}));
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test.each(found(/reason: "([a-z_]+)"/g))('has a sentence for the conflict %s', (reason) => {
    expect(words.errors.conflict(new Failure('conflict', { reason }))).not.toBe(
      words.errors.conflict(new Failure('conflict', { reason: 'unheard of' })),
    );
  });

  test.each(found(/invalid\(\s*(?!"(?:key|args|command|limit)")[^;]*?,\s*"([^"]+)",?\s*\)/g))(
    'says what is wrong when Rust says "%s"',
    (reason) => {
      const text = words.errors.invalid(new Failure('invalid', { field: 'lines[2].price', reason }));
      expect(text).toContain(words.errors.invalid(new Failure('invalid', { field: 'price', reason })));
      expect(text).not.toBe(words.errors.invalid(new Failure('invalid', { field: 'price', reason: 'unheard of' })));
    },
  );

  test('names the password that opens every demo studio', () => {
    const [password = 'not found in the core'] = found(/const PASSWORD: &str = "([^"]+)"/g);
    expect(words.signIn.demoPassword).toContain(password);
  });

  test('counts the tries that are left', () => {
    expect(words.errors.bad_code(new Failure('bad_code', { tries_left: 2 }))).toContain('2');
    expect(words.errors.throttled(new Failure('throttled', { wait_ms: 42_000 }))).toContain('42');
  });
});

test('both languages have the same words, and none is empty', () => {
  const keys = (words: unknown) => leaves(words).map(([path]) => path);
  expect(keys(esMX)).toEqual(keys(en));
  for (const [path, value] of [...leaves(en), ...leaves(esMX)])
    if (typeof value === 'string') expect(value.trim(), path).not.toBe('');
});

test('search forgives accents and case, and begins at the beginning of words', () => {
  expect(fold('Inês São')).toBe('ines sao');
  expect(matches('Inês Rocha', 'ines')).toBe(true);
  expect(matches('Inês Rocha', 'ro in')).toBe(true);
  expect(matches('Inês Rocha', 'cha')).toBe(false);
});

test('names are shortened without losing who it is', () => {
  expect(initials('Mara Quill')).toBe('MQ');
  expect(initials('Ana de la Cruz')).toBe('AC');
  expect(initials('Noa (piercing)')).toBe('NP');
  expect(initials('Óscar')).toBe('Ó');
  expect(shortName('Mara Quill')).toBe('Mara Q.');
  expect(shortName('Noa (piercing)')).toBe('Noa (piercing)');
});
