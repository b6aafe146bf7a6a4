import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { bridge, refuse } from '../../test-bridge';
import { accountText, LARGEST, type Account } from './bring-over';
import BringOver from './BringOver.svelte';

// Whole flows on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const account: Account = {
  sha256: 'a'.repeat(64),
  studio: 'Casa Dalia',
  currency: 'MXN',
  exponent: 2,
  zone: 'America/Hermosillo',
  tables: [
    {
      table: 'transactions',
      there: true,
      rows: 3,
      imported: 2,
      changed: 1,
      left_out: 1,
      counts: [
        { reason: 'deposit', left_out: false, rows: 1 },
        { reason: 'deleted', left_out: true, rows: 1 },
      ],
      missing: [],
      unread: [],
    },
  ],
  others: [{ table: 'settings', rows: 2 }],
  sums: [{ of: 'payments', there: '700.00', reckoned: -500, imported: 60_000, left_out: '100.00', rounding: '0.00' }],
  owner: 'rosa',
  owner_made: false,
  log_apart: true,
  open_visits: 1,
  overlaps: 0,
  remarks: [
    { table: 'transactions', row: '5', reason: 'deleted', left_out: true, column: null, value: '=1+1' },
    { table: 'transactions', row: '4', reason: 'deposit', left_out: false, column: 'session_id', value: null },
  ],
  remarks_in_all: 2,
};

beforeEach(() => {
  bridge.sent.length = 0;
  bridge.answers = { 'studio.import_tsm_preview': () => account };
});

async function looked() {
  const onready = vi.fn();
  const user = userEvent.setup();
  render(BringOver, { onleave: vi.fn(), onready });
  await user.upload(screen.getByLabelText('Pick the database'), new File(['SQLite'], 'dev.db'));
  await user.type(await screen.findByLabelText(/Name of the studio/), 'Casa Dalia');
  await user.click(screen.getByRole('button', { name: 'Look at what would come over' }));
  return { user, onready };
}

test('nothing is made before the account was looked at, and not after something else was picked', async () => {
  const { user } = await looked();
  expect(bridge.last('studio.import_tsm_preview')).toMatchObject({ base64: 'U1FMaXRl', name: 'Casa Dalia' });
  const summary = await screen.findByRole('table', { name: 'What becomes of every row' });
  expect(within(summary).getByRole('row', { name: /Payments 3 2 1 1/ })).toBeTruthy();
  expect(screen.getByText('rosa becomes the owner.')).toBeTruthy();
  expect(screen.getByText(/close it and pick the file again/)).toBeTruthy();
  await user.type(screen.getByLabelText(/Name of the studio/), '!');
  expect(screen.getByRole('button', { name: 'Make the studio' })).toHaveProperty('disabled', true);
  expect(screen.getByText(/Look again first/)).toBeTruthy();
});

test('the codes and passwords are handed over before the desk opens', async () => {
  bridge.answers['studio.import_tsm'] = () => ({
    file: '/data/casa-dalia.inkpoint',
    report: account,
    accounts: [
      { role: 'owner', name: 'Rosa', username: 'rosa', password: 'Ink1-abc-def-ghj' },
      { role: 'artist', name: 'Luis', username: 'luis', password: null },
    ],
    master_code: 'AAAAA-BBBBB',
    recovery_code: 'CCCCC-DDDDD-EEEEE-FFFFF',
  });
  const { user, onready } = await looked();
  await user.click(await screen.findByRole('button', { name: 'Make the studio' }));
  expect((await screen.findAllByText('Ink1-abc-def-ghj')).length).toBeGreaterThan(0);
  expect(screen.queryByText('luis')).toBeNull();
  await user.click(screen.getByLabelText('I have written it down'));
  await user.click(screen.getByRole('button', { name: 'Open the desk' }));
  await vi.waitFor(() => expect(onready).toHaveBeenCalled());
});

test('a file that is none is said so, and one that is too large is not read', async () => {
  bridge.answers['studio.import_tsm_preview'] = refuse('not_a_studio', { reason: 'not a database' });
  const { user } = await looked();
  expect((await screen.findByRole('alert')).textContent).toMatch(/no database of Tattoo Studio Manager/);
  const large = new File(['x'], 'large.db');
  Object.defineProperty(large, 'size', { value: LARGEST + 1 });
  await user.upload(screen.getByLabelText('Pick the database'), large);
  expect((await screen.findByRole('alert')).textContent).toMatch(/larger than 48 MB/);
});

test('the account is a table in which nothing runs as a formula', () => {
  const text = accountText(account);
  expect(text).toContain('Payments,3,2,1,1\r\n');
  expect(text).toContain("'=1+1");
  expect(text).toContain('All payments,700.00,-5.00,600.00,100.00,0.00');
});

test('money is written in one way, and tables by their names', async () => {
  await looked();
  const money = await screen.findByRole('table', { name: 'Money, there and here' });
  const cells = within(money)
    .getAllByRole('cell')
    .map((cell) => cell.textContent.trim());
  expect(cells.slice(1)).toEqual(['$700.00', '-$5.00', '$600.00', '$100.00', '$0.00']);
  expect(screen.getByText(/left behind: Settings \(2\)/)).toBeTruthy();
});

test('3.3.3: what is missing gets the focus: the file first, then the field', async () => {
  const user = userEvent.setup();
  render(BringOver, { onleave: vi.fn(), onready: vi.fn() });
  const look = screen.getByRole('button', { name: 'Look at what would come over' });
  await user.click(look);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Pick the database' }));
  await user.upload(screen.getByLabelText('Pick the database', { selector: 'input' }), new File(['SQLite'], 'dev.db'));
  await screen.findByText('dev.db');
  await user.click(look);
  expect(document.activeElement).toBe(screen.getByLabelText(/Name of the studio/));
});
