// The list of receipts: the days it was asked for, and the rows of deposits, which have papers of their own.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Deposit, Transaction } from '../../../bindings';
import { bridge } from '../../test-bridge';
import { at, openStudio, signIn } from '../../test-desk';
import { dayOf } from '../../words/format';
import { daysHref } from './place';
import Sales from './Sales.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const deposit: Deposit = {
  id: 'd1',
  client_id: 'c1',
  client_name: 'Joana Melo',
  appointment_id: 'a1',
  artist_id: 'artist-1',
  artist_name: 'Mara Quill',
  service_name: 'Flash piece',
  starts_at: at(15),
  status: 'no_show',
  amount: 50_000,
  left: 20_000,
  state: 'held',
  taken_at: at(10),
  taken_by: 'Lena',
  receipt: 1190,
  suggestion: 'keep',
};

function row(kind: Transaction['kind'], receipt: number, more: Partial<Transaction> = {}): Transaction {
  return {
    sale_id: null,
    receipt,
    kind,
    at: at(10),
    by: 'Lena',
    client_name: 'Joana Melo',
    label: 'Flash piece',
    more_lines: 0,
    goods: 0,
    tips: 0,
    total: 0,
    tenders: [],
    reversed: 0,
    deposit: { deposit_id: 'd1', amount: 50_000 },
    ...more,
  };
}

beforeEach(() => {
  openStudio();
  signIn('assistant', null, {
    'till.deposit': 'allow',
    'reports.view_tx': 'allow',
    'reports.refund_void': 'locked',
  });
  location.hash = '';
  bridge.sent.length = 0;
  bridge.answers = {
    'reports.transactions': () => [
      row('deposit_taken', 1190, { tenders: ['card'] }),
      row('deposit_moved', 1190, { at: at(11) }),
      row('deposit_returned', 1191, { deposit: { deposit_id: 'd1', amount: -30_000 }, tenders: ['cash'] }),
      row('sale', 1192, { sale_id: 's1', goods: 20_000, total: 20_000, deposit: { deposit_id: 'd1', amount: 20_000 } }),
    ],
    'till.deposit_receipt': () => ({
      receipt: 1190,
      kind: 'taken',
      at: at(10),
      by: 'Lena',
      amount: 50_000,
      tenders: [{ tender: 'card', amount: 50_000, given: 50_000, change: 0 }],
      change: 0,
      reason: null,
      deposit,
    }),
    'till.deposits': () => [deposit, { ...deposit, id: 'd2', client_name: 'Rui Tavares', receipt: 1180, left: 0 }],
  };
});

/** The cells of the row with this number. */
async function cells(mark: RegExp): Promise<(string | undefined)[]> {
  const [found] = (await screen.findAllByRole('row')).filter((each) => mark.test(each.textContent ?? ''));
  return [...(found?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent?.replaceAll(/\s+/g, ' ').trim());
}

test('a deposit’s rows say what became of it; only what was sold counts as taken', async () => {
  render(Sales, { id: null });
  const taken = await cells(/1190.*Deposit/);
  expect([taken[0], taken[3], taken[4], taken[5]]).toEqual(['1190', 'Deposit Flash piece', 'Card', '$500.00']);
  // A move has no paper, so no number; nothing was paid.
  expect(await cells(/Deposit moved/)).toMatchObject({ 0: '', 4: '', 5: '' });
  expect((await cells(/Deposit returned/))[5]).toBe('−$300.00');
  expect((await cells(/Deposit kept/))[5]).toBe('$200.00');
  expect((await cells(/receipts/i)).at(-1)).toBe('$200.00');
});

test('a deposit’s row opens its own paper, and a moved one the list of deposits', async () => {
  render(Sales, { id: null });
  const user = userEvent.setup();
  const find = async (what: RegExp) =>
    (await screen.findAllByRole('row')).find((each) => what.test(each.textContent ?? ''));
  await user.click((await find(/1190.*Deposit/)) as HTMLElement);
  // On screen and for the printer.
  expect(await screen.findAllByRole('article', { name: 'Deposit receipt 1190' })).toHaveLength(2);
  expect(bridge.last('till.deposit_receipt')).toEqual({ receipt: 1190 });
  await user.click((await find(/Deposit moved/)) as HTMLElement);
  expect(location.hash).toBe('#/sales/deposits');
});

test('the list of deposits shows what is left of each, and what somebody has to decide', async () => {
  render(Sales, { id: 'deposits' });
  const held = await cells(/1190/);
  expect(held.slice(5)).toEqual(['Held To settle', '$200.00 of $500.00']);
  expect(screen.queryByText('Rui Tavares')).toBeNull();
  const user = userEvent.setup();
  await user.click(screen.getByRole('radio', { name: 'All' }));
  expect((await cells(/1180/))[6]).toBe('$0.00 of $500.00');
  await user.click(screen.getByText('Joana Melo'));
  await screen.findAllByRole('article', { name: 'Deposit receipt 1190' });
  // A no-show: it is kept or goes back, and is no longer paid with at a checkout.
  expect(screen.getByRole('button', { name: 'Keep, return or move…' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Check out' })).toBeNull();
});

test('who comes from a report sees the receipts of its days, also after opening one', async () => {
  const days = { from: '2026-08-01', to: '2026-08-31' };
  expect(daysHref(days)).toBe('#/sales/2026-08-01.2026-08-31');
  const { rerender } = render(Sales, { id: '2026-08-01.2026-08-31' });
  await waitFor(() => expect(bridge.last('reports.transactions')).toMatchObject(days));
  expect(bridge.sent.filter((call) => call.command === 'reports.transactions')).toHaveLength(1);
  bridge.answers['till.receipt'] = () => new Promise(() => undefined);
  await rerender({ id: 's1' });
  expect(bridge.last('till.receipt')).toEqual({ sale_id: 's1' });
  expect(bridge.last('reports.transactions')).toMatchObject(days);
  const today = dayOf(Date.now());
  await rerender({ id: `${today}.${today}` });
  await waitFor(() => expect(screen.getByRole('radio', { name: 'Today' })).toHaveProperty('checked', true));
});
