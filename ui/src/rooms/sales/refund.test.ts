import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Receipt } from '../../../bindings';
import { elevation } from '../../door/elevation.svelte';
import { bridge } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import RefundDialog from './RefundDialog.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const line = {
  artist_id: null,
  artist_name: null,
  service_id: null,
  discount: 0,
  before_tax: 0,
  tax_rate_id: null,
  tax_name: null,
  tax_bp: 0,
  tax_added: 0,
  tax: 0,
  quantity: 1,
};
const receipt: Receipt = {
  sale_id: 's1',
  receipt: 1182,
  kind: 'sale',
  at: Date.now(),
  by: 'Lena',
  client_id: 'c1',
  client_name: 'Joana Melo',
  appointment_id: null,
  original: null,
  reversals: [],
  reason: null,
  lines: [
    {
      ...line,
      id: 'l1',
      label: 'Balm',
      item_id: 'balm',
      quantity: 3,
      list_price: 10_000,
      unit_price: 10_000,
      amount: 29_999,
      amount_left: 29_999,
      quantity_left: 3,
    },
    {
      ...line,
      id: 'l2',
      label: 'Flash piece',
      item_id: null,
      list_price: 100_000,
      unit_price: 100_000,
      amount: 100_000,
      amount_left: 100_000,
      quantity_left: 1,
    },
  ],
  tips: [],
  tenders: [{ tender: 'card', amount: 129_999, given: 129_999, change: 0 }],
  before_tax: 129_999,
  tax_added: 0,
  taxes: [],
  deposits: [],
  rounding: 0,
  paid: 129_999,
  kept_deposit: false,
  copies: 0,
  copy: false,
  goods: 129_999,
  discount: 0,
  tax: 0,
  tip: 0,
  total: 129_999,
  change: 0,
  refundable: 129_999,
  voidable: true,
};

const ondone = vi.fn();

beforeEach(() => {
  openStudio();
  bridge.sent.length = 0;
  bridge.answers = {
    'till.refund': () => ({ ...receipt, kind: 'refund', receipt: 1183 }),
  };
});

test('reception gives one of three pieces back: the code names what and to whom, and the form is still there', async () => {
  signIn('assistant', null, { 'reports.refund_void': 'locked' });
  const user = userEvent.setup();
  render(RefundDialog, { receipt, ondone, onclose: () => undefined });
  await user.click(await screen.findByLabelText('Give back Flash piece'));
  await user.clear(screen.getByLabelText('How many Balm come back'));
  await user.type(screen.getByLabelText('How many Balm come back'), '1');
  await user.type(screen.getByLabelText('Reason'), 'broken seal');
  await user.click(screen.getByRole('button', { name: /^Refund \$100\.00/ }));
  await vi.waitFor(() => expect(elevation.request?.label).toBe('Refund $100.00, Joana Melo'));
  expect(bridge.last('till.refund')).toBeUndefined();

  elevation.request?.reply(true);
  await vi.waitFor(() => expect(ondone).toHaveBeenCalled());
  expect(bridge.last('till.refund')).toEqual({
    sale_id: 's1',
    lines: [{ line_id: 'l1', quantity: 1, amount: 10_000 }],
    tips: [],
    tender: 'card',
    reason: 'broken seal',
    restock: true,
  });
});

test('the code left half-way leaves the form as it was typed, ready to be sent again', async () => {
  signIn('assistant', null, { 'reports.refund_void': 'locked' });
  const user = userEvent.setup();
  render(RefundDialog, { receipt, ondone, onclose: () => undefined });
  await user.type(await screen.findByLabelText('Reason'), 'broken seal');
  const send = screen.getByRole('button', { name: /^Refund \$/ });
  await user.click(send);
  await vi.waitFor(() => expect(elevation.request).not.toBeNull());
  elevation.request?.reply(false);
  await vi.waitFor(() => expect(send.hasAttribute('disabled')).toBe(false));
  expect(screen.getByLabelText<HTMLInputElement>('Reason').value).toBe('broken seal');
  expect(bridge.last('till.refund')).toBeUndefined();
  await user.click(send);
  await vi.waitFor(() => expect(elevation.request).not.toBeNull());
  elevation.request?.reply(true);
  await vi.waitFor(() => expect(bridge.last('till.refund')).toMatchObject({ reason: 'broken seal' }));
});

test('nothing is sent without a reason or without a line', async () => {
  signIn('admin', null, { 'reports.refund_void': 'allow' });
  const user = userEvent.setup();
  render(RefundDialog, { receipt, ondone, onclose: () => undefined });
  await user.click(await screen.findByRole('button', { name: /^Refund \$/ }));
  await screen.findByText('Say why.');
  await user.click(screen.getByLabelText('Give back Flash piece'));
  await user.click(screen.getByLabelText('Give back Balm'));
  await screen.findByText('Pick at least one line or tip.');
  expect(bridge.last('till.refund')).toBeUndefined();
});

test('a sum is spread over the lines in proportion, and no product goes back on the shelf', async () => {
  signIn('admin', null, { 'reports.refund_void': 'allow' });
  bridge.answers['studio.amount'] = (({ text }: { text: string }) => ({ amount: Number(text) * 100 })) as never;
  const user = userEvent.setup();
  render(RefundDialog, { receipt, ondone, onclose: () => undefined });
  await user.click(await screen.findByRole('radio', { name: 'Amount' }));
  await user.type(screen.getByLabelText('Goes back'), '2000');
  await user.click(screen.getByRole('button', { name: /^Refund \$/ }));
  await screen.findByText('More than is left of a line.');
  await user.clear(screen.getByLabelText('Goes back'));
  await user.type(screen.getByLabelText('Goes back'), '130');
  await user.type(screen.getByLabelText('Reason'), 'redness');
  await user.click(screen.getByRole('button', { name: /^Refund \$130\.00/ }));
  await vi.waitFor(() =>
    expect(bridge.last('till.refund')).toMatchObject({
      lines: [
        { line_id: 'l1', quantity: null, amount: 3_000 },
        { line_id: 'l2', quantity: null, amount: 10_000 },
      ],
      restock: null,
    }),
  );
});
