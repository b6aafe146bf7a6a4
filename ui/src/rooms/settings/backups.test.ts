import { cleanup, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BackupLine, BackupsState, RestorePreview } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { studio } from '../../door/studio.svelte';
import HaltBanner from '../../shell/HaltBanner.svelte';
import { reminders } from '../../shell/reminders';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn, whoami } from '../../test-desk';
import Backups from './Backups.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const made = Date.now() - 20 * 60_000;
const backup: BackupLine = {
  name: 'casa-2026-11-20-09-00-00',
  at: made,
  why: 'close',
  bytes: 1_200_000,
  recomputed: true,
  sales: 12,
  total: 120_000,
  appointments: 30,
  clients: 25,
  pictures: 3,
  pictures_lost: 0,
  figures_wrong: false,
  here: true,
  second: false,
};
const known: BackupsState = {
  folder: '/studio/casa.inkpoint.backups',
  last_at: made,
  next_at: Date.now() + 5 * 60_000,
  late: false,
  failed: null,
  busy: false,
  second: { folder: '/media/drive', failed: 'not_found', late: true, last_at: made },
  bytes: 3_400_000,
  tested_at: null,
  tested_well: false,
  test_due: true,
  lost: [],
  figures_wrong: false,
  backups: [backup],
};
const preview: RestorePreview = {
  backup,
  entries: 40,
  done: [{ command: 'inventory.stock_in', times: 3 }],
  sales: 3,
  total: 45_000,
  appointments: 1,
  clients: 0,
  pictures: 0,
  erased: 1,
  rights_kept: 2,
  codes_kept: true,
  descends: true,
  uncounted: false,
};

beforeEach(() => {
  openStudio();
  signIn('owner', null, { 'security.backup': 'allow', 'security.settings': 'allow' });
  studio.restored = null;
  bridge.sent.length = 0;
  bridge.answers = {
    'backups.state': () => known,
    'backups.preview': () => preview,
    'desk.status': () => studio.status,
    'session.whoami': () => whoami('owner', null, {}),
  };
});

test('the page says where backups are, and that the drive is missing', async () => {
  render(Backups);
  await screen.findByText('/studio/casa.inkpoint.backups');
  expect(screen.getByText(/3\.4 MB, pictures and signatures included/)).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('The folder cannot be found');
  expect(screen.getByText(/Test a backup once a month/)).toBeTruthy();
});

test('going back names what is gone, asks for the password, and signs out', async () => {
  bridge.answers['backups.restore'] = (args) =>
    (args as { password: string }).password.endsWith('right')
      ? { at: made, safety: 'casa-2026-11-20-09-30-00', aside: null, pictures_lost: 0, stranded: 0 }
      : refuse('bad_credentials', { tries_left: 4 })(args);
  const user = userEvent.setup();
  render(Backups);
  await user.click(await screen.findByRole('button', { name: /^Restore the backup of/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/3 receipts, .*450.* together/);
  expect(dialog.getByText('1 booking')).toBeTruthy();
  expect(dialog.getByText('Booked a delivery, 3 times')).toBeTruthy();
  expect(dialog.getByText(/1 person who was erased since then is erased again/)).toBeTruthy();
  expect(dialog.getByText(/2 people keep the role, rights and password of today/)).toBeTruthy();
  expect(dialog.getByText('The codes stay those of today.')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Restore this backup' }));
  await dialog.findByText('Type your password to go on.');
  expect(bridge.last('backups.restore')).toBeUndefined();
  await user.type(dialog.getByLabelText('Your password'), 'wrong{Enter}');
  // One sentence, about what was asked: no name, and no password that is missing.
  await dialog.findByText('That is not your password. 4 tries are left before a wait.');
  expect(dialog.queryByRole('alert')).toBeNull();
  expect(dialog.queryByText('Type your password to go on.')).toBeNull();
  expect(document.activeElement).toBe(dialog.getByLabelText('Your password'));
  expect(session.who).not.toBeNull();
  await user.type(dialog.getByLabelText('Your password'), 'right{Enter}');
  await vi.waitFor(() => expect(session.who).toBeNull());
  expect(studio.restored).toMatchObject({ at: made, aside: null });
});

test('a restore that is under way is not cancelled by looking away, and what comes back is no loss', async () => {
  bridge.answers['backups.preview'] = () => ({
    ...preview,
    entries: -2,
    sales: -1,
    total: -500,
    appointments: 0,
    done: [],
  });
  let finish = (_: unknown) => {};
  bridge.answers['backups.restore'] = () => new Promise((done) => (finish = done));
  const user = userEvent.setup();
  render(Backups);
  await user.click(await screen.findByRole('button', { name: /^Restore the backup of/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('Not here now, and back afterwards:');
  expect(dialog.getByText('2 entries of the log in all')).toBeTruthy();
  expect(dialog.queryByText(/-\d/)).toBeNull();
  await user.type(dialog.getByLabelText('Your password'), 'right{Enter}');
  await dialog.findByText(/putting it in place/);
  expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Cancel' }).disabled).toBe(true);
  await user.keyboard('{Escape}');
  await user.click(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.getByRole('dialog')).toBeTruthy();
  finish({ at: made, safety: null, aside: null, pictures_lost: 0, stranded: 2 });
  await vi.waitFor(() => expect(studio.restored).toMatchObject({ stranded: 2 }));
});

test('p11 a picture that is nowhere is named, and everything else is said to be backed up', async () => {
  const lost = { id: 'p1', hash: 'ab', of: 'Joana Melo', title: 'Swallow', at: made };
  bridge.answers['backups.state'] = () => ({ ...known, lost: [lost], backups: [{ ...backup, pictures_lost: 1 }] });
  render(Backups);
  await screen.findByText(/1 picture is lost.*everything else/);
  expect(screen.getByText(/Joana Melo, Swallow/)).toBeTruthy();
  expect(screen.getByText('1 picture was lost')).toBeTruthy();
});

test('f09 where the file cannot tell what is gone, nobody is told that nothing is', async () => {
  bridge.answers['backups.preview'] = () => ({
    ...preview,
    entries: 0,
    done: [],
    sales: 0,
    appointments: 0,
    erased: 0,
    rights_kept: 0,
    codes_kept: false,
    descends: false,
    uncounted: true,
  });
  const user = userEvent.setup();
  render(Backups);
  await user.click(await screen.findByRole('button', { name: /^Restore the backup of/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/nobody can count what was done since/);
  expect(dialog.queryByText(/Nothing was done since/)).toBeNull();
  expect(dialog.queryByText(/does not go on from this backup/)).toBeNull();
});

test('p07 a check that finds damage brings the bar that says so', async () => {
  bridge.answers['backups.check'] = () => ({
    at: Date.now(),
    holds: false,
    damaged: ['money'],
    safe: [],
    suggest: backup,
    entries: 40,
    sealed_rows: 80,
    problems: ['ledger: an entry does not balance: 1'],
  });
  const user = userEvent.setup();
  render(Backups);
  await screen.findByText('/studio/casa.inkpoint.backups');
  const asked = () => bridge.sent.filter(({ command }) => command === 'desk.status').length;
  const before = asked();
  await user.click(screen.getByRole('button', { name: 'Check now' }));
  await vi.waitFor(() => expect(asked()).toBe(before + 1));
});

test('wrong sums are told where backups are, and made anew by button', async () => {
  const wrong = { ...known, figures_wrong: true, backups: [{ ...backup, figures_wrong: true }] };
  bridge.answers['backups.state'] = () => wrong;
  bridge.answers['backups.mend_figures'] = () => known;
  const user = userEvent.setup();
  render(Backups);
  await screen.findByText(/are not what the sales come to/);
  expect(screen.getByText(/sums of the reports or the search were wrong/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Make them anew' }));
  await vi.waitFor(() => expect(screen.queryByText(/are not what the sales come to/)).toBeNull());
  expect(screen.queryByRole('button', { name: 'Make them anew' })).toBeNull();
});

test('a check that finds only wrong sums offers to make them anew; with damage it does not', async () => {
  let damaged: ('figures' | 'pictures' | 'money')[] = ['pictures', 'figures'];
  bridge.answers['backups.mend_figures'] = () => known;
  bridge.answers['backups.check'] = () => ({
    at: Date.now(),
    holds: false,
    damaged,
    safe: [],
    suggest: backup,
    entries: 40,
    sealed_rows: 80,
    problems: ['days: x'],
  });
  const user = userEvent.setup();
  render(Backups);
  await screen.findByText('/studio/casa.inkpoint.backups');
  await user.click(screen.getByRole('button', { name: 'Check now' }));
  await user.click(await screen.findByRole('button', { name: 'Make them anew' }));
  await vi.waitFor(() => expect(screen.queryByText('Something does not hold.')).toBeNull());
  damaged = ['money', 'figures'];
  await user.click(screen.getByRole('button', { name: 'Check now' }));
  await screen.findByText('Something does not hold.');
  expect(screen.queryByRole('button', { name: 'Make them anew' })).toBeNull();
});

test('a backup that does not hold is told as one, with what is damaged in it', async () => {
  bridge.answers['backups.test'] = () => ({
    at: Date.now(),
    holds: false,
    entries: 0,
    sales: 0,
    clients: 0,
    pictures: 0,
    damaged: ['pictures'],
    state: known,
  });
  const user = userEvent.setup();
  render(Backups);
  await user.click(await screen.findByRole('button', { name: /^Test the backup of/ }));
  await screen.findByText(/This backup does not hold/);
  expect(screen.getByText('Damaged: pictures')).toBeTruthy();
});

test('the bell tells of late backups only to whoever looks after them', () => {
  const late = { at: made, late: true, second_late: true, test_due: true };
  const told = reminders(session.who, late).map(({ act }) => act);
  expect(told.filter((act) => act === 'backups')).toHaveLength(1);
  expect(told).toContain('test');
  expect(reminders(session.who, null).some(({ act }) => act === 'backups')).toBe(false);
});

test('while the file takes no change the page offers to test and restore, and nothing that would be refused', async () => {
  if (studio.status?.studio) {
    const card = { ...studio.status.studio, halted: { why: 'gone' as const, as_of: made } };
    studio.status = { ...studio.status, studio: card };
  }
  bridge.answers['desk.status'] = () => studio.status;
  render(Backups);
  await screen.findByText(/Nothing is backed up until/);
  for (const name of ['Back up now', 'Use this folder', 'Stop using it'])
    expect(screen.queryByRole('button', { name })).toBeNull();
  expect(screen.queryByText(/if anything has changed/)).toBeNull();
  await userEvent.setup().click(screen.getByRole('button', { name: /^Restore the backup of/ }));
  await screen.findByLabelText('Your password');
  expect(screen.queryByText(/Nothing can be saved now/)).toBeNull();
});

test.each([
  ['damaged', 'No backup on this computer', /copy everything in its folder/],
  ['backup', 'Backup that is open', /restore this backup there/],
] as const)(
  'with no backup and a file that is %s the page says what helps, and promises none',
  async (why, title, way) => {
    if (studio.status?.studio) {
      const card = { ...studio.status.studio, halted: { why, as_of: why === 'backup' ? made : null } };
      studio.status = { ...studio.status, studio: card };
    }
    bridge.answers['desk.status'] = () => studio.status;
    bridge.answers['backups.state'] = () => ({ ...known, second: null, last_at: null, bytes: 0, backups: [] });
    render(Backups);
    expect((await screen.findAllByText(title)).length).toBeGreaterThan(0);
    expect(screen.getByText(way)).toBeTruthy();
    expect(screen.queryByText(/in the list below/)).toBeNull();
    expect(screen.queryByText(/first change/)).toBeNull();
  },
);

test('a bar says why nothing can be changed and where to go', () => {
  if (studio.status?.studio) {
    const card = { ...studio.status.studio, halted: { why: 'damaged' as const, as_of: null } };
    card.backup = { ...card.backup, at: made };
    studio.status = { ...studio.status, studio: card };
  }
  render(HaltBanner);
  expect(screen.getByRole('alert').textContent).toMatch(/damaged.*The last backup is of/s);
  cleanup();
  if (studio.status?.studio) {
    const card = { ...studio.status.studio, halted: { why: 'gone' as const, as_of: made } };
    studio.status = { ...studio.status, studio: card };
  }
  render(HaltBanner);
  expect(screen.getByRole('alert').textContent).toMatch(/not where it was.*You see the backup of/s);
  expect(screen.getByRole('link', { name: 'Backups' }).getAttribute('href')).toContain('settings');
});
