// Where a dialog begins, so that Enter does what its button says it does.

import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ClientsExport from '../rooms/clients/ExportDialog.svelte';
import StockExport from '../rooms/stock/ExportDialog.svelte';
import { openStudio, signIn } from '../test-desk';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../test-bridge')).invoke,
}));

beforeEach(() => {
  openStudio();
  signIn('admin', null, { 'clients.export': 'allow', 'inventory.export': 'allow' });
  // A dialog gives the focus to nothing that is not drawn.
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([new DOMRect(0, 0, 9, 9)] as unknown as DOMRectList);
});

afterEach(() => vi.restoreAllMocks());

test.each([
  ['the clients', ClientsExport],
  ['the stock', StockExport],
])('2.4.3: exporting %s begins on its button, which wears the Enter key', async (_, Export) => {
  render(Export, { onclose: vi.fn() });
  const does = await screen.findByRole('button', { name: /^(Export|Save the file)/ });
  expect(does.getAttribute('aria-keyshortcuts')).toBe('Enter');
  await waitFor(() => expect(document.activeElement).toBe(does));
});
