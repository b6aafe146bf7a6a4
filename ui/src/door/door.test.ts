// The way to Rust and what the page makes of its answers, with the bridge faked.

import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import Button from '../parts/Button.svelte';
import ElevationDialog from '../shell/ElevationDialog.svelte';
import { ask } from './ask';
import { elevation, unlocked } from './elevation.svelte';
import { Failure } from './failure';
import { session } from './session.svelte';

type Answer = (args: Record<string, unknown>) => unknown;
let answers: Record<string, Answer>;
const sent: { command: string; key: string | null; args: Record<string, unknown> }[] = [];

vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (_: string, call: (typeof sent)[number]) => {
    sent.push(call);
    const answer = answers[call.command];
    if (!answer) throw new Error(`nobody answers ${call.command}`);
    return answer(call.args);
  },
}));

function who(policies: Record<string, string>, role = 'assistant', artist: string | null = null, until?: number) {
  return {
    member: { id: 'm1', name: 'Lena', username: 'lena', artist_id: artist },
    role,
    actions: policies,
    elevation: until ? { expires_at: until, by: 'code' } : null,
    must_change_password: false,
    now: Date.now(),
  } as unknown as NonNullable<typeof session.who>;
}

function refuse(code: string, params: Record<string, unknown> = {}): Answer {
  return () => {
    throw { code, params, correlation: 'c-1' };
  };
}

const label = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

beforeEach(() => {
  answers = {};
  sent.length = 0;
  session.who = null;
});

describe('ask', () => {
  test('sends the command, its arguments and the key of the intent', async () => {
    answers['studio.services'] = () => [];
    await ask('studio.services', {}, { key: 'k-1' });
    expect(sent).toEqual([{ command: 'studio.services', key: 'k-1', args: {} }]);
  });

  test('an answer to whoever left the desk does not sign the next person out', async () => {
    let answer: (cause: unknown) => void = () => undefined;
    answers['studio.services'] = () => new Promise((_, reject) => (answer = reject));
    session.who = who({});
    const asked = ask('studio.services', {}).catch((cause: unknown) => cause);
    session.forget();
    session.who = who({}, 'artist');
    answer({ code: 'no_session', params: {}, correlation: 'c-1' });
    expect(await asked).toMatchObject({ code: 'no_session', late: true });
    expect(session.who.role).toBe('artist');
    // The next one's own is heard.
    answers['studio.services'] = refuse('no_session');
    await expect(ask('studio.services', {})).rejects.toMatchObject({ late: false });
    expect(session.who).toBeNull();
  });

  test('turns a refusal into a failure with its parameters', async () => {
    answers['studio.services'] = refuse('throttled', { wait_ms: 3000 });
    const failure = await ask('studio.services', {}).catch(Failure.from);
    expect(failure).toMatchObject({ code: 'throttled', correlation: 'c-1' });
    expect((failure as Failure).number('wait_ms')).toBe(3000);
  });

  test('a code it has never heard of is an internal one', () => {
    expect(Failure.from({ code: 'weird' }).code).toBe('internal');
    expect(Failure.from('plain text').code).toBe('internal');
  });

  test('a lost session brings back the tiles', async () => {
    session.who = who({});
    answers['studio.services'] = refuse('no_session');
    await ask('studio.services', {}).catch(() => undefined);
    expect(session.who).toBeNull();
    expect(session.lastUsername).toBe('lena');
  });
});

describe('rights', () => {
  test('what Rust does not name is denied', () => {
    session.who = who({ 'agenda.view': 'allow' });
    expect(session.can('agenda.view')).toBe(true);
    expect(session.can('security.settings')).toBe(false);
  });

  test('own means the records of the linked artist, and none without a link', () => {
    session.who = who({ 'agenda.edit': 'own' }, 'artist', 'a1');
    expect(session.canFor('agenda.edit', 'a1')).toBe(true);
    expect(session.canFor('agenda.edit', 'a2')).toBe(false);
    session.who = who({ 'agenda.edit': 'own' }, 'artist');
    expect(session.canFor('agenda.edit', null)).toBe(false);
  });

  test('a denied button is absent, a locked one says what it needs', () => {
    session.who = who({ 'reports.refund_void': 'locked' });
    render(Button, { action: 'reports.refund_void', children: label('Refund') });
    render(Button, { action: 'security.settings', children: label('Settings') });
    const button = screen.getByRole('button', { name: 'Refund' });
    const described = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe('needs the master code');
    expect(screen.queryByRole('button', { name: 'Settings' })).toBeNull();
  });
});

describe('locked work', () => {
  test('waits for the code, survives a wrong one, and then goes on', async () => {
    session.who = who({ 'reports.refund_void': 'locked' });
    const work = vi.fn(async () => 'refunded');
    answers['session.elevate'] = (args) =>
      args.code === 'K7M4Q2PXD9'
        ? who({ 'reports.refund_void': 'locked' }, 'assistant', null, Date.now() + 300_000)
        : refuse('bad_code', { tries_left: 2 })(args);
    render(ElevationDialog);
    const done = unlocked('reports.refund_void', 'Refund $ 500.00, Joana Melo', work);

    const user = userEvent.setup();
    const field = await screen.findByLabelText('Master code', { selector: 'input[type=password]' });
    expect(screen.getByText('Refund $ 500.00, Joana Melo')).toBeTruthy();
    await user.type(field, 'wrong{Enter}');
    await screen.findByText('That code is not right. 2 tries left.');
    expect(work).not.toHaveBeenCalled();

    await user.type(field, 'K7M4Q2PXD9{Enter}');
    expect(await done).toBe('refunded');
    expect(elevation.active).toBe(true);
    expect(sent.filter((call) => call.command === 'session.elevate').at(-1)?.args).toMatchObject({
      action: 'reports.refund_void',
    });
  });

  test('is left undone when the dialog is left', async () => {
    session.who = who({ 'reports.refund_void': 'locked' });
    const work = vi.fn(async () => 'refunded');
    const done = unlocked('reports.refund_void', 'Refund', work);
    elevation.request?.reply(false);
    expect(await done).toBeUndefined();
    expect(work).not.toHaveBeenCalled();
  });

  test('asks again when the window closed on the way', async () => {
    session.who = who({ 'reports.refund_void': 'locked' }, 'assistant', null, Date.now() + 300_000);
    let tries = 0;
    const done = unlocked('reports.refund_void', 'Refund', async () => {
      if (tries++ === 0) throw new Failure('elevation_required');
      return 'refunded';
    });
    await vi.waitFor(() => expect(elevation.request).not.toBeNull());
    elevation.request?.reply(true);
    expect(await done).toBe('refunded');
  });

  test('an ordinary refusal is not swallowed', async () => {
    session.who = who({ 'till.sell': 'allow' });
    await expect(unlocked('till.sell', 'Sale', () => Promise.reject(new Failure('conflict')))).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
