// What a visit used and its notes, written down beside the page: nothing typed there may reach the page's letter keys.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { bridge, refuse } from '../../test-bridge';
import { at, card, openStudio, signIn } from '../../test-desk';
import SessionNotes from '../agenda/SessionNotes.svelte';
import VisitSupplies from './VisitSupplies.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
  convertFileSrc: (path: string) => path,
}));

let items: unknown[];

beforeEach(() => {
  openStudio();
  signIn('artist', 'artist-0', { 'clients.notes': 'own', 'inventory.view': 'allow' });
  items = [{ id: 'i1', name: 'Black ink', active: true, on_hand: 1, expired: 0, minimum: 4, session_use: 'part' }];
  bridge.answers = {
    'inventory.supplies': () => [],
    'inventory.list': () => items,
    'inventory.usable': () => [],
    'inventory.use_supplies': () => [
      { id: 's1', item_name: 'Black ink', quantity: 0, unit: 'bottle', lot: null, expires: null, starts_at: at(14) },
    ],
    'clients.open': () => ({ notes: [], visits: [] }),
    'clients.note': () => ({}),
  };
});

test('2.4.3: ink and needles open with the focus in their field and give it back to their button', async () => {
  render(VisitSupplies, { appointmentId: 'c1', add: true });
  const user = userEvent.setup({ delay: null });
  const used = within(await screen.findByRole('region', { name: 'Ink and needles' }));
  await user.click(used.getByRole('button', { name: 'Add' }));
  // At once, before the list of items is here.
  expect(document.activeElement).toBe(used.getByRole('combobox', { name: 'Item' }));
  await user.click(used.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(document.activeElement).toBe(used.getByRole('button', { name: 'Add' })));
  await user.keyboard('{Enter}ink');
  await user.click(await screen.findByRole('option', { name: /Black ink/ }));
  await user.click(used.getByRole('button', { name: 'Write down' }));
  await waitFor(() => expect(document.activeElement).toBe(used.getByRole('button', { name: 'Add' })));
});

test('T024: of needles none is written down only where stock has none left', async () => {
  items = [{ id: 'n1', name: 'Needles', active: true, on_hand: 1, expired: 0, minimum: 4, session_use: 'whole' }];
  bridge.answers['inventory.use_supplies'] = refuse('conflict', { reason: 'out_of_stock' });
  render(VisitSupplies, { appointmentId: 'c1', add: true });
  const user = userEvent.setup({ delay: null });
  const used = within(await screen.findByRole('region', { name: 'Ink and needles' }));
  await user.click(used.getByRole('button', { name: 'Add' }));
  await user.keyboard('need');
  await user.click(await screen.findByRole('option', { name: /Needles/ }));
  const pieces = used.getByRole('textbox', { name: /Whole pieces/ });
  expect(pieces).toHaveProperty('value', '1');
  expect(used.queryByText(/one that was open/)).toBeNull();
  await user.clear(pieces);
  await user.type(pieces, '2');
  await user.click(used.getByRole('button', { name: 'Write down' }));
  expect((await used.findByRole('alert')).textContent).toMatch(/fewer/);
  await user.clear(pieces);
  await user.type(pieces, '1');
  await user.click(used.getByRole('button', { name: 'Write down' }));
  await user.click(await used.findByRole('button', { name: 'Write down without a piece' }));
  expect(bridge.last('inventory.use_supplies')?.supplies).toEqual([{ item_id: 'n1', lot_id: null, quantity: 0 }]);
});

test('2.4.3: where no item is set up for visits the focus waits on the way out', async () => {
  items = [];
  render(VisitSupplies, { appointmentId: 'c1', add: true });
  const user = userEvent.setup({ delay: null });
  const used = within(await screen.findByRole('region', { name: 'Ink and needles' }));
  await user.click(used.getByRole('button', { name: 'Add' }));
  await waitFor(() => expect(document.activeElement).toBe(used.getByRole('button', { name: 'Close' })));
});

test('2.4.3: a note opens with the focus in its field and gives it back to its button', async () => {
  render(SessionNotes, { booking: card('c1', 'artist-0', 'Joana Melo', at(14), at(15), { status: 'in_session' }) });
  const user = userEvent.setup({ delay: null });
  const notes = within(screen.getByRole('region', { name: 'Session notes' }));
  await user.click(notes.getByRole('button', { name: 'Write' }));
  expect(document.activeElement).toBe(notes.getByRole('textbox'));
  await user.click(notes.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(document.activeElement).toBe(notes.getByRole('button', { name: 'Write' })));
});
