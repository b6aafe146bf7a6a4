// A permission for pictures that ends: with a reason or without, and not before it is said twice.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { SignedConsent } from '../../../bindings';
import { studio } from '../../door/studio.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import TakeBackDialog from './TakeBackDialog.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const consent = { id: 'paper-1', client_name: 'Joana Melo' } as SignedConsent;

beforeEach(() => {
  openStudio();
  signIn('assistant');
  bridge.sent.length = 0;
  bridge.answers = { 'consent.withdraw': () => ({}) };
});

function open() {
  const ondone = vi.fn();
  const onclose = vi.fn();
  render(TakeBackDialog, { consent, ondone, onclose });
  return { ondone, onclose, user: userEvent.setup() };
}

test('no reason has to be given, and an empty one is none', async () => {
  const { ondone, user } = open();
  await user.type(await screen.findByRole('textbox'), '   ');
  expect(bridge.sent).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: /^Take it back/ }));
  await waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  expect(bridge.last('consent.withdraw')).toEqual({ consent_id: 'paper-1', reason: null });
});

test('a reason goes along; what Rust refuses is said in the dialog, which stays', async () => {
  bridge.answers['consent.withdraw'] = refuse('internal');
  const { ondone, onclose, user } = open();
  await user.type(await screen.findByRole('textbox'), 'Moved abroad{Enter}');
  await screen.findByRole('alert');
  expect(ondone).not.toHaveBeenCalled();
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'Moved abroad');
  bridge.answers['consent.withdraw'] = () => ({});
  await user.click(screen.getByRole('button', { name: /^Take it back/ }));
  await waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  expect(bridge.last('consent.withdraw')).toEqual({ consent_id: 'paper-1', reason: 'Moved abroad' });
  expect(onclose).not.toHaveBeenCalled();
});

test('while the studio’s file takes no change, that is said before anybody writes a reason', async () => {
  if (studio.status?.studio)
    studio.status = {
      ...studio.status,
      studio: { ...studio.status.studio, halted: { why: 'read_only', as_of: null } },
    };
  open();
  await screen.findByText('Nothing can be saved now: the studio’s file takes no change.');
});

test('leaving it takes nothing back', async () => {
  const { onclose, user } = open();
  await screen.findByRole('textbox');
  // The dialog listens from its second frame on.
  await waitFor(async () => {
    await user.keyboard('{Escape}');
    expect(onclose).toHaveBeenCalled();
  });
  expect(bridge.sent).toHaveLength(0);
});
