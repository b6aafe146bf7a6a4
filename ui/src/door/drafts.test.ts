// Unfinished work waits for its owner (D25): what is kept when, and what of it the next person could meet.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSales } from '../rooms/till/open-sale.svelte';
import { bridge, refuse } from '../test-bridge';
import { whoami } from '../test-desk';
import { drafts, FormDraft } from './drafts.svelte';
import { session } from './session.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../test-bridge')).invoke }));

/** Rust's side: what each member left, by room. */
let left: Record<string, Record<string, { body: unknown; at: number }>>;
let here: string;
let time = 0;

const form = new FormDraft<{ reason: string }>('sales.refund', 'sales');
const commands = () => bridge.sent.map((call) => call.command).filter((name) => name.includes('draft'));
const note = (reason: string) => drafts.keep('sales.refund', { id: 's1', form: { reason } });

beforeEach(async () => {
  vi.useFakeTimers();
  left = {};
  bridge.sent.length = 0;
  bridge.answers = {
    'session.sign_in': ({ username }: { username: string }) => {
      here = username;
      const who = whoami('assistant');
      return { ...who, member: { ...who.member, id: username, username } };
    },
    'session.lock': () => ({}),
    'session.drafts': () => Object.entries(left[here] ?? {}).map(([room, kept]) => ({ room, ...kept })),
    'session.keep_draft': ({ room, body }: { room: string; body: unknown }) => {
      (left[here] ??= {})[room] = { body, at: ++time };
      return {};
    },
    'session.drop_draft': ({ room }: { room: string }) => {
      delete left[here]?.[room];
      return {};
    },
  };
  await session.signIn('lena', 'x');
});

afterEach(() => {
  session.forget();
  vi.useRealTimers();
});

test('what is typed is kept once the typing pauses', async () => {
  for (const text of ['m', 'mo', 'mov', 'moved']) {
    note(text);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(commands()).toEqual(['session.drafts']);
  await vi.advanceTimersByTimeAsync(400);
  expect(left.lena?.['sales.refund']?.body).toEqual({ id: 's1', form: { reason: 'moved' } });
});

test('a lock in the middle of a word keeps it before the session ends', async () => {
  note('half a wo');
  await session.lock();
  expect(commands().at(-1)).toBe('session.keep_draft');
  expect(bridge.sent.at(-1)?.command).toBe('session.lock');
});

test('it comes back to its owner and to nobody else', async () => {
  note('client moved');
  await session.lock();

  await session.signIn('teo', 'x');
  expect(form.waiting).toBeNull();
  expect(drafts.place).toBeNull();
  expect(form.returned).toBe(false);
  await session.lock();

  await session.signIn('lena', 'x');
  expect(drafts.place).toEqual({ page: 'sales', id: 's1' });
  expect(form.returned).toBe(true);
  expect(form.take('s2')).toBeNull();
  expect(form.take('s1')).toEqual({ reason: 'client moved' });
  expect(form.take('s1')).toBeNull();
});

test('Rust may end the session first: nothing of it stays in the page, and nothing is lost but the last moment', async () => {
  note('one');
  await vi.advanceTimersByTimeAsync(500);
  note('two');
  session.forget();
  await vi.advanceTimersByTimeAsync(5000);
  expect(left.lena?.['sales.refund']?.body).toMatchObject({ form: { reason: 'one' } });
  expect(form.waiting).toBeNull();
});

test('what was finished does not come back, even when it was kept a moment ago', async () => {
  note('done');
  await vi.advanceTimersByTimeAsync(500);
  form.drop();
  await drafts.flush();
  expect(left.lena).toEqual({});
  note('never sent');
  form.drop();
  await vi.advanceTimersByTimeAsync(500);
  expect(commands().filter((name) => name === 'session.keep_draft')).toHaveLength(1);
});

test('a draft that cannot be kept disturbs nobody, and the next one is tried again', async () => {
  const keep = bridge.answers['session.keep_draft'];
  bridge.answers['session.keep_draft'] = refuse('invalid', { field: 'body', reason: 'too long' });
  note('long');
  await vi.advanceTimersByTimeAsync(500);
  if (keep) bridge.answers['session.keep_draft'] = keep;
  note('short');
  await vi.advanceTimersByTimeAsync(500);
  expect(left.lena?.['sales.refund']?.body).toMatchObject({ form: { reason: 'short' } });
});

test('a sale comes back as it was, with the key of its payment, and the checkout is where the desk opens', async () => {
  const sale = openSales.of('visit-1');
  sale.add({ serviceId: 'flash', artistId: 'a1', label: 'Flash piece' });
  sale.filled();
  await vi.advanceTimersByTimeAsync(500);
  expect(left.lena).toBeUndefined();

  sale.add({ itemId: 'balm', label: 'Balm' });
  sale.tipShare = 1500;
  await vi.advanceTimersByTimeAsync(500);
  const { key } = sale;
  await session.lock();
  expect(openSales.read()).toBeNull();

  await session.signIn('teo', 'x');
  expect(openSales.of('visit-1').lines).toEqual([]);
  await session.lock();

  await session.signIn('lena', 'x');
  expect(drafts.place).toEqual({ page: 'checkout', id: 'visit-1' });
  const back = openSales.of('visit-1');
  expect(back).toMatchObject({ key, returned: true, tipShare: 1500 });
  expect(back.lines.map((line) => line.label)).toEqual(['Flash piece', 'Balm']);

  openSales.drop(back);
  await vi.advanceTimersByTimeAsync(500);
  await drafts.flush();
  expect(left.lena).toEqual({});
});
