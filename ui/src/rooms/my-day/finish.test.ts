// A visit finished step by step with the door faked: what each step asks of Rust, and that nothing typed is lost.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Card } from '../../../bindings';
import { bridge, refuse } from '../../test-bridge';
import { agendaOf, at, card, openStudio, signIn } from '../../test-desk';
import { clock } from '../../door/clock.svelte';
import { finishing } from './finishing.svelte';
import MyDay from './MyDay.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
  convertFileSrc: (path: string) => path,
}));

let cards: Card[];
const opening = at(15) + 21 * 24 * 3_600_000;

beforeEach(() => {
  // The window's clock follows the computer's: it stands on the day of these visits.
  vi.useFakeTimers({ toFake: ['Date'], now: at(15, 30) });
  openStudio();
  signIn('artist', 'artist-0', {
    'clients.notes': 'own',
    'reports.view': 'own',
    'inventory.view': 'allow',
  });
  clock.now = at(15, 30);
  bridge.sent.length = 0;
  finishing.restore(null);
  cards = [
    card('c1', 'artist-0', 'Joana Melo', at(14, 30), at(15, 30), {
      status: 'in_session',
      started_at: at(14, 35),
      alerts: 'Nickel allergy',
      project: { project_id: 'pr1', title: 'Sleeve', session: 2, planned: 4 },
    }),
    card('c2', 'artist-0', 'Ana Prado', at(17), at(18)),
    card('c3', 'artist-1', 'Uma Frost', at(14), at(15), null),
  ];
  bridge.answers = {
    'agenda.list': () => agendaOf(cards),
    'reports.summary': ({ from, to }: { from: string; to: string }) => ({
      artists: [{ artist_id: 'artist-0', name: 'Mara Quill', goods: from === to ? 180_000 : 900_000, tips: 5000 }],
    }),
    'inventory.list': () => [
      { id: 'i1', name: 'Black ink', active: true, on_hand: 1, expired: 0, minimum: 4, session_use: 'none' },
    ],
    'projects.list': () => [{ id: 'pr1', title: 'Sleeve', idea: 'Koi and waves', placement: 'Left arm' }],
    'clients.open': () => ({
      notes: [{ id: 'n1', appointment_id: 'old', body: 'Outline done.', at: at(10) - 9e8, by: 'Mara Quill' }],
      visits: cards,
    }),
    'inventory.usable': () => [],
    'inventory.supplies': () => [],
    'pictures.list': () => [],
    'studio.services': () => [
      {
        id: 'flash',
        name: 'Flash piece',
        kind: 'tattoo',
        minutes: 60,
        price: 180_000,
        active: true,
        setup_minutes: 10,
        cleanup_minutes: 5,
      },
    ],
    'agenda.openings': () => [
      {
        artist_id: 'artist-0',
        artist_name: 'Mara Quill',
        starts_at: opening,
        ends_at: opening + 3_600_000,
        free_until: opening + 7_200_000,
      },
    ],
    'agenda.complete': () => {
      cards = cards.map((each) =>
        each.id === 'c1' && each.detail ? { ...each, detail: { ...each.detail, status: 'completed' } } : each,
      );
      return cards[0];
    },
    'clients.note': () => ({ id: 'n2', appointment_id: 'c1', body: '', at: at(15, 30), by: 'Mara Quill' }),
    'agenda.book': () => ({ card: card('c9', 'artist-0', 'Joana Melo', opening, opening + 3_600_000), warnings: [] }),
  };
});

afterEach(() => vi.useRealTimers());

async function begin() {
  render(MyDay);
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole('button', { name: 'Finish with notes and next visit…' }));
  return { user, dialog: await screen.findByRole('dialog', { name: 'Finish Joana Melo' }) };
}

test('T134: the day shows who is in the chair with all that must be known, and nobody else’s visits', async () => {
  render(MyDay);
  await screen.findByText('Nickel allergy');
  await screen.findByText('Koi and waves');
  expect(screen.getByText('Left arm')).toBeTruthy();
  expect(await screen.findByText('Outline done.')).toBeTruthy();
  expect(screen.getByText('Black ink: 1 of at least 4')).toBeTruthy();
  expect(screen.queryByText('Uma Frost')).toBeNull();
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: /^Ana Prado/ }));
  expect(screen.getByRole('heading', { name: 'Ana Prado' })).toBeTruthy();
});

test('T135: complete, note, pictures, next booking, without leaving', async () => {
  const { user, dialog } = await begin();
  await user.click(within(dialog).getByRole('button', { name: 'Complete the visit' }));
  await user.type(await within(dialog).findByRole('textbox', { name: 'Work done' }), 'Shading');
  await user.type(within(dialog).getByRole('textbox', { name: 'Area' }), 'Upper arm');
  await user.click(within(dialog).getByRole('radio', { name: 'Well' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Next plan' }), 'Colour');
  await user.click(within(dialog).getByRole('checkbox'));
  await user.click(within(dialog).getByRole('button', { name: 'Keep the note' }));
  await waitFor(() =>
    expect(bridge.last('clients.note')).toEqual({
      client_id: 'client-c1',
      appointment_id: 'c1',
      body: 'Work done: Shading\nArea: Upper arm\nHow they took it: Well\nNext plan: Colour\nAftercare given.',
    }),
  );
  await within(dialog).findByText(/No item is set up for visits/);
  await user.click(within(dialog).getByRole('button', { name: 'Skip' }));
  await user.click(await within(dialog).findByRole('button', { name: 'Skip' }));
  await within(dialog).findByText('Sleeve, session 3 of 4');
  await waitFor(() => expect(bridge.last('agenda.openings')).toMatchObject({ artist_id: 'artist-0', minutes: 60 }));
  await waitFor(() => expect(bridge.last('agenda.openings')).toMatchObject({ setup_minutes: 10, from: '2026-12-11' }));
  await user.click(await within(dialog).findByRole('radio', { name: /15:00/ }));
  await user.click(within(dialog).getByRole('button', { name: 'Book the next visit' }));
  await waitFor(() =>
    expect(bridge.last('agenda.book')).toMatchObject({
      artist_id: 'artist-0',
      client_id: 'client-c1',
      starts_at: opening,
      minutes: 60,
      project_id: 'pr1',
      note: 'Colour',
    }),
  );
  await within(dialog).findByText('That is all for this visit.');
  await user.click(within(dialog).getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), { timeout: 5000 });
  expect(finishing.all).toEqual([]);
}, 20_000);

test('T135: each step may be skipped, and what was typed waits after Escape', async () => {
  const { user, dialog } = await begin();
  await user.click(within(dialog).getByRole('button', { name: 'Skip' }));
  await user.type(await within(dialog).findByRole('textbox', { name: 'Work done' }), 'Lines');
  // The dialog listens for the key a moment after its step changed.
  await waitFor(
    async () => {
      await user.keyboard('{Escape}');
      expect(screen.queryByRole('dialog')).toBeNull();
    },
    { timeout: 5000 },
  );
  expect(bridge.last('clients.note')).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Finish with notes and next visit…' }));
  const again = await screen.findByRole('dialog', { name: 'Finish Joana Melo' });
  expect((within(again).getByRole('textbox', { name: 'Work done' }) as HTMLTextAreaElement).value).toBe('Lines');
  for (let step = 0; step < 3; step++) await user.click(await within(again).findByRole('button', { name: 'Skip' }));
  await user.click(await within(again).findByRole('button', { name: 'No next visit' }));
  expect(within(again).getAllByText('Skipped')).toHaveLength(5);
  expect(bridge.last('agenda.complete')).toBeUndefined();
});

test('a refusal is said in the step, which stays', async () => {
  bridge.answers['agenda.complete'] = refuse('conflict', { reason: 'closed_appointment' });
  const { user, dialog } = await begin();
  await user.click(within(dialog).getByRole('button', { name: 'Complete the visit' }));
  await within(dialog).findByRole('alert');
  expect(within(dialog).getByRole('button', { name: 'Complete the visit' })).toBeTruthy();
});

test('T135: each step begins in its first field or on its main button, never on the way back', async () => {
  bridge.answers['inventory.list'] = () => [
    { id: 'i1', name: 'Black ink', active: true, on_hand: 1, expired: 0, minimum: 4, session_use: 'part' },
  ];
  const { user, dialog } = await begin();
  const focused = () => document.activeElement?.textContent?.trim() || document.activeElement?.tagName;
  await user.click(within(dialog).getByRole('button', { name: 'Complete the visit' }));
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('textbox', { name: 'Work done' })));
  await user.keyboard('Shading{Control>}{Enter}{/Control}');
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('combobox', { name: 'Item' })));
  await user.click(within(dialog).getByRole('button', { name: 'Skip' }));
  await waitFor(() => expect(focused()).toBe('Skip'));
  await user.keyboard('{Enter}');
  await within(dialog).findByText('Sleeve, session 3 of 4');
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('combobox'));
  await user.click(within(dialog).getByRole('button', { name: 'No next visit' }));
  await waitFor(() => expect(focused()).toBe('Done'));
});
