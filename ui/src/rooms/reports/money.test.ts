// Paying artists, their statements, and what leaves the house.

import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Owed, SavedReport, Statement, StatementLine, StatementPart } from '../../../bindings';
import { elevation } from '../../door/elevation.svelte';
import { Loading } from '../../parts/loading.svelte';
import { undoLatest } from '../../parts/toasts.svelte';
import { drawer } from '../../shell/drawer-chip.svelte';
import { bridge, refuse } from '../../test-bridge';
import { at, openStudio, signIn } from '../../test-desk';
import ExportDialog from './ExportDialog.svelte';
import PayDialog from './PayDialog.svelte';
import Reports from './Reports.svelte';
import Saved from './Saved.svelte';
import StatementSheet from './StatementSheet.svelte';
import { placeName, placeOf } from './place';
import { daysText } from './shown-days.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const owed: Owed = {
  artist_id: 'artist-mara',
  name: 'Mara Quill',
  active: true,
  commission: 80_000,
  tips: 20_000,
  balance: 100_000,
  last_payout: null,
};
const rates = {
  artist_id: 'artist-mara',
  name: 'Mara Quill',
  active: true,
  member_id: 'm-mara',
  base_bp: 5_000,
  rates: [],
  mentor_id: null,
  mentor_name: null,
  mentor_bp: 0,
};
const part: StatementPart = { count: 0, gross: 0, discount: 0, tax: 0, basis: 0, commission: 0 };

function line(others: Partial<StatementLine>): StatementLine {
  return {
    at: at(12),
    kind: 'sale',
    sale_id: null,
    number: null,
    client_name: null,
    label: null,
    gross: 0,
    discount: 0,
    tax: 0,
    basis: 0,
    bp: null,
    commission: 0,
    tips: 0,
    payout: 0,
    balance: 0,
    ...others,
  };
}

const statement: Statement = {
  artist_id: 'artist-mara',
  artist_name: 'Mara Quill',
  from: '2026-11-01',
  to: '2026-11-30',
  since: null,
  rates,
  opening: 10_000,
  services: { ...part, count: 1, gross: 116_000, tax: 16_000, basis: 100_000, commission: 50_000 },
  items: part,
  deposits: part,
  mentoring: 0,
  taken_back: -5_000,
  tips: 20_000,
  payouts: -30_000,
  closing: 45_000,
  deposits_held: 7_000,
  lines: [
    line({
      sale_id: 's1',
      number: 1182,
      client_name: 'Joana Melo',
      label: 'Flash piece',
      gross: 116_000,
      basis: 100_000,
      bp: 5_000,
      commission: 50_000,
      tips: 20_000,
      balance: 80_000,
    }),
    line({ kind: 'refund', sale_id: 's2', number: 1183, label: 'Flash piece', commission: -5_000, balance: 75_000 }),
    line({ kind: 'payout', number: 12, payout: -30_000, balance: 45_000 }),
  ],
};

beforeEach(() => {
  openStudio();
  signIn('admin', null, {
    'reports.view': 'allow',
    'reports.view_tx': 'allow',
    'reports.export': 'allow',
    'payouts.settle': 'allow',
    'till.open_session': 'allow',
  });
  bridge.sent.length = 0;
  bridge.answers = {
    'till.drawer': () => ({ open: null, last_z: null }),
    'studio.amount': ({ text }: { text: string }) => ({ amount: Number(text) * 100 }),
    'session.keep_draft': () => null,
    'session.drop_draft': () => null,
  };
  drawer.now = null;
});

test('the address says which part, and about whom', () => {
  expect(placeOf(null)).toEqual({ view: 'period', artist: '' });
  expect(placeOf(placeName('statement', 'a1'))).toEqual({ view: 'statement', artist: 'a1' });
  expect(placeOf('nonsense')).toEqual({ view: 'period', artist: '' });
});

test('days are said with their year, and both years where they differ', () => {
  expect(daysText({ from: '2026-11-01', to: '2026-11-30' }, 'month')).toBe('November 2026');
  expect(daysText({ from: '2025-12-29', to: '2026-01-04' })).toMatch(/2025 – .*2026$/);
});

test('what is owed stands ready to be paid, and a shut drawer is said before Rust refuses (T097)', async () => {
  const user = userEvent.setup();
  const done = vi.fn();
  bridge.answers['payouts.settle'] = refuse('conflict', { reason: 'drawer_closed' });
  render(PayDialog, { owed, ondone: done, onclose: vi.fn() });
  expect((await screen.findByLabelText<HTMLInputElement>(/^Amount/)).value).toBe('1,000.00');
  expect(await screen.findByText(/The drawer is closed\. Open it before/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Pay $1,000.00' }));
  expect(await screen.findByText(/Open it first; nothing was recorded/)).toBeTruthy();
  expect(done).not.toHaveBeenCalled();

  const [first] = bridge.sent.filter((call) => call.command === 'payouts.settle');
  bridge.answers['payouts.settle'] = () => ({ number: 12 });
  await user.click(screen.getByRole('radio', { name: /Transfer/ }));
  await user.click(screen.getByRole('button', { name: 'Pay $1,000.00' }));
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  const second = bridge.sent.filter((call) => call.command === 'payouts.settle').at(-1);
  expect(second?.args).toMatchObject({ artist_id: 'artist-mara', amount: 100_000, tender: 'transfer', note: null });
  // What was refused is another intent than what is sent after it.
  expect(second?.key).not.toBe(first?.key);
});

test('no more is paid than is owed', async () => {
  const user = userEvent.setup();
  render(PayDialog, { owed, ondone: vi.fn(), onclose: vi.fn() });
  const amount = await screen.findByLabelText(/^Amount/);
  await user.clear(amount);
  await user.type(amount, '1000.01');
  expect(await screen.findByText(/No more than \$1,000.00 is owed/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: /^Pay/ }));
  expect(bridge.last('payouts.settle')).toBeUndefined();
});

test('a statement begins with what was owed, leads to its receipts and adds up (T128)', () => {
  render(StatementSheet, { statement, links: true });
  const table = within(screen.getByRole('table'));
  const rows = table.getAllByRole('row').map((row) => row.textContent.replace(/\s+/g, ' '));
  expect(rows[1]).toContain('$100.00');
  expect(rows.at(-1)).toMatch(/\$450\.00 ?\$200\.00 ?−\$300\.00 ?\$450\.00/);
  expect(table.getByRole('link', { name: 'Receipt 1182' }).getAttribute('href')).toBe('#/sales/s1');
  // 100 before + 500 − 50 + 200 − 300.
  const sums = [...document.querySelectorAll('.sums section:first-child dd')].map((each) => each.textContent);
  expect(sums).toEqual(['$100.00', '$500.00', '−$50.00', '$200.00', '−$300.00', '$450.00']);
});

test('on paper there is nothing to press', () => {
  render(StatementSheet, { statement });
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByText(/Seen and agreed/)).toBeTruthy();
});

test('an artist sees the own statement, no colleague and no kept report (T130)', async () => {
  signIn('artist', 'artist-mara', { 'reports.view': 'own', 'reports.view_tx': 'own' });
  bridge.answers['payouts.statement'] = () => statement;
  render(Reports, { id: 'statement.artist-dario' });
  expect(await screen.findByRole('heading', { name: 'Statement of Mara Quill' })).toBeTruthy();
  expect(bridge.last('payouts.statement')).toMatchObject({ artist_id: null });
  expect(bridge.last('payouts.owed')).toBeUndefined();
  expect(screen.queryByRole('link', { name: 'Kept reports' })).toBeNull();
  expect(screen.queryByRole('button', { name: /Export|Keep report/ })).toBeNull();
});

const kept: SavedReport = {
  id: 'r1',
  name: 'For Ana',
  what: 'statement',
  format: 'csv',
  period: 'last_month',
  from: '2026-10-01',
  to: '2026-10-31',
  artist_id: 'artist-mara',
  folder: null,
  written: null,
  written_at: null,
  failed: false,
};
const saved = {
  loading: new Loading(),
  artists: [owed],
  onshow: vi.fn(),
  ontake: vi.fn(),
  onedit: vi.fn(),
  onnew: vi.fn(),
};

test('a report that is let go can be had back (D31)', async () => {
  const user = userEvent.setup();
  const changed = vi.fn();
  bridge.answers['reports.forget'] = () => [];
  bridge.answers['reports.save'] = () => [{ ...kept, id: 'r2' }];
  render(Saved, { ...saved, reports: [kept], onchanged: changed });
  await user.click(screen.getByRole('button', { name: 'Keep For Ana no longer' }));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledWith([]));
  undoLatest();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2));
  expect(bridge.last('reports.save')).toEqual({
    name: 'For Ana',
    what: 'statement',
    format: 'csv',
    period: 'last_month',
    artist_id: 'artist-mara',
    folder: null,
  });
});

test('a report says which month goes to its folder next, and when a file last came there', () => {
  const monthly = { ...kept, folder: '/mnt/books', written: '2026-12', written_at: Date.UTC(2027, 0, 1, 17) };
  render(Saved, { ...saved, reports: [monthly], onchanged: vi.fn() });
  expect(screen.getByText('/mnt/books')).toBeTruthy();
  expect(screen.getByText('January 2027')).toBeTruthy();
  expect(screen.getByText(/^Last written .*1/)).toBeTruthy();
});

test('a report that was never written says nothing of it', () => {
  render(Saved, { ...saved, reports: [{ ...kept, folder: '/mnt/books', written: '2026-12' }], onchanged: vi.fn() });
  expect(screen.getByText('January 2027')).toBeTruthy();
  expect(screen.queryByText(/Last written/)).toBeNull();
});

test('a month that could not be written says so', () => {
  const failed = { ...kept, folder: '/mnt/books', failed: true, written: '2026-09' };
  render(Saved, { ...saved, reports: [failed], onchanged: vi.fn() });
  expect(screen.getByText(/folder is gone or full/)).toBeTruthy();
  expect(screen.queryByText('October 2026')).toBeNull();
});

test('the assistant takes a report out with the master code, and a statement needs somebody (T038)', async () => {
  const user = userEvent.setup();
  signIn('assistant', null, { 'reports.view': 'allow', 'reports.export': 'locked' });
  const closed = vi.fn();
  bridge.answers['reports.export'] = () => ({ name: 'statement.xlsx', base64: 'AAAA', rows: 3 });
  bridge.answers['save'] = () => '/home/lena/statement.xlsx';
  const wanted = { what: 'statement' as const, from: '2026-11-01', to: '2026-11-30', artistId: '' };
  const first = render(ExportDialog, { wanted, artists: [owed], onclose: closed });
  await user.click(await screen.findByRole('button', { name: 'Export' }));
  expect(screen.getByText('Pick whose statement it is.')).toBeTruthy();
  expect(elevation.request).toBeNull();
  first.unmount();

  render(ExportDialog, { wanted: { ...wanted, artistId: 'artist-mara' }, artists: [owed], onclose: closed });
  await user.click(await screen.findByRole('button', { name: 'Export' }));
  await vi.waitFor(() => expect(elevation.request?.action).toBe('reports.export'));
  expect(bridge.last('reports.export')).toBeUndefined();
  elevation.request?.reply(true);
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  expect(bridge.last('reports.export')).toMatchObject({ what: 'statement', format: 'xlsx', artist_id: 'artist-mara' });
  expect(bridge.last('save')).toEqual({ name: 'statement.xlsx', content: { base64: 'AAAA' } });
});
