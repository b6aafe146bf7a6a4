import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { drawer } from '../../shell/drawer-chip.svelte';
import { bridge, refuse } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import { studio } from '../../door/studio.svelte';
import CountSheet from './CountSheet.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const closed = { z: 7 };
const onclosed = vi.fn();

beforeEach(() => {
  openStudio();
  if (studio.status?.studio) studio.status.studio.denominations = [50_000, 10_000, 50];
  signIn('admin', null, { 'reports.cash_close': 'allow' });
  drawer.now = {
    open: {
      session_id: 's1',
      opened_at: 0,
      opened_by: 'Lena',
      held_by: 'Lena',
      held_by_id: 'member-assistant',
      takeovers: [],
      blind: false,
      confirmers: [],
      float: 0,
      moves: [],
    },
    suggested_float: 0,
    last_z: 6,
  };
  bridge.sent.length = 0;
  bridge.answers = {
    'till.drawer': () => ({ open: null, suggested_float: 0, last_z: 7 }),
    'till.close_session': () => closed,
  };
});

function sheet() {
  render(CountSheet, { onleave: () => undefined, onclosed });
  return userEvent.setup();
}

test('Enter walks down the coins and notes, the total follows, and only what was counted is sent', async () => {
  const user = sheet();
  await user.keyboard('3{Enter}{Enter}7');
  expect(screen.getByRole('status').textContent).toBe('$1,503.50');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  expect(bridge.last('till.close_session')).toEqual({
    counts: [
      { value: 50_000, count: 3 },
      { value: 50, count: 7 },
    ],
    float_left: 0,
    reason: null,
  });
  await vi.waitFor(() => expect(onclosed).toHaveBeenCalledWith(closed));
});

test('what is expected shows only after the count, and the reason goes with the same key', async () => {
  bridge.answers['till.close_session'] = refuse('conflict', {
    reason: 'difference',
    expected: 160_000,
    difference: -10_000,
  });
  const user = sheet();
  expect(screen.queryByText('Expected')).toBeNull();
  await user.keyboard('3');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  await screen.findByText('Expected');
  expect(screen.getByText('−$100.00')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('How many of $500.00').readOnly).toBe(true);

  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await screen.findByText('A difference needs a reason.');
  bridge.answers['till.close_session'] = () => closed;
  await user.type(screen.getByLabelText('Reason for the difference'), 'a note is missing');
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await vi.waitFor(() => expect(onclosed).toHaveBeenCalled());
  const sent = bridge.sent.filter((call) => call.command === 'till.close_session');
  expect(sent).toHaveLength(2);
  expect(sent[0]?.key).toBe(sent[1]?.key);
  expect(sent[1]?.args.reason).toBe('a note is missing');
});

test('a float larger than the count is said at its field and never sent', async () => {
  const user = sheet();
  await user.keyboard('1');
  bridge.answers['studio.amount'] = () => ({ amount: 60_000 });
  await user.type(screen.getByLabelText('Float to leave'), '600');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  await screen.findByText('More than was counted.');
  expect(bridge.last('till.close_session')).toBeUndefined();
});

test('a blind count that differs says so without a sum, and asks why', async () => {
  bridge.answers['till.close_session'] = refuse('conflict', {
    reason: 'count_differs',
  });
  const user = sheet();
  await user.keyboard('3');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  expect((await screen.findByRole('alert')).textContent).toContain('The count differs');
  expect(screen.queryByText('Expected')).toBeNull();
  expect(screen.getByLabelText('Reason for the difference')).toBeTruthy();
});

test('a difference above the limit asks for a second person, whose wrong password is not kept', async () => {
  bridge.answers['till.close_session'] = refuse('conflict', {
    reason: 'count_differs',
  });
  const user = sheet();
  await user.keyboard('3');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  await user.type(await screen.findByLabelText('Reason for the difference'), 'a note is missing');
  bridge.answers['till.close_session'] = refuse('conflict', {
    reason: 'second_person',
  });
  const open = drawer.now?.open;
  const told = { suggested_float: 0, last_z: 6 };
  const [noor, iris] = [
    { username: 'noor', name: 'Noor' },
    { username: 'iris', name: 'Iris' },
  ];
  bridge.answers['till.drawer'] = () => ({ ...told, open: { ...open, confirmers: [noor, iris] } });
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await screen.findByRole('combobox', { name: 'Second person' });
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await screen.findByText('Who confirms it?');
  await user.click(screen.getByRole('combobox', { name: 'Second person' }));
  expect(await screen.findAllByRole('option')).toHaveLength(2);
  await user.click(screen.getByRole('option', { name: 'Noor' }));
  await user.type(screen.getByLabelText('Password of the second person'), 'wrong');
  bridge.answers['till.close_session'] = refuse('bad_code', { tries_left: 3 });
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await screen.findByText(/not right/);
  expect(screen.getByLabelText<HTMLInputElement>('Password of the second person').value).toBe('');
  await user.type(screen.getByLabelText('Password of the second person'), 'Stencil-1');
  bridge.answers['till.close_session'] = () => closed;
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await vi.waitFor(() => expect(onclosed).toHaveBeenCalled());
  expect(bridge.last('till.close_session')).toMatchObject({
    reason: 'a note is missing',
    approver: { username: 'noor', password: 'Stencil-1' },
  });
});

test('a second person who took cash meanwhile is no longer offered, and the only one left is picked', async () => {
  const [noor, iris] = [
    { username: 'noor', name: 'Noor' },
    { username: 'iris', name: 'Iris' },
  ];
  const open = drawer.now?.open;
  const offering = (...confirmers: object[]) => {
    bridge.answers['till.drawer'] = () => ({ suggested_float: 0, last_z: 6, open: { ...open, confirmers } });
  };
  bridge.answers['till.close_session'] = refuse('conflict', { reason: 'count_differs' });
  const user = sheet();
  await user.keyboard('3');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  await user.type(await screen.findByLabelText('Reason for the difference'), 'a note is missing');
  bridge.answers['till.close_session'] = refuse('conflict', { reason: 'second_person' });
  offering(noor, iris);
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await user.click(await screen.findByRole('combobox', { name: 'Second person' }));
  await user.click(await screen.findByRole('option', { name: 'Noor' }));
  await user.type(screen.getByLabelText('Password of the second person'), 'Stencil-1');
  bridge.answers['till.close_session'] = refuse('conflict', { reason: 'approver_took_part' });
  offering(iris);
  await user.click(screen.getByRole('button', { name: /Close with this reason/ }));
  await screen.findByText(/no hand in it must stand/);
  expect(screen.getByRole('combobox', { name: 'Second person' }).textContent).toContain('Iris');
  expect(screen.getByLabelText<HTMLInputElement>('Password of the second person').value).toBe('');
});

test('a drawer that somebody took over meanwhile is taken back, and the count is not lost', async () => {
  signIn('admin', null, { 'reports.cash_close': 'allow', 'security.settings': 'allow' });
  bridge.answers['till.close_session'] = refuse('conflict', { reason: 'drawer_not_yours' });
  const here = drawer.now;
  bridge.answers['till.drawer'] = () => here;
  bridge.answers['till.take_over'] = () => here;
  const user = sheet();
  await user.keyboard('3');
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  await screen.findByText(/somebody else’s/);
  await user.click(screen.getByRole('button', { name: 'Take over…' }));
  await user.click(await screen.findByRole('button', { name: 'Take over and count' }));
  await vi.waitFor(() => expect(bridge.last('till.take_over')).toEqual({ reason: 'To close the day' }));
  bridge.answers['till.close_session'] = () => closed;
  await user.click(screen.getByRole('button', { name: /Send count/ }));
  await vi.waitFor(() => expect(onclosed).toHaveBeenCalled());
  expect(bridge.last('till.close_session')).toMatchObject({ counts: [{ value: 50_000, count: 3 }] });
});
