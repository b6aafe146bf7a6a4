// The bar that says the computer's clock went back, and who may say that it is right.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { session } from '../door/session.svelte';
import { forgetToasts } from '../parts/toasts.svelte';
import { bridge, refuse } from '../test-bridge';
import { at, openStudio, whoami } from '../test-desk';
import Toasts from '../parts/Toasts.svelte';
import ClockBanner from './ClockBanner.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../test-bridge')).invoke }));

const clock = { clock: at(9), last_at: at(15, 30), money_waits: false };

beforeEach(() => {
  openStudio();
  forgetToasts();
  bridge.sent.length = 0;
  bridge.answers = {};
});

test('while the clock is right there is no bar', () => {
  session.who = whoami('assistant');
  render(ClockBanner);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a few hours back: both times are named, nothing waits and nothing has to be pressed', () => {
  session.who = { ...whoami('admin', null, { 'security.settings': 'allow' }), clock };
  render(ClockBanner);
  const bar = screen.getByRole('alert').textContent ?? '';
  expect(bar).toContain('09:00');
  expect(bar).toContain('15:30');
  expect(bar).toContain('new entries are dated like that one');
  expect(screen.queryByRole('button')).toBeNull();
});

test('more than a day back: reception is sent to somebody who may confirm, an owner confirms and the bar goes', async () => {
  const waits = { ...clock, money_waits: true };
  session.who = { ...whoami('assistant'), clock: waits };
  const { unmount } = render(ClockBanner);
  expect(screen.getByRole('alert').textContent).toContain('Ask an owner or manager.');
  expect(screen.queryByRole('button')).toBeNull();
  unmount();

  const owner = whoami('owner', null, { 'security.settings': 'allow' });
  session.who = { ...owner, clock: waits };
  bridge.answers['security.confirm_clock'] = refuse('internal');
  bridge.answers['session.whoami'] = () => ({ ...owner, clock: null });
  render(Toasts);
  render(ClockBanner);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'The clock is right' }));
  await screen.findByRole('button', { name: 'The clock is right' });
  expect(bridge.last('session.whoami')).toBeUndefined();
  bridge.answers['security.confirm_clock'] = () => null;
  await user.click(screen.getByRole('button', { name: 'The clock is right' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'The clock is right' })).toBeNull());
  await screen.findByText('The clock is confirmed. Money can be taken again.');
});
