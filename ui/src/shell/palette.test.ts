// Ctrl K finds what is on the shelf, for whoever may see the stock.

import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { bridge } from '../test-bridge';
import { openStudio, signIn } from '../test-desk';
import Palette from './Palette.svelte';
import { palette } from './palette.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../test-bridge')).invoke }));

beforeEach(() => {
  openStudio();
  location.hash = '';
  bridge.sent.length = 0;
  bridge.answers = {
    'clients.search': () => [],
    'inventory.list': () => [
      { id: 'black', name: 'Black ink', sku: 'INK-BLACK', barcode: null, active: true, on_hand: 4, unit: 'bottle' },
      { id: 'old', name: 'Old ink', sku: 'INK-OLD', barcode: null, active: false, on_hand: 0, unit: 'bottle' },
    ],
  };
  palette.mode = 'all';
});

test('an item is found by its name or code and opened; archived ones are not offered', async () => {
  signIn('assistant', null, { 'inventory.view': 'allow' });
  render(Palette);
  const user = userEvent.setup();
  await user.type(await screen.findByRole('combobox'), 'ink');
  const found = await screen.findByRole('option', { name: /Black ink/ });
  expect(screen.queryByRole('option', { name: /Old ink/ })).toBeNull();
  await user.click(found);
  await waitFor(() => expect(location.hash).toBe('#/stock/black'));
  // Asked once, not at each letter.
  expect(bridge.sent.filter((call) => call.command === 'inventory.list')).toHaveLength(1);
});

test('the stock is not asked for whoever may not see it', async () => {
  signIn('assistant', null, { 'inventory.view': 'deny' });
  render(Palette);
  const user = userEvent.setup();
  await user.type(await screen.findByRole('combobox'), 'ink');
  await waitFor(() => expect(bridge.last('clients.search')).toBeDefined());
  expect(bridge.last('inventory.list')).toBeUndefined();
});
