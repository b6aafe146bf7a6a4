// What is said at the lower left: two messages at most, and never the way to undo before mere news.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../door/failure';
import Dialog from './Dialog.svelte';
import Toasts from './Toasts.svelte';
import { forgetToasts, tell, tellFailure } from './toasts.svelte';

beforeEach(() => forgetToasts());

test('two at a time: the older news folds, what can be undone stays', async () => {
  render(Toasts);
  const undo = vi.fn();
  tell('Moved.', undo);
  tell('First news.');
  tell('Second news.');
  tell('Third news.');
  await screen.findByText('Third news.');
  await waitFor(() => expect(screen.queryByText('Second news.')).toBeNull(), { timeout: 5000 });
  expect(screen.queryByText('First news.')).toBeNull();
  await userEvent.setup().click(screen.getByRole('button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledOnce();
});

test('taking back what was done in a dialog leaves it open, time and again', async () => {
  render(Toasts);
  const children = createRawSnippet(() => ({ render: () => '<p>Fern</p>' }));
  render(Dialog, { open: true, title: 'A picture', children });
  // Beside a dialog nothing but messages answers to the pointer.
  const user = userEvent.setup({ pointerEventsCheck: 0 });
  for (const what of ['Cropped.', 'Cropped again.']) {
    const undo = vi.fn();
    tell(what, undo);
    await user.click(await screen.findByText('Undo'));
    expect(undo).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByText(what)).toBeNull());
    screen.getByRole('dialog', { name: 'A picture' });
  }
  await user.click(document.body);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('what speaks against it is said with it', async () => {
  render(Toasts);
  tell('Booked at 21:00.', undefined, ['Outside the artist’s hours.']);
  await screen.findByText('Outside the artist’s hours.');
});

test('the same refusal twice is one message, with the latest code', async () => {
  render(Toasts);
  tellFailure(new Failure('internal', {}, 'c-1'));
  tellFailure(new Failure('internal', {}, 'c-2'));
  await screen.findByText(/c-2/);
  expect(screen.queryByText(/c-1/)).toBeNull();
  expect(screen.getAllByText(/Something went wrong/)).toHaveLength(1);
});

test('messages stand above the button that was just pressed at the lower left', () => {
  const button = document.createElement('button');
  document.body.append(button);
  const lift = () => document.documentElement.style.getPropertyValue('--toast-lift');
  button.getBoundingClientRect = () => new DOMRect(200, innerHeight - 60, 100, 32);
  button.click();
  tellFailure(new Failure('internal'));
  expect(lift()).toBe('68px');
  button.getBoundingClientRect = () => new DOMRect(200, 40, 100, 32);
  button.click();
  tell('Moved.');
  expect(lift()).toBe('1rem');
  button.remove();
});

test('messages do not stand above a button that went with its dialog', async () => {
  const dialog = document.createElement('div');
  dialog.role = 'dialog';
  const button = dialog.appendChild(document.createElement('button'));
  document.body.append(dialog);
  button.getBoundingClientRect = () => new DOMRect(340, innerHeight - 180, 100, 32);
  const lift = () => document.documentElement.style.getPropertyValue('--toast-lift');
  button.click();
  tell('Sent.');
  expect(lift()).toBe('188px');
  dialog.remove();
  await vi.waitFor(() => expect(lift()).toBe('1rem'));
});
