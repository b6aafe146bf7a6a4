import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Action, Policy } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { studio } from '../../door/studio.svelte';
import { bridge, refuse } from '../../test-bridge';
import { at, openStudio, signIn, whoami } from '../../test-desk';
import Gone from './Gone.svelte';
import Leaving from './Leaving.svelte';
import Ownership from './Ownership.svelte';
import Security from './Security.svelte';
import ServiceDialog from './ServiceDialog.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const manager: Partial<Record<Action, Policy>> = {
  'security.settings': 'allow',
  'security.rotate_code': 'allow',
  'staff.view': 'allow',
};
const owner: Partial<Record<Action, Policy>> = { ...manager, 'studio.transfer': 'allow', 'studio.delete': 'allow' };
const code = {
  changed_at: Date.now() - 29 * 86_400_000,
  changed_by: 'Iris Falken',
  due_at: Date.now() + 61 * 86_400_000,
  overdue: false,
  because: null,
  assistants: ['Lena Sorel'],
};

beforeEach(() => {
  openStudio();
  studio.deleted = null;
  bridge.sent.length = 0;
  bridge.answers = {
    'security.code_state': () => code,
    'security.history': () => [{ id: 'c1', name: 'idle_minutes', value: 10, changed_at: at(12), by: 'Noor Hadley' }],
    'desk.status': () => studio.status,
    'session.whoami': () => whoami('owner', null, owner),
  };
});

describe('security', () => {
  test('a reason is demanded and the desk locks after each sale once they are ticked', async () => {
    signIn('admin', null, manager);
    bridge.answers['security.settings'] = () => studio.settings;
    const user = userEvent.setup();
    render(Security);
    await user.click(await screen.findByLabelText(/Ask for a reason each time/));
    await user.click(screen.getByLabelText(/Lock the desk after each sale/));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() =>
      expect(bridge.last('security.settings')).toMatchObject({ elevation_reason: true, lock_after_sale: true }),
    );
  });

  test('a setting is put back to what it was', async () => {
    signIn('admin', null, manager);
    bridge.answers['security.restore_setting'] = () => studio.settings;
    const user = userEvent.setup();
    render(Security);
    await screen.findByText('Was: 10 min');
    await user.click(screen.getByRole('button', { name: 'Put back: Idle lock, 10 min' }));
    await vi.waitFor(() => expect(bridge.last('security.restore_setting')).toEqual({ id: 'c1' }));
  });

  test('a suspicion needs a word about what happened', async () => {
    signIn('admin', null, manager);
    bridge.answers['security.report_suspicion'] = () => ({ ...code, because: 'suspicion' });
    const user = userEvent.setup();
    render(Security);
    await user.click(await screen.findByRole('button', { name: 'It may be known…' }));
    await user.click(await screen.findByRole('button', { name: /Report it/ }));
    await screen.findByText('Say in a few words what happened.');
    expect(bridge.last('security.report_suspicion')).toBeUndefined();
    await user.type(screen.getByLabelText('What happened'), 'read out aloud{Enter}');
    await vi.waitFor(() => expect(bridge.last('security.report_suspicion')).toEqual({ reason: 'read out aloud' }));
  });

  test('the recovery code is the owner’s alone, and shown once', async () => {
    signIn('admin', null, manager);
    const { unmount } = render(Security);
    await screen.findByText('Was: 10 min');
    expect(screen.queryByRole('button', { name: 'Make a new one…' })).toBeNull();
    unmount();

    signIn('owner', null, owner);
    bridge.answers['session.renew_recovery'] = () => ({ recovery_code: 'AAAAA-BBBBB-CCCCC-DDDDD' });
    const user = userEvent.setup();
    render(Security);
    await user.click(await screen.findByRole('button', { name: 'Make a new one…' }));
    await user.type(await screen.findByLabelText('Your password'), 'Secret-1{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Your new recovery code' });
    expect(within(dialog).getByText('AAAAA-BBBBB-CCCCC-DDDDD')).toBeTruthy();
    const done = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Done' });
    expect(done.disabled).toBe(true);
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog', { name: 'Your new recovery code' })).toBeTruthy();
    await user.click(within(dialog).getByRole('checkbox'));
    await user.click(done);
    await vi.waitFor(() => expect(screen.queryByText('AAAAA-BBBBB-CCCCC-DDDDD')).toBeNull());
  });
});

describe('what only the owner sees (S016)', () => {
  test('a manager is not even shown it', () => {
    signIn('admin', null, manager);
    render(Ownership);
    expect(screen.queryByText('Hand the studio over')).toBeNull();
    expect(screen.queryByText('Delete the studio')).toBeNull();
  });

  test('handing over says what it means and needs password and name', async () => {
    signIn('owner', null, owner);
    bridge.answers['staff.list'] = () => [
      { id: 'm2', name: 'Noor Hadley', role: 'admin', active: true, must_change: false },
      { id: 'm3', name: 'Gone Girl', role: 'artist', active: false, must_change: false },
    ];
    bridge.answers['studio.transfer'] = () => ({});
    const user = userEvent.setup();
    render(Ownership);
    await user.click(screen.getByRole('button', { name: 'Hand over…' }));
    const dialog = await screen.findByRole('dialog');
    const send = within(dialog).getByRole('button', { name: 'Hand the studio over' });
    await user.click(send);
    await within(dialog).findByText('Pick who takes the studio over.');
    expect(bridge.last('studio.transfer')).toBeUndefined();
    await user.type(within(dialog).getByLabelText('To whom'), 'Noor');
    await user.click(await screen.findByText('Manager'));
    await within(dialog).findByText(/Noor Hadley can do everything/);
    await user.type(within(dialog).getByLabelText('Your password'), 'Secret-1');
    await user.type(within(dialog).getByLabelText(/Type the studio’s name/), 'casa tinta');
    await user.click(send);
    await vi.waitFor(() =>
      expect(bridge.last('studio.transfer')).toEqual({
        member_id: 'm2',
        password: 'Secret-1',
        studio_name: 'casa tinta',
      }),
    );
  });

  test('a wrong password leaves the name typed and says how many tries are left', async () => {
    signIn('owner', null, owner);
    bridge.answers['studio.delete'] = refuse('bad_credentials', { tries_left: 2 });
    const user = userEvent.setup();
    render(Ownership);
    await user.click(screen.getByRole('button', { name: 'Delete…' }));
    await user.type(await screen.findByLabelText('Your password'), 'wrong');
    await user.type(screen.getByLabelText(/Type the studio’s name/), 'Casa Tinta{Enter}');
    await screen.findByText(/2 tries left before a wait/);
    expect(screen.getByLabelText<HTMLInputElement>('Your password').value).toBe('');
    expect(screen.getByLabelText<HTMLInputElement>(/Type the studio’s name/).value).toBe('Casa Tinta');
    expect(session.who).not.toBeNull();
  });

  test('a deleted studio signs everybody out and shows both paths until they are noted', async () => {
    signIn('owner', null, owner);
    bridge.answers['studio.delete'] = () => ({
      backup: '/data/backups/casa.inkpoint',
      trash: '/data/trash/casa.inkpoint',
    });
    const user = userEvent.setup();
    render(Ownership);
    render(Gone);
    await user.click(screen.getByRole('button', { name: 'Delete…' }));
    await user.type(await screen.findByLabelText('Your password'), 'Secret-1');
    await user.type(screen.getByLabelText(/Type the studio’s name/), 'Casa Tinta{Enter}');
    await screen.findByText('/data/backups/casa.inkpoint');
    expect(screen.getByText('/data/trash/casa.inkpoint')).toBeTruthy();
    expect(session.who).toBeNull();
    // The dialog before it takes no clicks until it is gone.
    await vi.waitFor(() => user.click(screen.getByRole('button', { name: 'I have noted it' })), 10_000);
    await vi.waitFor(() => expect(screen.queryByText('/data/trash/casa.inkpoint')).toBeNull());
  });
});

test('a service says from which age, and below which age a guardian signs', async () => {
  const user = userEvent.setup();
  const saved = vi.fn();
  bridge.answers['studio.set_service'] = () => ({});
  const service = {
    id: 's1',
    name: 'Piercing',
    kind: 'piercing' as const,
    minutes: 30,
    price: 40_000,
    setup_minutes: 0,
    cleanup_minutes: 0,
    guardian_below: 16,
    minimum_age: 14,
    active: true,
  };
  render(ServiceDialog, { service: service as never, onsaved: saved, onclose: vi.fn() });
  const guardian = await screen.findByLabelText('A guardian signs below');
  await user.clear(guardian);
  await user.type(guardian, 'x');
  await user.click(screen.getByRole('button', { name: /^Save/ }));
  await screen.findByText('Write 0 to 99.');
  expect(bridge.last('studio.set_service')).toBeUndefined();
  await user.clear(guardian);
  await user.type(guardian, '18');
  await user.click(screen.getByRole('button', { name: /^Save/ }));
  await vi.waitFor(() => expect(saved).toHaveBeenCalled());
  expect(bridge.last('studio.set_service')).toMatchObject({ guardian_below: 18, minimum_age: 14, price: 40_000 });
});

describe('taking everything along', () => {
  test('is for whoever may back up, and says where it went', async () => {
    signIn('assistant', null, {});
    const { unmount } = render(Leaving);
    expect(screen.queryByRole('button')).toBeNull();
    unmount();
    signIn('admin', null, { 'security.backup': 'allow' });
    const user = userEvent.setup();
    render(Leaving);
    await user.click(screen.getByRole('button', { name: 'Write everything…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Write everything' }));
    expect(dialog.getByText('Type your own password.')).toBeTruthy();
    expect(bridge.last('studio.export')).toBeUndefined();
    bridge.answers['studio.export'] = () => ({
      folder: '/home/noor/casa-2026-11-20',
      tables: 60,
      rows: 1234,
      pictures: 5,
      pictures_lost: 1,
      unread: [],
      as_of: 1_795_170_000_000,
      papers: 7,
      files: 130,
      bytes: 99,
    });
    await user.type(dialog.getByLabelText('Your password'), 'Stencil-Demo-1');
    await user.click(dialog.getByRole('button', { name: 'Write everything' }));
    expect(await screen.findByText('/home/noor/casa-2026-11-20')).toBeTruthy();
    expect(screen.getByText(/One picture is damaged or gone/)).toBeTruthy();
    expect(screen.getByText('The newest backup is written')).toBeTruthy();
    expect(screen.getByText(/what was done since is not in it/)).toBeTruthy();
    expect(bridge.last('studio.export')).toEqual({ password: 'Stencil-Demo-1', folder: null });
  });
});
