import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { session } from '../../door/session.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, whoami } from '../../test-desk';
import ChangePassword from './ChangePassword.svelte';
import SignIn from './SignIn.svelte';
import { tilesFor } from './tiles';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

beforeEach(() => {
  openStudio();
  session.who = null;
  session.lastUsername = '';
  bridge.sent.length = 0;
  bridge.answers = {
    'session.drafts': () => [],
    'session.tiles': () => [
      { username: 'lena', name: 'Lena Sommer', role: 'assistant' },
      { username: 'ines', name: 'Inês Rocha', role: 'artist' },
    ],
  };
});

test('typing picks the person, Enter goes to the password, Enter signs in', async () => {
  bridge.answers['session.sign_in'] = () => whoami('artist', 'artist-2');
  const user = userEvent.setup();
  render(SignIn);
  await screen.findByRole('button', { name: /Lena Sommer/ });
  await user.keyboard('ines{Enter}');
  await screen.findByRole('heading', { name: 'Inês Rocha' });
  await user.keyboard('Secret-1{Enter}');
  expect(bridge.last('session.sign_in')).toEqual({ username: 'ines', password: 'Secret-1' });
  expect(session.who?.role).toBe('artist');
});

test('a wrong password says how many tries are left and empties the field', async () => {
  bridge.answers['session.sign_in'] = refuse('bad_credentials', { tries_left: 2 });
  const user = userEvent.setup();
  render(SignIn);
  await user.click(await screen.findByRole('button', { name: /Lena Sommer/ }));
  await user.keyboard('wrong{Enter}');
  await screen.findByText(/2 tries left before a wait/);
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
});

test('after the last try it is said that the next one waits, not that none are left', async () => {
  bridge.answers['session.sign_in'] = refuse('bad_credentials', { tries_left: 0 });
  const user = userEvent.setup();
  render(SignIn);
  await user.click(await screen.findByRole('button', { name: /Lena Sommer/ }));
  await user.keyboard('wrong{Enter}');
  await screen.findByText(/That was the last try: wait a little/);
});

test('a new password that is too short is called so, and its field has the focus', async () => {
  bridge.answers['session.change_password'] = refuse('invalid', { field: 'new_password', reason: 'too short' });
  session.who = whoami('artist', 'artist-1');
  const user = userEvent.setup();
  render(ChangePassword);
  await user.type(screen.getByLabelText('Temporary password'), 'given');
  await user.type(screen.getByLabelText('New password'), 'abc');
  await user.type(screen.getByLabelText('New password again'), 'abc{Enter}');
  await screen.findByText('That password is too short.');
  expect(document.activeElement).toBe(screen.getByLabelText('New password'));
});

test('while a wait runs nothing is sent and the seconds are shown', async () => {
  bridge.answers['session.sign_in'] = refuse('throttled', { until: Date.now() + 30_000, wait_ms: 30_000 });
  const user = userEvent.setup();
  render(SignIn);
  await user.click(await screen.findByRole('button', { name: /Lena Sommer/ }));
  await user.keyboard('wrong{Enter}');
  await screen.findByText(/You can try again in \d+ s/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Sign in' }).disabled).toBe(true);
});

describe('a PIN', () => {
  beforeEach(() => {
    bridge.answers['session.tiles'] = () => [{ username: 'lena', name: 'Lena Sommer', role: 'assistant', pin: true }];
  });

  async function pick() {
    const user = userEvent.setup();
    render(SignIn);
    await user.click(await screen.findByRole('button', { name: /Lena Sommer/ }));
    return user;
  }

  test('is asked for first where it works today, takes digits only, and Enter signs in', async () => {
    bridge.answers['session.sign_in_pin'] = () => whoami('assistant');
    const user = await pick();
    await user.keyboard('2a7b39{Enter}');
    expect(bridge.last('session.sign_in_pin')).toEqual({ username: 'lena', pin: '2739' });
    expect(session.who?.role).toBe('assistant');
  });

  test('can be left for the password', async () => {
    bridge.answers['session.sign_in'] = () => whoami('assistant');
    const user = await pick();
    await user.click(screen.getByRole('button', { name: 'Use the password instead' }));
    await user.keyboard('Secret-1{Enter}');
    expect(bridge.last('session.sign_in')).toEqual({ username: 'lena', password: 'Secret-1' });
  });

  test('that is wrong says how many tries are left', async () => {
    bridge.answers['session.sign_in_pin'] = refuse('bad_credentials', { tries_left: 3 });
    const user = await pick();
    await user.keyboard('9999{Enter}');
    await screen.findByText('That PIN is not right. 3 tries left, then only the password counts.');
    expect(screen.getByLabelText<HTMLInputElement>('PIN').value).toBe('');
  });

  test.each([
    ['throttled', { until: Date.now() + 30_000 }],
    ['conflict', { reason: 'pin_not_here' }],
    ['bad_credentials', { tries_left: 0 }],
  ])('gives way to the password after %s, and says so', async (code, params) => {
    bridge.answers['session.sign_in_pin'] = refuse(code, params);
    const user = await pick();
    await user.keyboard('9999{Enter}');
    const field = await screen.findByLabelText<HTMLInputElement>('Password');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(screen.queryByRole('button', { name: 'Use the PIN instead' })).toBeNull();
  });
});

test('the password can be shown', async () => {
  const user = userEvent.setup();
  render(SignIn);
  await user.click(await screen.findByRole('button', { name: /Lena Sommer/ }));
  await user.click(screen.getByRole('button', { name: 'Show' }));
  expect(screen.getByLabelText<HTMLInputElement>('Password').type).toBe('text');
});

test('whoever was here last comes first, and only fitting names stay', () => {
  const people = ['ana', 'lena', 'mara'].map((username) => ({ username, name: username }));
  expect(tilesFor(people, '', 'mara').map((each) => each.username)).toEqual(['mara', 'ana', 'lena']);
  expect(tilesFor(people, 'le', 'mara').map((each) => each.username)).toEqual(['lena']);
});
