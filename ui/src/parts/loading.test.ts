// What cannot be read says so where it would stand, and is asked for again (ui.md 8.5); once it stands, a failure is told.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { Failure } from '../door/failure';
import { Loading } from './loading.svelte';
import Skeleton from './Skeleton.svelte';
import Toasts from './Toasts.svelte';
import { forgetToasts } from './toasts.svelte';

const broken = new Failure('internal', {}, 'c-7');

beforeEach(() => forgetToasts());

test('a first load that fails stands in the place of the grey blocks, and "Try again" loads again', async () => {
  let asked = 0;
  const loading = new Loading();
  render(Toasts);
  render(Skeleton, { rows: 2, loading });
  void loading.run(async () => {
    asked += 1;
    throw broken;
  });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Something went wrong');
  expect(alert.textContent).toContain('Keep this code if it happens again: c-7');
  expect(screen.queryByText('Loading')).toBeNull();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
  expect(asked).toBe(2);
  expect(screen.getAllByText(/Something went wrong/)).toHaveLength(1);
});

test('where something stands already, a failure is told', async () => {
  const loading = new Loading();
  render(Toasts);
  const { unmount } = render(Skeleton, { rows: 2, loading });
  await loading.run(async () => undefined);
  unmount();
  await loading.run(() => Promise.reject(broken));
  expect(loading.failed).toBeNull();
  expect(await screen.findByText(/Something went wrong/)).toBeTruthy();
});

test('a failure of what is no longer wanted is nobody’s', async () => {
  const loading = new Loading();
  render(Skeleton, { rows: 2, loading });
  let fail = (_: unknown) => {};
  const old = loading.run(() => new Promise((_, no) => (fail = no)));
  await loading.run(async () => undefined);
  fail(broken);
  await old;
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

test('a message without a number does not ask to keep one', async () => {
  const loading = new Loading();
  render(Skeleton, { rows: 2, loading });
  void loading.run(() => Promise.reject(new Error('the window’s own')));
  expect((await screen.findByRole('alert')).textContent).not.toMatch(/code/i);
});
