import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { session } from '../door/session.svelte';
import { bridge } from '../test-bridge';
import { at, openStudio, whoami } from '../test-desk';
import Bell from './Bell.svelte';
import { spoken } from './spoken.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../test-bridge')).invoke }));

const manager = { 'security.rotate_code': 'allow', 'security.audit': 'allow' } as const;

beforeEach(() => {
  openStudio();
  spoken.text = '';
  bridge.sent.length = 0;
  bridge.answers = {
    'session.notices': () => [
      { id: 'n2', kind: 'code_rotated', at: at(12), read: false, by: 'Noor', details: {} },
      { id: 'n1', kind: 'password_reset', at: at(11), read: true, by: 'Noor', details: {} },
    ],
    'session.read_notices': () => ({}),
    'session.whoami': () => session.who,
  };
});

test('says how many are new, and opening it reads them', async () => {
  session.who = { ...whoami('assistant'), unread: 1 };
  const user = userEvent.setup();
  render(Bell);
  expect(spoken.text).toBe('You have a new notice.');
  await user.click(screen.getByRole('button', { name: 'Notices: 1 new' }));
  await screen.findByText(/Noor changed the master code. Ask for the new one./);
  await vi.waitFor(() => expect(session.who?.unread).toBe(0));
  expect(bridge.last('session.read_notices')).toEqual({});
  // What was new when it was opened stays marked while it is looked at.
  expect(screen.getByText('New:')).toBeTruthy();
});

test('nothing new marks nothing as read, and reminders bring their button only to whom it belongs', async () => {
  const who = whoami('admin', null, manager);
  session.who = { ...who, reminders: { ...who.reminders, code_due: 'left', review_due: '2026-10', few_admins: true } };
  const user = userEvent.setup();
  render(Bell);
  await user.click(screen.getByRole('button', { name: 'Notices: 3 new' }));
  await screen.findByText('Somebody who knew the master code has left.');
  expect(screen.getByRole('button', { name: 'Rotate…' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Open' })).toBeTruthy();
  // The team is not this test's to open.
  expect(screen.queryByRole('button', { name: 'Team' })).toBeNull();
  expect(bridge.last('session.read_notices')).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Rotate…' }));
  await screen.findByRole('dialog', { name: 'Make a new master code?' });
});

test('what came to be due since the sign-in is there when it opens', async () => {
  const who = whoami('admin', null, manager);
  session.who = who;
  bridge.answers['session.whoami'] = () => ({ ...who, reminders: { ...who.reminders, code_due: 'left' } });
  const user = userEvent.setup();
  render(Bell);
  await user.click(screen.getByRole('button', { name: 'Notices' }));
  await screen.findByText('Somebody who knew the master code has left.');
});
