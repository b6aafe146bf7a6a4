import { render, screen, type RenderResult } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Item } from '../../../bindings';
import Toasts from '../../parts/Toasts.svelte';
import { forgetToasts } from '../../parts/toasts.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import { counting } from './counting.svelte';
import CountPage from './CountPage.svelte';
import CountStock from './CountStock.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const item = (id: string, name: string, on_hand: number, category = 'Ink'): Item => ({
  id,
  sku: id.toUpperCase(),
  barcode: null,
  name,
  category,
  unit: 'bottle',
  cost: 1_000,
  price: 0,
  minimum: 2,
  target: null,
  supplier: null,
  for_sale: false,
  session_use: 'part',
  tax_rate_id: null,
  active: true,
  on_hand,
  expired: 0,
  next_expiry: null,
  rev: 1,
});

const shelf = () => [item('black', 'Black', 4), item('red', 'Red', 2), item('balm', 'Balm', 9, 'Aftercare')];
const onposted = vi.fn();

beforeEach(() => {
  openStudio();
  forgetToasts();
  signIn('admin', null, { 'inventory.cycle_count': 'allow' });
  onposted.mockReset();
  bridge.sent.length = 0;
  bridge.answers = { 'inventory.cycle_count': () => [] };
  counting.begin();
});

/** The page reads the stock again when the count is reviewed. */
function sheet(after: Item[] = shelf()) {
  const onstale = (): Promise<void> => view.rerender({ items: after });
  const view: RenderResult<typeof CountStock> = render(CountStock, { items: shelf(), onposted, onstale });
  return userEvent.setup();
}

const press = (user: ReturnType<typeof sheet>, name: RegExp | string) =>
  screen.findByRole('button', { name }).then((button) => user.click(button));
const sent = () => bridge.last('inventory.cycle_count');

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(`How many ${name}`);

test('a blind count hides what is expected; Enter goes down, and the differences show at the end', async () => {
  const user = sheet();
  expect(document.activeElement).toBe(field('Balm'));
  expect(screen.queryByText('Expected')).toBeNull();
  await user.keyboard('9{Enter}3{Enter}2');
  await user.click(screen.getByRole('button', { name: 'Review' }));
  await screen.findByText('Review the count');
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toContainEqual(expect.stringMatching(/Black.*−1/));
  expect(screen.queryByRole('rowheader', { name: 'Red' })).toBeNull();
  await user.click(screen.getByRole('button', { name: /Post the count/ }));
  await vi.waitFor(() => expect(onposted).toHaveBeenCalled());
  expect(bridge.last('inventory.cycle_count')).toEqual({
    lines: [
      { item_id: 'balm', counted: 9, expected: 9 },
      { item_id: 'black', counted: 3, expected: 4 },
      { item_id: 'red', counted: 2, expected: 2 },
    ],
    reason: null,
    category: null,
    blind: true,
  });
});

test('what moved while it was counted is looked at again before anything is posted', async () => {
  const sold = shelf().map((each) => (each.id === 'red' ? { ...each, on_hand: 1 } : each));
  const user = sheet(sold);
  await user.type(field('Red'), '2');
  await user.click(screen.getByRole('button', { name: 'Review' }));
  await screen.findByText('Moved while you counted: 2 before, 1 now.');
  await user.click(screen.getByRole('button', { name: /Post the count/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('moved while you counted');
  expect(bridge.last('inventory.cycle_count')).toBeUndefined();
  // A number that is typed again is one of now.
  await user.clear(field('Red'));
  await user.type(field('Red'), '1');
  await user.click(screen.getByRole('button', { name: /Post the count/ }));
  await vi.waitFor(() => expect(onposted).toHaveBeenCalled());
  expect(bridge.last('inventory.cycle_count')?.lines).toEqual([{ item_id: 'red', counted: 1, expected: 1 }]);
});

test('a count that stock moved under at the last moment is refused and stays to be looked at', async () => {
  const user = sheet();
  await user.type(field('Red'), '2');
  await user.click(screen.getByRole('button', { name: 'Review' }));
  bridge.answers['inventory.cycle_count'] = refuse('conflict', { reason: 'changed_meanwhile' });
  await user.click(await screen.findByRole('button', { name: /Post the count/ }));
  await screen.findByRole('alert');
  expect(onposted).not.toHaveBeenCalled();
  expect(counting.current?.lines['red']?.typed).toBe('2');
});

test('what is no number is said by name, and nothing at all is not a count', async () => {
  const user = sheet();
  await user.click(screen.getByRole('button', { name: 'Review' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Count at least one item.');
  await user.type(field('Black'), '1x');
  await user.click(screen.getByRole('button', { name: 'Review' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Black');
});

test('3.3.3: a review that is refused goes to the field that is wrong, and posting to the one nobody looked at', async () => {
  const user = sheet(shelf().map((each) => (each.id === 'red' ? { ...each, on_hand: 1 } : each)));
  await user.click(screen.getByRole('button', { name: 'Review' }));
  await screen.findByText('Count at least one item.');
  expect(document.activeElement).toBe(field('Balm'));
  await user.type(field('Red'), 'x');
  await user.click(screen.getByRole('button', { name: 'Review' }));
  await screen.findByText('Red: write a whole number.');
  expect(document.activeElement).toBe(field('Red'));
  await user.clear(field('Red'));
  await user.type(field('Red'), '2');
  await user.click(screen.getByRole('button', { name: 'Review' }));
  await screen.findByText('Review the count');
  await user.click(screen.getByRole('button', { name: /Post the count/ }));
  await screen.findByText('Some items moved while you counted. Look at them first.');
  expect(document.activeElement).toBe(field('Red'));
  await user.click(screen.getByRole('button', { name: 'Back to counting' }));
  await vi.waitFor(() => expect(document.activeElement).toBe(field('Balm')));
});

test('numbers of another kind are told, wait while one kind is posted, and are counted next', async () => {
  const user = sheet();
  await user.type(field('Black'), '3');
  await user.type(field('Red'), '2');
  await user.click(screen.getByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Aftercare' }));
  await user.type(field('Balm'), '9');
  screen.getByText(/^2 numbers of other kinds wait/);
  await press(user, 'Review');
  await screen.findByText('Review the count');
  screen.getByText(/^2 numbers of other kinds wait/);
  await user.type(screen.getByLabelText('Remark'), 'Monthly');
  await press(user, /Post the count/);
  await vi.waitFor(() => expect(onposted).toHaveBeenCalledOnce());
  expect(sent()).toEqual({
    lines: [{ item_id: 'balm', counted: 9, expected: 9 }],
    reason: 'Monthly',
    category: 'Aftercare',
    blind: true,
  });
  // The ink is on the screen now, still blind, and without the other count's remark.
  await vi.waitFor(() => expect(document.activeElement).toBe(field('Black')));
  expect(field('Black').value).toBe('3');
  await press(user, 'Review');
  await press(user, /Post the count/);
  await vi.waitFor(() => expect(onposted).toHaveBeenCalledTimes(2));
  expect(sent()).toEqual({
    lines: [
      { item_id: 'black', counted: 3, expected: 4 },
      { item_id: 'red', counted: 2, expected: 2 },
    ],
    reason: null,
    category: 'Ink',
    blind: true,
  });
  expect(counting.current).toBeNull();
});

test('a number for an item that was archived meanwhile does not keep a count from its end', async () => {
  const user = sheet(shelf().map((each) => (each.id === 'red' ? { ...each, active: false } : each)));
  await user.type(field('Black'), '4');
  await user.type(field('Red'), '2');
  await press(user, 'Review');
  await press(user, /Post the count/);
  await vi.waitFor(() => expect(onposted).toHaveBeenCalled());
  expect(counting.current).toBeNull();
});

test('a count that was stopped comes back with its numbers, beside those of one begun since', async () => {
  render(Toasts);
  const user = sheet();
  await user.type(field('Black'), '3');
  await press(user, 'Stop counting');
  expect(counting.current).toBeNull();
  counting.begin();
  await vi.waitFor(() => field('Red'));
  await user.type(field('Red'), '1');
  await press(user, 'Undo');
  await vi.waitFor(() => expect(field('Black').value).toBe('3'));
  expect(field('Red').value).toBe('1');
});

test('a count without a number is stopped without a word', async () => {
  render(Toasts);
  await press(sheet(), 'Stop counting');
  expect(counting.current).toBeNull();
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test.each([
  ['changed to the expected one', '4', false],
  ['cleared and typed as it was', '3', true],
])('a blind number %s after the review: the count says whether it is blind', async (_, again, blind) => {
  const user = sheet();
  await user.type(field('Black'), '3');
  await press(user, 'Review');
  await press(user, 'Back to counting');
  await user.clear(field('Black'));
  await user.type(field('Black'), again);
  // Nobody was shown what to expect of this one.
  await user.type(field('Red'), '1');
  await press(user, 'Review');
  await screen.findByText('Review the count');
  expect(screen.queryByText(/not kept as blind/) !== null).toBe(!blind);
  await press(user, /Post the count/);
  await vi.waitFor(() => expect(onposted).toHaveBeenCalled());
  expect(sent()?.['blind']).toBe(blind);
});

test('numbers typed while what is expected was shown are not made blind by a tick', async () => {
  const user = sheet();
  const tick = screen.getByRole('checkbox', { name: /Count blind/ });
  await user.click(tick);
  await user.type(field('Black'), '4');
  await user.click(tick);
  await press(user, 'Review');
  await screen.findByText(/not kept as blind/);
  await press(user, /Post the count/);
  await vi.waitFor(() => expect(onposted).toHaveBeenCalled());
  expect(sent()?.['blind']).toBe(false);
});

test('2.4.3: a posted count is read from its heading', async () => {
  bridge.answers['inventory.count'] = () => ({
    count: { id: 'n', number: 7, at: 0, by: 'Lena', category: null, blind: true, items: 1, differing: 0, reason: null },
    lines: [],
  });
  render(CountPage, { id: 'n' });
  const title = await screen.findByRole('heading', { name: 'Count 7' });
  expect(document.activeElement).toBe(title);
});
