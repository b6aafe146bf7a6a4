// The stock with the door faked: its panel by keys and links, what is said after a change, who answers requests.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Item, OrderLine, SupplyRequest } from '../../../bindings';
import Toasts from '../../parts/Toasts.svelte';
import { forgetToasts } from '../../parts/toasts.svelte';
import { offered } from '../../shell/acts.svelte';
import { bridge, refuse } from '../../test-bridge';
import { at, openStudio, signIn } from '../../test-desk';
import { counting } from './counting.svelte';
import Stock from './Stock.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const item = (id: string, name: string): Item => ({
  id,
  sku: id.toUpperCase(),
  barcode: null,
  name,
  category: 'Ink',
  unit: 'bottle',
  cost: 1_000,
  price: 2_000,
  minimum: 2,
  target: null,
  supplier: null,
  for_sale: false,
  session_use: 'part',
  tax_rate_id: null,
  active: true,
  on_hand: 4,
  expired: 0,
  next_expiry: null,
  rev: 1,
});

const request = (id: string, member: string, state: SupplyRequest['state'] = 'open'): SupplyRequest => ({
  id,
  kind: 'need',
  item_id: 'black',
  what: 'Black',
  quantity: 2,
  note: null,
  state,
  member_id: member,
  by: member,
  at: at(10),
  answer: null,
  answered_by: null,
  answered_at: null,
});

const allowed = {
  'inventory.view': 'allow',
  'inventory.request': 'allow',
  'inventory.stock_in': 'allow',
  'inventory.stock_adj': 'allow',
  'inventory.edit_item': 'allow',
  'inventory.create_item': 'allow',
  'agenda.board': 'allow',
} as const;

let items: Item[];

beforeEach(() => {
  openStudio();
  forgetToasts();
  location.hash = '#/stock';
  bridge.sent.length = 0;
  items = [item('black', 'Black'), item('red', 'Red')];
  bridge.answers = {
    'inventory.list': () => items,
    'inventory.lots': () => [],
    'inventory.reorder': () => [],
    'inventory.requests': () => [
      request('r1', 'member-artist'),
      request('r2', 'member-other'),
      request('r3', 'member-other', 'ordered'),
    ],
  };
});

const panel = () => screen.getByRole('complementary');
const drawn = () => panel().classList.contains('open');

test('2.4.3: an item that is opened has the focus in its panel; Escape closes it and goes back to its row', async () => {
  signIn('admin', null, allowed);
  const { rerender } = render(Stock, { id: null });
  const user = userEvent.setup();
  const row = await screen.findByRole('row', { name: /Red/ });
  expect(drawn()).toBe(false);
  row.focus();
  await user.keyboard('{Enter}');
  expect(location.hash).toBe('#/stock/red');
  await rerender({ id: 'red' });
  await waitFor(() => expect(document.activeElement).toBe(within(panel()).getByRole('heading', { name: 'Red' })));
  expect(drawn()).toBe(true);
  offered()
    .find((act) => act.keys?.includes('Escape') && (act.ready?.() ?? true))
    ?.run();
  expect(location.hash).toBe('#/stock');
  expect(document.activeElement).toBe(row);
  await rerender({ id: null });
  expect(drawn()).toBe(false);
});

test('a link to an item opens its panel, and the way back to all closes it', async () => {
  signIn('admin', null, allowed);
  const { rerender } = render(Stock, { id: 'expiring' });
  await rerender({ id: 'black' });
  await waitFor(() => expect(document.activeElement).toBe(within(panel()).getByRole('heading', { name: 'Black' })));
  expect(drawn()).toBe(true);
  await rerender({ id: null });
  expect(drawn()).toBe(false);
});

test('a new item is named and shown; one that was changed gives the focus back to its button', async () => {
  signIn('admin', null, allowed);
  bridge.answers['studio.amount'] = ({ text }: { text: string }) => ({ amount: Number(text) * 100 });
  bridge.answers['inventory.create_item'] = () => {
    items = [...items, item('blue', 'Blue')];
    return items[2];
  };
  bridge.answers['inventory.edit_item'] = () => items[2];
  render(Toasts);
  const { rerender } = render(Stock, { id: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'New item' }));
  let dialog = await screen.findByRole('dialog', { name: 'New item' });
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  // Each field says what it lacks itself.
  for (const lack of ['The name is needed.', 'A code is needed.', 'The price is needed; it can be zero.'])
    expect(within(dialog).getAllByText(lack)).toHaveLength(1);
  await user.type(within(dialog).getByLabelText('Name'), 'Blue');
  await user.type(within(dialog).getByLabelText('Code'), 'BLUE');
  await user.type(within(dialog).getByLabelText('Price'), '20');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await screen.findByText('Blue is in the stock now.');
  expect(location.hash).toBe('#/stock/blue');
  await rerender({ id: 'blue' });
  const edit = await within(panel()).findByRole('button', { name: 'Edit…' });
  await user.click(edit);
  dialog = await screen.findByRole('dialog', { name: 'Change Blue' });
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await screen.findByText('Blue is saved.');
  expect(within(panel()).getByRole('button', { name: 'Edit…' })).toBe(edit);
});

test('a code that another item has is said at its field, until another is typed', async () => {
  signIn('admin', null, allowed);
  bridge.answers['studio.amount'] = ({ text }: { text: string }) => ({ amount: Number(text) * 100 });
  render(Stock, { id: null });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'New item' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New item' }));
  await user.type(dialog.getByLabelText('Name'), 'Black, large');
  await user.type(dialog.getByLabelText(/^Code/), 'BLACK');
  await user.type(dialog.getByLabelText(/^Barcode/), '4006381333931');
  await user.type(dialog.getByLabelText('Price'), '30');
  for (const [reason, field, other] of [
    ['sku_taken', /^Code/, /^Barcode/],
    ['barcode_taken', /^Barcode/, /^Code/],
  ] as const) {
    bridge.answers['inventory.create_item'] = refuse('conflict', { reason });
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByLabelText(field)));
    expect(dialog.getByLabelText(field).getAttribute('aria-invalid')).toBe('true');
    expect(dialog.getByLabelText(other).getAttribute('aria-invalid')).toBeNull();
    expect(dialog.getByText(/^Another item already has/)).toBeTruthy();
    await user.keyboard('{End}7');
    expect(dialog.queryByText(/^Another item already has/)).toBeNull();
  }
  // Whatever else is refused stands below the form.
  bridge.answers['inventory.create_item'] = refuse('disk_full');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await dialog.findByRole('alert');
});

test('an empty archive and a search without a find say which of them it is', async () => {
  signIn('admin', null, allowed);
  render(Stock, { id: null });
  const user = userEvent.setup();
  await screen.findByRole('row', { name: /Red/ });
  await user.click(screen.getByRole('radio', { name: 'Archived' }));
  await screen.findByText('Nothing is archived.');
  await user.click(screen.getByRole('radio', { name: 'Below minimum' }));
  await screen.findByText('Nothing is below its minimum.');
  await user.type(screen.getByLabelText('Name, code or kind'), 'zzz');
  await screen.findByText('No items like that.');
});

test.each([
  ['an artist without the board', { ...allowed, 'agenda.board': 'deny' }, []],
  ['an assistant', { ...allowed, 'inventory.stock_in': 'locked' }, ['Decline…', 'Decline…', 'Decline…']],
] as const)('T072 A022: %s answers requests only from the desk', async (_, actions, declines) => {
  signIn('artist', 'artist-0', actions);
  render(Stock, { id: 'requests' });
  await screen.findByRole('heading', { name: 'Waiting' });
  expect(screen.queryAllByRole('button', { name: 'Decline…' }).map((each) => each.textContent.trim())).toEqual(
    declines,
  );
  // Their own they take back, whoever they are.
  expect(screen.getAllByRole('button', { name: 'Take back' })).toHaveLength(1);
  // Ordered is not there yet: the tab counts what the list says waits.
  expect(screen.getByRole('link', { name: /^Requests/ }).textContent).toContain('3');
});

test('2.4.3: a request that was answered keeps the focus', async () => {
  signIn('admin', null, allowed);
  let state: SupplyRequest['state'] = 'open';
  bridge.answers['inventory.requests'] = () => [request('r2', 'member-other', state)];
  bridge.answers['inventory.answer_request'] = () => (state = 'ordered');
  render(Stock, { id: 'requests' });
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Ordered' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Ordered' })).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByText('2 × Black').closest('li')));
});

test('the tab counts what is to be ordered as its list does: an item that somebody asked for too', async () => {
  signIn('admin', null, allowed);
  const line = (each: Item, requested: number): OrderLine => ({
    item_id: each.id,
    sku: each.sku,
    name: each.name,
    unit: each.unit,
    supplier: null,
    on_hand: each.on_hand,
    expired: 0,
    minimum: each.minimum,
    requested,
    used: 0,
    order: 2,
    cost: each.cost,
    amount: 2 * each.cost,
  });
  items = [{ ...item('black', 'Black'), on_hand: 1 }, item('red', 'Red')];
  bridge.answers['inventory.reorder'] = () => items.map((each) => line(each, each.id === 'red' ? 2 : 0));
  render(Stock, { id: 'order' });
  await screen.findByRole('link', { name: 'Red' });
  expect(screen.getByRole('link', { name: /^To order/ }).textContent).toContain('2');
});

test('a kind that was posted while numbers of another wait leaves the count open; the last one shows its document', async () => {
  signIn('admin', null, { ...allowed, 'inventory.cycle_count': 'allow' });
  render(Toasts);
  items = [item('black', 'Black'), { ...item('balm', 'Balm'), category: 'Aftercare' }];
  let posted = 0;
  bridge.answers['inventory.cycle_count'] = () => ((posted += 1), []);
  bridge.answers['inventory.counts'] = () => [{ id: `n${posted}`, number: posted }];
  counting.begin();
  for (const [id, typed] of Object.entries({ black: '4', balm: '3' }))
    if (counting.current) counting.current.lines[id] = { typed, seen: 4 };
  if (counting.current) counting.current.category = 'Ink';
  render(Stock, { id: null });
  const user = userEvent.setup();
  for (const [n, hash] of [
    [1, '#/stock'],
    [2, '#/stock/counts.n2'],
  ] as const) {
    await user.click(await screen.findByRole('button', { name: 'Review' }));
    await user.click(await screen.findByRole('button', { name: /Post the count/ }));
    await screen.findByText(`Count ${n} is posted.`);
    expect(location.hash).toBe(hash);
  }
  expect(counting.current).toBeNull();
});
