import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Policy } from '../../../bindings';
import { drawer } from '../../shell/drawer-chip.svelte';
import { bridge } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import { studio } from '../../door/studio.svelte';
import Cash from './Cash.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

function held(by: 'me' | 'lena') {
  const open = {
    session_id: 's1',
    opened_at: 0,
    opened_by: 'Lena',
    held_by: by === 'me' ? 'Me' : 'Lena',
    held_by_id: by === 'me' ? 'member-admin' : 'member-lena',
    takeovers: [],
    blind: false,
    confirmers: [],
    float: 0,
    moves: [],
  };
  return { open, suggested_float: 0, last_z: 6 };
}

function room(role: 'admin' | 'assistant', settings: Policy) {
  signIn(role, null, {
    'reports.cash_close': 'allow',
    'security.settings': settings,
    'till.cash_move': 'allow',
    'till.open_drawer': 'allow',
  });
  render(Cash, { id: null });
  return userEvent.setup();
}

beforeEach(() => {
  openStudio();
  if (studio.status?.studio) studio.status.studio.denominations = [50_000];
  bridge.sent.length = 0;
  drawer.now = null;
  bridge.answers = {
    'till.drawer': () => held('lena'),
    'till.take_over': () => held('me'),
    'reports.z_reports': () => [],
  };
});

test('a colleague’s drawer is taken over and counted in two keystrokes', async () => {
  const user = room('admin', 'allow');
  await user.click(await screen.findByRole('button', { name: 'Take over and close…' }));
  expect(screen.queryByRole('button', { name: 'Close drawer' })).toBeNull();
  await screen.findByRole('dialog');
  await user.click(screen.getByRole('button', { name: 'Take over and count' }));
  await screen.findByRole('heading', { name: 'Count the drawer' });
  expect(bridge.last('till.take_over')).toEqual({ reason: 'To close the day' });
});

test('whoever may not take it over reads who closes it', async () => {
  room('assistant', 'deny');
  await screen.findByText(/Lena holds this drawer and closes it/);
  expect(screen.queryByRole('button', { name: /Take over|Close drawer/ })).toBeNull();
});
