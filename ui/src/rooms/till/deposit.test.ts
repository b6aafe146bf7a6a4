import type { CardDeposit, Deposit } from '../../../bindings';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { elevation } from '../../door/elevation.svelte';
import { drawer } from '../../shell/drawer-chip.svelte';
import { bridge, refuse } from '../../test-bridge';
import { card, openStudio, signIn } from '../../test-desk';
import DepositDialog from './DepositDialog.svelte';
import SettleDeposit from './SettleDeposit.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const asked: CardDeposit = { due: 50_000, held: 0, state: 'due' };
const day = 24 * 3_600_000;
const visit = card('a1', 'artist-1', 'Joana Melo', Date.now() + day, Date.now() + day + 3_600_000, {
  client_id: 'c1',
  deposit: asked,
} as object);
const later = card('a2', 'artist-1', 'Joana Melo', Date.now() + 9 * day, Date.now() + 9 * day + 3_600_000, {
  client_id: 'c1',
});

const deposit: Deposit = {
  id: 'd1',
  client_id: 'c1',
  client_name: 'Joana Melo',
  appointment_id: 'a1',
  artist_id: 'artist-1',
  artist_name: 'Mara Quill',
  service_name: 'Flash piece',
  starts_at: visit.starts_at,
  status: 'no_show',
  amount: 50_000,
  left: 50_000,
  state: 'held',
  taken_at: Date.now() - day,
  taken_by: 'Lena',
  receipt: 1190,
  suggestion: 'keep',
};

beforeEach(() => {
  openStudio();
  signIn('assistant', null, {
    'till.deposit': 'allow',
    'till.open_session': 'allow',
    'reports.refund_void': 'locked',
  });
  const open = {
    session_id: 's',
    opened_at: 0,
    opened_by: 'Lena',
    float: 0,
    moves: [],
  };
  drawer.now = {
    open,
    suggested_float: 0,
    last_z: null,
  } as unknown as typeof drawer.now;
  bridge.sent.length = 0;
  bridge.answers = {
    'agenda.visit': () => visit,
    'till.drawer': () => drawer.now,
    'clients.open': () => ({ visits: [visit, later] }),
    'till.deposits': () => [deposit],
    'studio.amount': (({ text }: { text: string }) => ({
      amount: Number(text) * 100,
    })) as never,
    'till.take_deposit': () => ({
      receipt: 1190,
      kind: 'taken',
      at: Date.now(),
      by: 'Lena',
      amount: 50_000,
      tenders: [{ tender: 'cash', amount: 50_000, given: 100_000, change: 50_000 }],
      change: 50_000,
      reason: null,
      deposit: { ...deposit, status: 'confirmed', suggestion: null },
    }),
    'till.keep_deposit': () => ({}),
    'till.return_deposit': () => ({}),
    'till.move_deposit': () => deposit,
  };
});

async function take() {
  const ontaken = vi.fn();
  render(DepositDialog, {
    appointmentId: 'a1',
    open: true,
    onclose: () => undefined,
    ontaken,
  });
  await screen.findByText('The service asks for $500.00.');
  return { user: userEvent.setup(), ontaken };
}

test('the deposit is what the service asks for; cash gives change; its receipt has a number', async () => {
  const { user, ontaken } = await take();
  await user.type(screen.getByLabelText('Given'), '1000');
  await user.click(screen.getByRole('button', { name: /^Take \$500\.00/ }));
  // On screen and on paper, which do not come in the same turn.
  await vi.waitFor(() => expect(screen.getAllByRole('heading', { name: 'Deposit receipt 1190' })).toHaveLength(2));
  expect(screen.getByText('Change to give back')).toBeTruthy();
  expect(bridge.last('till.take_deposit')).toEqual({
    appointment_id: 'a1',
    amount: 50_000,
    tenders: [{ tender: 'cash', amount: 50_000, given: 100_000 }],
  });
  expect(ontaken).toHaveBeenCalledOnce();
});

test('after an unclear failure the same key takes the deposit once; after a clear one a new intent begins', async () => {
  const { user } = await take();
  const answer = bridge.answers['till.take_deposit'] as () => unknown;
  const send = () => user.click(screen.getByRole('button', { name: /^Take \$500\.00/ }));
  bridge.answers['till.take_deposit'] = refuse('internal');
  await send();
  await screen.findByText(/Something went wrong/);
  bridge.answers['till.take_deposit'] = refuse('conflict', {
    reason: 'already_paid',
  });
  await send();
  await screen.findByText(/already paid/);
  bridge.answers['till.take_deposit'] = answer;
  await send();
  await screen.findAllByRole('heading', { name: 'Deposit receipt 1190' });
  const keys = bridge.sent.filter((call) => call.command === 'till.take_deposit').map((call) => call.key);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[1]).not.toBe(keys[2]);
});

async function settle() {
  const onclose = vi.fn();
  render(SettleDeposit, { appointmentId: 'a1', open: true, onclose });
  await screen.findByRole('radio', { name: /Keep it/ });
  return { user: userEvent.setup(), onclose };
}

test('a missed visit suggests keeping the deposit', async () => {
  const { user, onclose } = await settle();
  expect(screen.getByText(/The client did not come/)).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /Keep it/ }).checked).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Keep $500.00' }));
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(bridge.last('till.keep_deposit')).toEqual({
    deposit_id: 'd1',
    reason: null,
  });
});

test('giving it back needs a reason and the code, and goes on after it; the rest stays held', async () => {
  const { user, onclose } = await settle();
  await user.click(screen.getByRole('radio', { name: /Give it back/ }));
  await user.clear(screen.getByLabelText('Goes back'));
  await user.type(screen.getByLabelText('Goes back'), '200');
  await screen.findByText('$300.00 stays held.');
  await user.click(screen.getByRole('button', { name: /Give back \$200\.00/ }));
  await screen.findByText('Say why.');
  await user.type(screen.getByLabelText('Reason'), 'moved away');
  await user.click(screen.getByRole('button', { name: /Give back \$200\.00/ }));
  await vi.waitFor(() => expect(elevation.request?.label).toBe('Give back the deposit of $200.00, Joana Melo'));
  expect(bridge.last('till.return_deposit')).toBeUndefined();
  elevation.request?.reply(true);
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(bridge.last('till.return_deposit')).toEqual({
    deposit_id: 'd1',
    amount: 20_000,
    tender: 'cash',
    reason: 'moved away',
  });
});

test('it can count for another visit of the same client', async () => {
  const { user } = await settle();
  await user.click(screen.getByRole('radio', { name: /another visit/ }));
  await user.click(screen.getByRole('button', { name: 'Move $500.00' }));
  await vi.waitFor(() =>
    expect(bridge.last('till.move_deposit')).toEqual({
      deposit_id: 'd1',
      appointment_id: 'a2',
    }),
  );
});

test('of a visit ahead nothing is chosen beforehand where it could go back: the dialog says what is missing', async () => {
  signIn('admin', null, { 'till.deposit': 'allow', 'reports.refund_void': 'allow' });
  bridge.answers['till.deposits'] = () => [{ ...deposit, status: 'confirmed', suggestion: null }];
  bridge.answers['clients.open'] = () => ({ visits: [visit] });
  render(SettleDeposit, { appointmentId: 'a1', open: true, onclose: vi.fn() });
  await screen.findByText(/Choose what becomes of it/);
  expect(screen.queryByRole('radio', { name: /^Keep it/ })).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Settle' }).disabled).toBe(true);
  // With no other visit to count for, moving it says so and waits.
  await userEvent.setup().click(screen.getByRole('radio', { name: /Use it for another visit/ }));
  await screen.findByText(/no other visit ahead/);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Move/ }).disabled).toBe(true);
});
