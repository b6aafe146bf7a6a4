// The queue of uploads with the door faked: one at a time, refusals named, stopped, tried again with the same key.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bridge, refuse } from '../../test-bridge';
import { openStudio } from '../../test-desk';
import { uploads } from './uploads.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const mara = { id: 'artist-0', name: 'Mara Quill' };
const file = (name: string, content = name) => new File([content], name, { type: 'image/jpeg' });
const stages = () => uploads.rows.map((row) => row.stage);

/** Answers that wait until they are let go. */
let waiting: { name: string; go: (answer?: unknown) => void }[];

beforeEach(() => {
  openStudio();
  uploads.forget();
  bridge.sent.length = 0;
  waiting = [];
  bridge.answers = {
    'portfolio.add': ({ base64 }: { base64: string }) =>
      new Promise((go) =>
        waiting.push({ name: atob(base64), go: (answer = { id: atob(base64), artist_id: mara.id }) => go(answer) }),
      ),
  };
});

// What one test left on its way would take the place of what the next one sends.
afterEach(async () => {
  uploads.forget();
  waiting.splice(0).forEach(({ go }) => go());
  await new Promise((resolve) => setTimeout(resolve));
});

test('of two hundred, one is read and sent at a time, and each is counted', async () => {
  const read = vi.spyOn(Blob.prototype, 'slice');
  uploads.begin(
    Array.from({ length: 200 }, (_, at) => file(`${at}`)),
    mara,
  );
  let most = 0;
  for (let done = 0; done < 200; done++) {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    most = Math.max(most, waiting.length);
    expect(read.mock.calls.length).toBeLessThanOrEqual(done + 1);
    waiting.shift()?.go();
    await vi.waitFor(() => expect(uploads.done).toBe(done + 1));
  }
  expect(most).toBe(1);
  expect(read).toHaveBeenCalledTimes(200);
  expect(uploads.running).toBe(false);
  expect(uploads.added).toHaveLength(200);
  expect(bridge.last('portfolio.add')).toMatchObject({ artist_id: mara.id });
  read.mockRestore();
});

test('what is refused says why and is tried again under the same key', async () => {
  bridge.answers['portfolio.add'] = refuse('invalid', { field: 'base64', reason: 'not a picture' });
  uploads.begin([file('notes.txt')], mara);
  await vi.waitFor(() => expect(stages()).toEqual(['refused']));
  expect(uploads.rows[0]?.why).toBe('not a picture that can be read. JPEG, PNG and WebP can.');
  bridge.answers['portfolio.add'] = () => ({ id: 'p1', artist_id: mara.id });
  uploads.retry(uploads.refused);
  await vi.waitFor(() => expect(stages()).toEqual(['added']));
  const keys = bridge.sent.filter((call) => call.command === 'portfolio.add').map((call) => call.key);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('a file that is too large is not even read', async () => {
  const large = file('large.png');
  Object.defineProperty(large, 'size', { value: 50_000_000 });
  uploads.begin([large, file('small.png')], mara);
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  expect(stages()).toEqual(['refused', 'sending']);
  expect(uploads.rows[0]?.why).toBe('too large: at most 29 MB and 60 megapixels.');
});

test('stopped: what was begun is finished, the rest is not sent until somebody says go on', async () => {
  uploads.begin(
    ['a', 'b', 'c', 'd'].map((name) => file(name)),
    mara,
  );
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  uploads.stop();
  waiting.splice(0).forEach(({ go }) => go());
  await vi.waitFor(() => expect(stages()).toEqual(['added', 'stopped', 'stopped', 'stopped']));
  expect(bridge.sent).toHaveLength(1);
  uploads.retry(uploads.stopped);
  for (let done = 1; done < 4; done++) {
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting.shift()?.go();
    await vi.waitFor(() => expect(uploads.done).toBe(done + 1));
  }
});

test('on a full disk the rest waits instead of failing one by one', async () => {
  bridge.answers['portfolio.add'] = refuse('disk_full');
  uploads.begin(
    Array.from({ length: 30 }, (_, at) => file(`${at}`)),
    mara,
  );
  await vi.waitFor(() => expect(uploads.running).toBe(false));
  expect(bridge.sent.length).toBeLessThanOrEqual(3);
  expect(uploads.stopped.length).toBeGreaterThanOrEqual(27);
});

test('whoever leaves the desk leaves nothing of it behind', async () => {
  uploads.begin([file('a'), file('b'), file('c')], mara);
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  uploads.forget();
  waiting.splice(0).forEach(({ go }) => go());
  await new Promise((resolve) => setTimeout(resolve));
  expect(uploads.rows).toEqual([]);
  expect(uploads.added).toEqual([]);
  expect(bridge.sent).toHaveLength(1);
});

test('a large picture leaves piece by piece, tells how far it is, and can be stopped on the way', async () => {
  const large = file('large.jpg', 'x'.repeat(2_500_000));
  const parts: number[] = [];
  const slice = vi.spyOn(Blob.prototype, 'slice');
  uploads.begin([large], mara);
  const [row] = uploads.rows;
  await vi.waitFor(() => {
    if (row) parts.push(row.part);
    expect(waiting).toHaveLength(1);
  });
  expect(slice.mock.calls.map(([from]) => from)).toEqual([0, 1_048_576, 2_097_152]);
  expect(row?.part).toBe(1);
  expect(parts.every((part, at) => part >= (parts[at - 1] ?? 0))).toBe(true);
  expect(waiting[0]?.name).toHaveLength(2_500_000);
  waiting.splice(0).forEach(({ go }) => go({ id: 'p1', artist_id: mara.id }));
  await vi.waitFor(() => expect(stages()).toEqual(['added']));

  slice.mockImplementationOnce(function (this: Blob) {
    uploads.stop();
    return this;
  });
  uploads.begin([file('again.jpg', 'y')], mara);
  await vi.waitFor(() => expect(stages()).toEqual(['stopped']));
  expect(bridge.sent).toHaveLength(1);
  slice.mockRestore();
});

test('a file that was moved meanwhile says so', async () => {
  const gone = file('gone.jpg');
  gone.slice = () =>
    ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) }) as unknown as Blob;
  uploads.begin([gone], mara);
  await vi.waitFor(() => expect(stages()).toEqual(['refused']));
  expect(uploads.rows[0]?.why).toBe('cannot be read. It may have been moved; choose it again.');
});
