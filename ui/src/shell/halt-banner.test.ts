// The bar over a studio that can be looked at but takes no change.

import { render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Halt } from '../../bindings';
import { session } from '../door/session.svelte';
import { studio } from '../door/studio.svelte';
import { at, openStudio, whoami } from '../test-desk';
import HaltBanner from './HaltBanner.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../test-bridge')).invoke }));

beforeEach(openStudio);

function bar(why: Halt, asOf: number | null = null) {
  if (studio.status?.studio)
    studio.status = { ...studio.status, studio: { ...studio.status.studio, halted: { why, as_of: asOf } } };
  render(HaltBanner);
  return screen.getByRole('alert').textContent ?? '';
}

test('a backup says of when it is and how to work with it; nobody has to be asked and nothing restored from it', () => {
  session.who = whoami('assistant');
  const told = bar('backup', at(9, 15));
  expect(told).toContain('09:15');
  expect(told).toContain('nothing is changed in it');
  expect(told).not.toContain('Ask an owner');
  expect(screen.queryByRole('link')).toBeNull();
});

test('a damaged file sends reception to somebody who may restore, and that one to the backups', () => {
  session.who = whoami('assistant');
  expect(bar('damaged')).toContain('Ask an owner or manager.');
});

test('an owner is led to the backups of a file that is gone, not of one that cannot be written', () => {
  session.who = whoami('owner', null, { 'security.backup': 'allow' });
  bar('gone', at(9));
  expect(screen.getByRole('link', { name: 'Backups' })).toBeTruthy();
  document.body.replaceChildren();
  bar('read_only');
  expect(screen.queryByRole('link')).toBeNull();
});
