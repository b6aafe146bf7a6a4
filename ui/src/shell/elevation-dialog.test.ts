// The code prompt: what it asks for, and that the form behind it never loses a letter (D05).

import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { elevation, unlocked } from '../door/elevation.svelte';
import { studio } from '../door/studio.svelte';
import { bridge, refuse } from '../test-bridge';
import { openStudio, signIn, whoami } from '../test-desk';
import ElevationDialog from './ElevationDialog.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../test-bridge')).invoke }));

const open = () => ({ ...whoami('assistant'), elevation: { expires_at: Date.now() + 300_000, by: 'code' } });

beforeEach(() => {
  openStudio();
  bridge.sent.length = 0;
  bridge.answers = {
    'session.elevate': open,
    'session.tiles': () => [
      { username: 'lena', name: 'Lena Sommer', role: 'assistant', pin: false },
      { username: 'iris', name: 'Iris Vega', role: 'owner', pin: false },
      { username: 'noor', name: 'Noor Haddad', role: 'admin', pin: false },
    ],
  };
  signIn('assistant', null, { 'reports.refund_void': 'locked' });
  elevation.request?.reply(false);
});

function begin() {
  const work = vi.fn(async () => 'refunded');
  render(ElevationDialog);
  const done = unlocked('reports.refund_void', 'Refund $ 500.00', work);
  return { work, done };
}

describe('an approver', () => {
  test('is named before anything is typed, and only owner and managers can be', async () => {
    const user = userEvent.setup();
    begin();
    await user.click(await screen.findByText('A manager’s password'));
    const password = screen.getByLabelText<HTMLInputElement>('Password');
    expect(password.disabled).toBe(true);
    await user.click(screen.getByRole('combobox', { name: 'Who approves' }));
    expect((await screen.findAllByRole('option')).map((each) => each.textContent?.trim())).toEqual([
      'Iris Vega Owner',
      'Noor Haddad Manager',
    ]);
    await user.click(screen.getByRole('option', { name: /Noor/ }));
    await vi.waitFor(() => expect(password.disabled).toBe(false));
  });

  test('another name empties the password that was typed for the first', async () => {
    const user = userEvent.setup();
    begin();
    await user.click(await screen.findByText('A manager’s password'));
    const pick = async (name: RegExp) => {
      await user.click(screen.getByRole('combobox', { name: 'Who approves' }));
      await user.click(await screen.findByRole('option', { name }));
    };
    await pick(/Iris/);
    const password = screen.getByLabelText<HTMLInputElement>('Password');
    await vi.waitFor(() => expect(password.disabled).toBe(false));
    await user.type(password, 'Secret-1');
    await pick(/Noor/);
    await vi.waitFor(() => expect(password.value).toBe(''));
    expect(bridge.last('session.elevate')).toBeUndefined();
  });
});

describe('a reason', () => {
  test('may be given where the studio does not ask for one', async () => {
    const user = userEvent.setup();
    const { done } = begin();
    await user.type(await screen.findByLabelText('Master code', { selector: 'input[type=password]' }), 'K7M4Q2PXD9');
    await user.keyboard('{Enter}');
    expect(await done).toBe('refunded');
    expect(bridge.last('session.elevate')).toMatchObject({ reason: null, action: 'reports.refund_void' });
  });

  test('is demanded where it does, before the code is sent, and the code stays typed', async () => {
    if (studio.status?.studio) studio.status.studio.settings.elevation_reason = true;
    const user = userEvent.setup();
    const { done, work } = begin();
    const code = await screen.findByLabelText<HTMLInputElement>('Master code', { selector: 'input[type=password]' });
    await user.type(code, 'K7M4Q2PXD9{Enter}');
    await screen.findByText('This studio wants a reason. Say in a few words what it is for.');
    expect(bridge.last('session.elevate')).toBeUndefined();
    expect(code.value).toBe('K7M4Q2PXD9');
    await user.type(screen.getByLabelText('Reason'), 'client moved{Enter}');
    expect(await done).toBe('refunded');
    expect(work).toHaveBeenCalledOnce();
    expect(bridge.last('session.elevate')).toMatchObject({ reason: 'client moved' });
  });

  test('that Rust demands after all leaves the code where it is', async () => {
    bridge.answers['session.elevate'] = refuse('invalid', { field: 'reason', reason: 'missing' });
    const user = userEvent.setup();
    begin();
    const code = await screen.findByLabelText<HTMLInputElement>('Master code', { selector: 'input[type=password]' });
    await user.type(code, 'K7M4Q2PXD9{Enter}');
    await screen.findByText('This studio wants a reason. Say in a few words what it is for.');
    expect(code.value).toBe('K7M4Q2PXD9');
  });
});

test('Esc leaves the work undone and nothing is asked of Rust', async () => {
  const user = userEvent.setup();
  const { done, work } = begin();
  await screen.findByLabelText('Master code', { selector: 'input[type=password]' });
  await vi.waitFor(async () => {
    await user.keyboard('{Escape}');
    expect(elevation.request).toBeNull();
  });
  expect(await done).toBeUndefined();
  expect(work).not.toHaveBeenCalled();
});
