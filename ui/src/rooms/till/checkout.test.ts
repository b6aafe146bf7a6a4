import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cart } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { studio } from '../../door/studio.svelte';
import { offered } from '../../shell/acts.svelte';
import { drawer } from '../../shell/drawer-chip.svelte';
import { listenForScans } from '../../shell/scans';
import { bridge, refuse } from '../../test-bridge';
import { card, openStudio, signIn } from '../../test-desk';
import { dayOf } from '../../words/format';
import Checkout from './Checkout.svelte';
import { OpenSale, openSales } from './open-sale.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const service = {
  id: 'svc',
  name: 'Flash piece',
  kind: 'tattoo',
  minutes: 60,
  price: 100_000,
  active: true,
};
const visit = card('a1', 'artist-1', 'Joana Melo', Date.now() - 3_600_000, Date.now(), {
  client_id: 'c1',
  service_id: 'svc',
  service_name: 'Flash piece',
  price: 100_000,
  status: 'completed',
});

const balm = {
  id: 'balm',
  sku: 'BALM-50',
  barcode: '7501234567890',
  name: 'Balm',
  price: 18_000,
  on_hand: 9,
  minimum: 2,
  active: true,
  for_sale: true,
};

let held: Cart['deposits'] = [];

interface Asked {
  deposits?: string[] | null;
  lines: {
    service_id: string | null;
    item_id: string | null;
    artist_id: string | null;
    quantity: number;
  }[];
  tips: { artist_id: string; amount: number }[];
}

/** Rust's sums: a service is 1,000.00 and a product 180.00, and whatever tip was asked for. */
function quote({ lines, tips, deposits }: Asked): Cart {
  const applied = held.filter((each) => deposits?.includes(each.deposit_id) ?? true);
  const credit = applied.reduce((sum, each) => sum + each.amount, 0);
  const tip = tips.reduce((sum, each) => sum + each.amount, 0);
  const priced = lines.map((line) => {
    const price = line.service_id ? 100_000 : 18_000;
    return {
      ...line,
      list_price: price,
      unit_price: price,
      discount: 0,
      tax: 0,
      tax_rate_id: null,
      tax_name: null,
      tax_bp: 0,
      tax_added: 0,
      before_tax: price * line.quantity,
      amount: price * line.quantity,
      label: '',
    };
  });
  const goods = priced.reduce((sum, each) => sum + each.amount, 0);
  return {
    lines: priced,
    tips,
    goods,
    discount: 0,
    tax: 0,
    tip,
    before_tax: goods,
    tax_added: 0,
    taxes: [],
    deposits: applied,
    to_pay: goods + tip - credit,
    cash_to_pay: goods + tip - credit,
    rounding: 0,
    total: goods + tip,
    cash_suggestions: [goods + tip, 150_000],
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
  taxes: [],
  deposits: [],
  tax_added: 0,
  rounding: 0,
  paid: 100_000,
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
  openSales.restore(null);
  held = [];
  const open = {
    session_id: 's',
    opened_at: 0,
    opened_by: 'Lena',
    held_by: 'Lena',
    held_by_id: 'member-admin',
    takeovers: [],
    blind: false,
    confirmers: [],
    float: 0,
    moves: [],
  };
  drawer.now = { open, suggested_float: 0, last_z: null };
  bridge.sent.length = 0;
  bridge.answers = {
    'studio.services': () => [service],
    'inventory.list': () => [balm],
    'agenda.list': () => ({
      artists: ['Mara Quill', 'Dario Vanta'].map((name, at) => ({
        artist_id: `artist-${at + 1}`,
        name,
        booked_minutes: 60,
        opens: 600,
        closes: 1200,
      })),
      cards: [visit],
      blocks: [],
    }),
    'agenda.visit': () => visit,
    'till.drawer': () => drawer.now,
    'till.quote': quote as never,
    'studio.amount': (({ text }: { text: string }) => ({
      amount: Number(text) * 100,
    })) as never,
    'till.sell': () => receipt,
  };
});

listenForScans();
let stop = () => {};
afterEach(() => stop());

/** The window's keys, as the shell hands them out. */
function listenForKeys() {
  const take = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    offered()
      .find((act) => act.keys?.includes(event.key) && (act.ready?.() ?? true))
      ?.run(event);
  };
  addEventListener('keydown', take);
  return () => removeEventListener('keydown', take);
}

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
    expect(bridge.last('till.quote')).toMatchObject({
      tips: [{ artist_id: 'artist-1', amount: 15_000 }],
    }),
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

/** The keys of a person have a moment between them; those of a scanner do not. */
const scan = (code: string, target: EventTarget = document.body) => {
  for (const key of [...code, 'Enter']) target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
};

test('a product and Enter are a whole sale at the counter', async () => {
  stop = listenForKeys();
  render(Checkout, { id: null });
  await screen.findByRole('button', { name: /^Add Balm/ });
  const user = userEvent.setup();
  await user.keyboard('1');
  await user.keyboard('{Enter}');
  await screen.findByText('Change to give back');
  expect(bridge.last('till.sell')).toMatchObject({
    appointment_id: null,
    lines: [{ item_id: 'balm', quantity: 1 }],
    tenders: [{ tender: 'cash', amount: 18_000 }],
  });
});

test('a scanned product is in the sale wherever the focus is; nothing of the code stays in a field', async () => {
  await checkout();
  const given = screen.getByLabelText<HTMLInputElement>('Given');
  given.focus();
  scan('7501234567890', given);
  await vi.waitFor(() =>
    expect(bridge.last('till.quote')).toMatchObject({
      lines: [{ service_id: 'svc' }, { item_id: 'balm' }],
    }),
  );
  expect(given.value).toBe('');
  scan('7501234567890');
  await vi.waitFor(() =>
    expect(bridge.last('till.quote')).toMatchObject({
      lines: [{}, { quantity: 2 }],
    }),
  );
});

test('whoever sells from a shelf with expired pieces is told to look at the label', async () => {
  const sell = async (nextExpiry: string) => {
    bridge.answers['inventory.list'] = () => [{ ...balm, next_expiry: nextExpiry }];
    const { unmount } = render(Checkout, { id: null });
    await userEvent.setup().click(await screen.findByRole('button', { name: /^Add Balm/ }));
    await screen.findByLabelText('Quantity of Balm');
    const told = screen.queryByText(/look at the label/)?.textContent;
    openSales.of(null).lines = [];
    unmount();
    return told;
  };
  expect(await sell(dayOf(Date.now() + 3 * 86_400_000))).toBeUndefined();
  expect(await sell('2024-02-29')).toContain('2024');
});

test('a code that no product has is said, and the search offered', async () => {
  const user = await checkout();
  scan('0000111');
  expect((await screen.findByRole('alert')).textContent).toContain('No product has the code 0000111.');
  await user.click(screen.getByRole('button', { name: 'Search for it' }));
  expect(screen.getByLabelText<HTMLInputElement>('Add a service or product').value).toBe('0000111');
});

test('a parked sale waits with its client and time, and goes on where it was', async () => {
  render(Checkout, { id: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: /^Add Balm/ }));
  await user.click(await screen.findByRole('button', { name: /^Park/ }));
  await user.click(await screen.findByRole('button', { name: /^Add Balm/ }));
  await user.click(await screen.findByRole('button', { name: '1 parked' }));
  await user.click(
    await screen.findByRole('button', {
      name: /^Go on with the parked sale: No client/,
    }),
  );
  // The one that was in front waits in its place.
  await screen.findByRole('button', { name: '1 parked' });
  expect(openSales.parked).toHaveLength(1);
  expect(openSales.of(null).lines).toMatchObject([{ itemId: 'balm', quantity: 1 }]);
});

test('a parked sale comes back to its owner without calling them to the till', () => {
  const sale = openSales.of(null);
  sale.add({ itemId: 'balm', label: 'Balm' });
  openSales.park(sale);
  const kept = openSales.read();
  expect(kept).toMatchObject({
    last: null,
    sales: [{ lines: [{ itemId: 'balm' }] }],
  });
  session.forget();
  expect(openSales.parked).toEqual([]);
  openSales.restore(kept);
  expect(openSales.parked).toMatchObject([{ id: sale.id, key: sale.key }]);
});

test('the visit’s deposit is a line of its own; taken out it stays held, and can be used again', async () => {
  held = [{ deposit_id: 'd1', taken_at: Date.UTC(2026, 10, 8, 18), amount: 50_000 }];
  const user = await checkout();
  await screen.findByText('Deposit Sun 8 Nov');
  expect(screen.getByLabelText('To pay').textContent).toContain('$500.00');
  await user.click(screen.getByRole('button', { name: 'Leave out Deposit Sun 8 Nov' }));
  await screen.findByText('Deposit Sun 8 Nov, $500.00: stays held.');
  await vi.waitFor(() => expect(bridge.last('till.quote')).toMatchObject({ deposits: [] }));
  await user.click(screen.getByRole('button', { name: 'Use it' }));
  await vi.waitFor(() => expect(bridge.last('till.quote')).toMatchObject({ deposits: null }));
});

test('what is held for another visit of the client can be used here', async () => {
  if (session.who) session.who = { ...session.who, actions: { ...session.who.actions, 'till.deposit': 'allow' } };
  const other = {
    id: 'd2',
    appointment_id: 'a9',
    left: 30_000,
    service_name: 'Cover-up',
    starts_at: Date.UTC(2026, 11, 4, 18),
  };
  bridge.answers['till.deposits'] = () => [other];
  bridge.answers['till.move_deposit'] = () => {
    held = [{ deposit_id: 'd2', taken_at: Date.UTC(2026, 10, 8, 18), amount: 30_000 }];
    return other;
  };
  const user = await checkout();
  await screen.findByText('$300.00 is held for Cover-up, Fri 4 Dec.');
  await user.click(screen.getByRole('button', { name: 'Use it here' }));
  await screen.findByText('Deposit Sun 8 Nov');
  expect(bridge.last('till.move_deposit')).toEqual({ deposit_id: 'd2', appointment_id: 'a1' });
  expect(screen.queryByText(/is held for Cover-up/)).toBeNull();
});

test('a sale wholly in cash is paid to the smallest coin; a part by card takes the rounding away', async () => {
  bridge.answers['till.quote'] = ((asked: Asked) => {
    const cart = quote(asked);
    return { ...cart, to_pay: 100_020, cash_to_pay: 100_000, rounding: -20 };
  }) as never;
  const user = await checkout();
  await vi.waitFor(() => expect(screen.getByLabelText('To pay').textContent).toContain('$1,000.20, in coins'));
  await user.click(screen.getByRole('radio', { name: /Card/ }));
  expect(screen.getByLabelText('To pay').textContent).not.toContain('in coins');
  await user.click(screen.getByRole('radio', { name: /Cash/ }));
  await user.click(screen.getByRole('button', { name: /Take payment/ }));
  await vi.waitFor(() =>
    expect(bridge.last('till.sell')).toMatchObject({ tenders: [{ tender: 'cash', amount: 100_000, given: null }] }),
  );
});

test('a tip for two artists is shared by their work, evenly, or as typed, and always adds up', async () => {
  const user = await checkout();
  const sale = openSales.of('a1');
  sale.add({
    serviceId: 'svc',
    artistId: 'artist-2',
    label: 'Flash piece',
    quantity: 2,
  });
  await vi.waitFor(() => expect(sale.fresh).toBe(true));
  await user.click(screen.getByRole('radio', { name: '10%' }));
  const tips = () => (bridge.last('till.quote') as unknown as Asked).tips.map((tip) => tip.amount);
  await vi.waitFor(() => expect(tips()).toEqual([10_000, 20_000]));
  sale.tipSplit = 'evenly';
  await vi.waitFor(() => expect(tips()).toEqual([15_000, 15_000]));
  sale.tipSplit = 'artist-2';
  await vi.waitFor(() => expect(tips()).toEqual([30_000]));
  sale.tipSplit = 'typed';
  sale.tipParts = { 'artist-1': 5_000, 'artist-2': 2_500 };
  await vi.waitFor(() => expect(tips()).toEqual([5_000, 2_500]));
  expect(await screen.findByLabelText('Tip for Dario Vanta')).toBeTruthy();
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

test('a visit whose papers are missing stops, and goes on once they are waived', async () => {
  bridge.answers['till.sell'] = refuse('conflict', {
    reason: 'paperwork_missing',
    missing: 2,
  });
  signIn('admin', null, {
    'till.sell': 'allow',
    'clients.consent': 'allow',
    'consent.waive': 'allow',
  });
  const user = await checkout();
  await user.click(screen.getByRole('radio', { name: /Card/ }));
  await user.click(screen.getByRole('button', { name: /Take payment/ }));
  await screen.findByText(/2 papers of this visit are not signed/);
  bridge.answers['consent.waive'] = () => visit;
  bridge.answers['till.sell'] = () => receipt;
  await user.click(screen.getByRole('button', { name: 'Go on without…' }));
  await user.type(await screen.findByLabelText('Why without papers'), 'Signed at the last session');
  await user.click(screen.getByRole('button', { name: /^Go on without papers/ }));
  await vi.waitFor(() =>
    expect(bridge.last('consent.waive')).toMatchObject({
      appointment_id: 'a1',
    }),
  );
  await user.click(await screen.findByRole('button', { name: /Take payment/ }));
  await screen.findByRole('button', { name: 'Done' });
});

test('the last step names what was paid now, as the receipt does, and what a deposit paid of it', async () => {
  bridge.answers['till.sell'] = () => ({
    ...receipt,
    paid: 70_000,
    change: 0,
    tenders: [{ tender: 'card', amount: 70_000, given: 70_000, change: 0 }],
    deposits: [{ deposit_id: 'd1', receipt: 1170, taken_at: Date.now(), amount: 30_000 }],
  });
  const user = await checkout();
  await user.click(screen.getByRole('radio', { name: /Card/ }));
  await user.click(screen.getByRole('button', { name: /Take payment/ }));
  const told = (await screen.findByText('Paid now')).parentElement;
  expect(told?.textContent).toContain('$700.00');
  expect(told?.textContent).toContain('A deposit paid the rest, $300.00.');
});
