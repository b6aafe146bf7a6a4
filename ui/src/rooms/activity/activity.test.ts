import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Review as MonthReview } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { router } from '../../shell/router.svelte';
import { isPage } from '../../shell/pages';
import { bridge } from '../../test-bridge';
import { at, day, openStudio, signIn, whoami } from '../../test-desk';
import Log from './Log.svelte';
import Review from './Review.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const chain = { entries: 3735, head: 'ab12', at: at(12), anchor: 'holds' };
const entry = (seq: number) => ({
  seq,
  at: at(12) - seq,
  member_id: 'm1',
  member: 'Noor Hadley',
  role: 'admin',
  command: 'staff.change_role',
  kind: 'people',
  outcome: 'done',
  elevated_by: null,
  details: { old_role: 'artist', new_role: 'assistant' },
  names: { member: 'Mara Quill' },
  reason: `reason ${seq}`,
  count: 1,
  hash: 'cd34',
});

beforeEach(() => {
  openStudio();
  signIn('owner', null, { 'security.audit': 'allow', 'staff.view': 'allow' });
  bridge.sent.length = 0;
  bridge.answers = {
    'staff.list': () => [],
    'activity.chain': () => chain,
    'activity.list': ({ before }: { before: number | null }) => {
      const from = before ?? 451;
      return Array.from({ length: Math.min(200, from - 1) }, (_, index) => entry(from - 1 - index));
    },
  };
});

describe('the log', () => {
  test('asks for what the filter says', async () => {
    const user = userEvent.setup();
    render(Log);
    await screen.findByRole('table');
    expect(bridge.sent.find((call) => call.command === 'activity.list')?.args).toMatchObject({
      refusals: false,
      elevated: false,
      role_changes: false,
      kind: null,
      from: null,
      to: null,
    });
    await user.click(screen.getByText('Role changes'));
    await vi.waitFor(() => expect(bridge.last('activity.list')).toMatchObject({ role_changes: true }));
    await user.click(screen.getByRole('combobox', { name: 'When' }));
    await user.click(await screen.findByRole('option', { name: '7 days' }));
    await vi.waitFor(() => {
      const { from, to } = bridge.last('activity.list') ?? {};
      expect(Number(to) - Number(from)).toBe(7 * 24 * 3_600_000);
    });
  });

  test('draws a screenful of many rows, says how many there are once it knows, and walks by keys', async () => {
    const user = userEvent.setup();
    render(Log);
    const table = await screen.findByRole('table');
    expect(within(table).getAllByRole('row').length).toBeLessThan(90);
    expect(table.getAttribute('aria-rowcount')).toBe('-1');
    const first = within(table).getAllByRole('row')[1];
    first?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('4');
    expect(await screen.findByText('Entry 448')).toBeTruthy();
    await user.keyboard('{ArrowUp}');
    expect(await screen.findByText('Entry 449')).toBeTruthy();
    expect(screen.getByText('reason 449')).toBeTruthy();
  });

  test('leaves as a file, and says where it lies', async () => {
    bridge.answers['activity.export'] = () => ({ name: 'activity.csv', text: 'a,b', rows: 1204 });
    bridge.answers.save = () => '/home/iris/Downloads/activity.csv';
    const user = userEvent.setup();
    render(Log);
    await user.click(await screen.findByRole('button', { name: 'Export…' }));
    await vi.waitFor(() => expect(bridge.last('save')).toEqual({ name: 'activity.csv', content: { text: 'a,b' } }));
    expect(bridge.last('activity.export')).not.toHaveProperty('before');
  });

  test('tells whether it is whole, and what to do when it is not', async () => {
    bridge.answers['activity.verify'] = () => ({
      entries: 3735,
      sealed_rows: 900,
      holds: false,
      problems: ['row 12 of sales is not as it was sealed'],
      anchor: 'holds',
    });
    const user = userEvent.setup();
    render(Log);
    await screen.findByText(/3,735 entries, each sealed by the next/);
    await user.click(screen.getByRole('button', { name: 'Check the whole file' }));
    await screen.findByText(/One thing in the file is not as it was sealed. Stop taking money/);
    expect(screen.getByText('row 12 of sales is not as it was sealed')).toBeTruthy();
  });
});

describe('the monthly review', () => {
  const review: MonthReview = {
    month: '2026-10',
    from: at(0),
    to: at(24),
    signed_at: null,
    signed_by: null,
    note: null,
    accounts: {
      active: { owner: 1, admin: 0, assistant: 2, artist: 5, apprentice: 1 },
      created: [],
      archived: [],
      unsettled: [],
      never_signed_in: [{ name: 'Sanne Wilder', role: 'apprentice', at: null }],
      idle: [],
    },
    role_changes: [
      {
        at: at(12),
        member: 'Mara Quill',
        by: 'Noor Hadley',
        old_role: 'artist',
        new_role: 'assistant',
        until: null,
        reason: null,
      },
    ],
    switches: [],
    refusals: [{ member: 'Mara Quill', code: 'denied', command: 'till.void', count: 3 }],
    failed_sign_ins: [{ member: null, count: 4 }],
    elevated: [{ member: 'Lena Sorel', by: 'code', command: 'till.refund', count: 2 }],
    elevations: 2,
    exports: [],
    days: [{ day, failed_sign_ins: 4, refusals: 3, elevated: 2 }],
    code: {
      changed_at: Date.now() - 100 * 86_400_000,
      changed_by: null,
      due_at: Date.now() - 10 * 86_400_000,
      overdue: true,
      because: 'age',
      assistants: [],
    },
    rotations: 0,
    few_admins: true,
    many_admins: false,
    last_backup_at: null,
    last_drill_at: null,
    chain: chain as MonthReview['chain'],
  };

  beforeEach(() => {
    router.follow(isPage, 'agenda');
    bridge.answers['activity.review'] = () => review;
    const who = whoami('owner', null, { 'security.audit': 'allow' });
    session.who = { ...who, reminders: { ...who.reminders, review_due: '2026-10' } };
  });

  test('opens the month that waits for a name and says what it holds', async () => {
    render(Review, { month: null });
    const page = within(await screen.findByRole('main'));
    await page.findByText('9 active accounts');
    expect(bridge.last('activity.review')).toEqual({ month: '2026-10' });
    expect(page.getByText('Mara Quill: Artist → Reception')).toBeTruthy();
    expect(page.getByText('Sanne Wilder')).toBeTruthy();
    expect(page.getByText('names nobody has')).toBeTruthy();
    expect(page.getByText('Rotate it: it is older than it should be.')).toBeTruthy();
    expect(page.getAllByText('none yet')).toHaveLength(2);
    expect(page.getByRole('meter', { name: 'Master code' }).getAttribute('aria-valuetext')).toBe('100 of 90 days');
    expect(page.getByRole('img', { name: 'Failed sign-ins: 4 in all, most on Fri 20 Nov (4)' })).toBeTruthy();
  });

  test('is signed with a note, and then stands as signed', async () => {
    bridge.answers['activity.sign_review'] = () => ({ month: '2026-10', signed_at: at(13) });
    bridge.answers['session.whoami'] = () => whoami('owner', null, { 'security.audit': 'allow' });
    const user = userEvent.setup();
    render(Review, { month: '2026-10' });
    await user.click(await screen.findByRole('button', { name: 'Sign this review' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText(/Note/), 'asked Mara about the voids');
    bridge.answers['activity.review'] = () => ({ ...review, signed_at: at(13), signed_by: 'Iris Falken' });
    await user.click(within(dialog).getByRole('button', { name: 'Sign this review' }));
    await vi.waitFor(() =>
      expect(bridge.last('activity.sign_review')).toEqual({ month: '2026-10', note: 'asked Mara about the voids' }),
    );
    expect((await screen.findAllByText(/Signed by Iris Falken/)).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Sign this review' })).toBeNull();
  });
});
