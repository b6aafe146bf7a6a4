// Whom a recall reaches, on screen and on paper.

import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Lot } from '../../../bindings';
import { bridge } from '../../test-bridge';
import { at, openStudio, signIn } from '../../test-desk';
import RecallDialog from './RecallDialog.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
}));

const lot: Lot = {
  id: 'l1',
  item_id: 'red',
  item_name: 'Red ink',
  number: 'NI25',
  expires: null,
  supplier: null,
  on_hand: 1,
  visits: 2,
  rev: 1,
} as Lot;

beforeEach(() => {
  openStudio();
  signIn('admin', null, { 'inventory.view': 'allow' });
  bridge.sent.length = 0;
  bridge.answers = {
    print_page: () => null,
    'inventory.recall': () => ({
      lot,
      visits: ['Joana Melo', 'Ana Prado'].map((client_name, n) => ({
        appointment_id: `a${n}`,
        starts_at: at(10 + n),
        artist_name: 'Mara Quill',
        client_id: `c${n}`,
        client_name,
        phone: n === 0 ? '55 1234 5678' : null,
        email: `${client_name.split(' ')[0]}@example.com`,
      })),
      others: 0,
    }),
  };
});

test('the list says how many, and goes to paper with room to tick each person off', async () => {
  render(RecallDialog, { lot, onclose: vi.fn() });
  const dialog = within(await screen.findByRole('dialog', { name: /Red ink, lot NI25 · 2 visits/ }));
  // The whole of it leads to the day.
  expect(dialog.getAllByRole('link', { name: /2026, 10:00/ })).toHaveLength(1);
  const paper = document.querySelector<HTMLElement>('.paper');
  expect(paper?.textContent).toMatch(/Casa Tinta.*Joana Melo.*55 1234 5678.*Ana Prado.*Ana@example.com/s);
  expect(paper?.querySelector('a')).toBeNull();
  await userEvent.setup().click(dialog.getByRole('button', { name: 'Print the list' }));
  expect(bridge.sent.map((call) => call.command)).toContain('print_page');
});
