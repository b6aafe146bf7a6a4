import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Cart } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { studio } from '../../door/studio.svelte';
import { drawer } from '../../shell/drawer-chip.svelte';
import { bridge, refuse } from '../../test-bridge';
import { card, openStudio, signIn } from '../../test-desk';
import Checkout from './Checkout.svelte';
import { OpenSale, openSales } from './open-sale.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const service = { id: 'svc', name: 'Flash piece', kind: 'tattoo', minutes: 60, price: 100_000, active: true };
const visit = card('a1', 'artist-1', 'Joana Melo', Date.now() - 3_600_000, Date.now(), {
  client_id: 'c1',
  service_id: 'svc',
  service_name: 'Flash piece',
  price: 100_000,
  status: 'completed',
  sale_id: null,
});

/** Rust's sums for one line of 1,000.00 and whatever tip was asked for. */
function quote({ tips }: { tips: { artist_id: string; amount: number }[] }): Cart {
  const tip = tips.reduce((sum, each) => sum + each.amount, 0);
  const line = { list_price: 100_000, unit_price: 100_000, discount: 0, tax: 0, amount: 100_000, quantity: 1 };
  return {
    lines: [{ ...line, service_id: 'svc', item_id: null, artist_id: 'artist-1', label: 'Flash piece' }],
    tips,
    goods: 100_000,
    discount: 0,
    tax: 0,
    tip,
    total: 100_000 + tip,
    cash_suggestions: [100_000 + tip, 150_000],
    discounted: false,
    repriced: false,
  };
}

const receipt = {
  sale_id: 's1',
  receipt: 1182,
  kind: 'sale',
  at: Date.now(),
  by: 'Lena',
  client_id: 'c1',
  client_name: 'Joana Melo',
  appointment_id: 'a1',
  original: null,
  reversals: [],
  reason: null,
  lines: [],
  tips: [],
  tenders: [{ tender: 'cash', amount: 100_000, given: 150_000, change: 50_000 }],
  goods: 100_000,
  discount: 0,
  tax: 0,
  tip: 0,
  total: 100_000,
  change: 50_000,
  refundable: 100_000,
  voidable: true,
};

beforeEach(() => {
  openStudio();
  signIn('admin', null, {
    'till.sell': 'allow',
    'till.discount': 'allow',
    'till.price_override': 'allow',
    'till.open_session': 'allow',
  });
  openSales.drop(openSales.of('a1'));
  const open = { session_id: 's', opened_at: 0, opened_by: 'Lena', float: 0, moves: [] };
  drawer.now = { open, suggested_float: 0, last_z: null };
  bridge.sent.length = 0;
  bridge.answers = {
    'studio.services': () => [service],
    'inventory.list': () => [],
    'agenda.list': () => ({
      artists: [{ artist_id: 'artist-1', name: 'Mara Quill', booked_minutes: 60, opens: 600, closes: 1200 }],
      cards: [visit],
      blocks: [],
    }),
    'till.drawer': () => drawer.now,
    'till.quote': quote as never,
    'studio.amount': (({ text }: { text: string }) => ({ amount: Number(text) * 100 })) as never,
    'till.sell': () => receipt,
  };
});

async function checkout() {
  render(Checkout, { id: 'a1' });
  await screen.findByRole('heading', { name: 'Joana Melo' });
  await screen.findByRole('radiogroup', { name: 'Paid with' });
  return userEvent.setup();
}

test('a visit comes with its service; cash gives change; the receipt has its number', async () => {
  const user = await checkout();
  await user.type(screen.getByLabelText('Given'), '1500');
  await user.click(screen.getByRole('button', { name: /Take payment/ }));
  await screen.findByText('Change to give back');
  // Once on screen and once on paper, which only a printer shows.
  expect(await screen.findAllByRole('heading', { name: 'Receipt 1182' })).toHaveLength(2);
  expect(bridge.last('till.sell')).toMatchObject({
    appointment_id: 'a1',
    client_id: 'c1',
    lines: [{ service_id: 'svc', artist_id: 'artist-1', quantity: 1 }],
    tenders: [{ tender: 'cash', amount: 100_000, given: 150_000 }],
  });
});

test('a tip is a share of the goods and goes to the artist', async () => {
  const user = await checkout();
  await user.click(screen.getByRole('radio', { name: '15%' }));
  await vi.waitFor(() =>
    expect(bridge.last('till.quote')).toMatchObject({ tips: [{ artist_id: 'artist-1', amount: 15_000 }] }),
  );
});

test('a split payment takes parts until nothing is left', async () => {
  const user = await checkout();
  await user.click(screen.getByRole('radio', { name: /Card/ }));
  await user.clear(screen.getByLabelText('Amount by card'));
  await user.type(screen.getByLabelText('Amount by card'), '400');
  await user.click(await screen.findByRole('button', { name: 'Take $400.00' }));
  await screen.findByText('Left to pay');
  await user.click(screen.getByRole('radio', { name: /Transfer/ }));
  await user.click(screen.getByRole('button', { name: /Take payment/ }));
  await screen.findByText('Change to give back');
  expect(bridge.last('till.sell')?.tenders).toEqual([
    { tender: 'card', amount: 40_000, given: null },
    { tender: 'transfer', amount: 60_000, given: null },
  ]);
});

test('where the studio wants it, closing the receipt brings back the names', async () => {
  if (studio.status?.studio) studio.status.studio.settings.lock_after_sale = true;
  bridge.answers['session.lock'] = () => ({});
  const user = await checkout();
  await user.click(screen.getByRole('button', { name: /Take payment/ }));
  await user.click(await screen.findByRole('button', { name: /^Done/ }));
  await vi.waitFor(() => expect(session.who).toBeNull());
  expect(bridge.last('session.lock')).toEqual({});
});

test('after an unclear failure the same key settles what happened; after a clear one a new intent begins', async () => {
  const user = await checkout();
  const keys = () => bridge.sent.filter((call) => call.command === 'till.sell').map((call) => call.key);
  const take = () => user.click(screen.getByRole('button', { name: /Take payment/ }));
  bridge.answers['till.sell'] = refuse('internal');
  await take();
  await screen.findByText(/Something went wrong/);
  bridge.answers['till.sell'] = refuse('conflict', { reason: 'already_paid' });
  await take();
  await screen.findByText(/already paid/);
  bridge.answers['till.sell'] = () => receipt;
  await take();
  await screen.findByText('Change to give back');
  expect(keys()[0]).toBe(keys()[1]);
  expect(keys()[1]).not.toBe(keys()[2]);
});

test('what was put into a sale is still there after looking at another page', () => {
  const sale = openSales.of(null);
  sale.add({ itemId: 'balm', label: 'Balm' });
  sale.add({ itemId: 'balm', label: 'Balm' });
  expect(openSales.of(null).lines).toMatchObject([{ itemId: 'balm', quantity: 2 }]);
  session.forget();
  expect(openSales.of(null).lines).toEqual([]);
});

test('a change of the lines takes back what was paid for another total', () => {
  const sale = new OpenSale(null);
  sale.add({ itemId: 'balm', label: 'Balm' });
  sale.taken.push({ tender: 'card', amount: 100, given: null });
  sale.remove(sale.lines[0]?.id ?? '');
  expect(sale.taken).toEqual([]);
});
