import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { session } from '../../door/session.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn, whoami } from '../../test-desk';
import { person } from '../staff/test-people';
import MyRights from './MyRights.svelte';
import PinDialog from './PinDialog.svelte';
import { isPin, passwordOld } from './sign-in-rules';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

beforeEach(() => {
  openStudio();
  signIn('artist', 'artist-mara');
  bridge.sent.length = 0;
  bridge.answers = {};
});

test('a PIN is 4 to 8 digits; a password is old after 90 days', () => {
  expect(['4827', '48271936'].every(isPin)).toBe(true);
  expect(['482', '482719365', '48a7', '', '４８２７'].some(isPin)).toBe(false);
  expect([passwordOld(90), passwordOld(91)]).toEqual([false, true]);
});

describe('setting a PIN', () => {
  async function fill(pin: string, repeat: string, password: string) {
    const user = userEvent.setup();
    const close = vi.fn();
    render(PinDialog, { onclose: close });
    await user.type(await screen.findByLabelText('PIN'), pin);
    await user.type(screen.getByLabelText('PIN again'), repeat);
    await user.type(screen.getByLabelText('Your password'), password);
    await user.click(screen.getByRole('button', { name: /Set PIN/ }));
    return close;
  }

  test('two that differ are not sent', async () => {
    await fill('4827', '4828', 'secret');
    expect(screen.getByText('The two are not the same.')).toBeTruthy();
    expect(bridge.sent).toEqual([]);
  });

  test('a wrong password is said at its field, and the PIN stays typed', async () => {
    bridge.answers['session.set_pin'] = refuse('bad_credentials', { tries_left: 2 });
    const close = await fill('4827', '4827', 'wrong');
    expect(await screen.findByText('That is not your password. 2 tries are left before a wait.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('PIN').value).toBe('4827');
    expect(screen.getByLabelText<HTMLInputElement>('Your password').value).toBe('');
    expect(close).not.toHaveBeenCalled();
  });

  test('it counts at once', async () => {
    bridge.answers['session.set_pin'] = () => ({ ...whoami('artist', 'artist-mara'), has_pin: true });
    const close = await fill('4827', '4827', 'secret');
    await vi.waitFor(() => expect(close).toHaveBeenCalled());
    expect(session.who?.has_pin).toBe(true);
    expect(bridge.last('session.set_pin')).toEqual({ password: 'secret', pin: '4827' });
  });
});

test('what was set for oneself says until when and why (D03, D12)', () => {
  if (session.who)
    session.who = {
      ...session.who,
      switches: [
        { name: 'reception_board', on: true, until: Date.UTC(2026, 11, 4, 6), reason: 'covers for Lena' },
        { name: 'view_shop_clients', on: false, until: null, reason: null },
      ],
    };
  render(MyRights, { member: person('Mara Quill', 'artist') });
  expect(screen.getByText('Checks everybody in')).toBeTruthy();
  expect(screen.getByText(/until Thu 3 Dec/).textContent).toContain('“covers for Lena”');
  expect(screen.getByText(/until it is changed/)).toBeTruthy();
});
