// A day at the desk with the door faked: what each role sees of it, and what keys and buttons ask of Rust.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { bridge, refuse } from '../../test-bridge';
import { agendaOf, at, card, day, openStudio, signIn } from '../../test-desk';
import type { Card } from '../../../bindings';
import Agenda from './Agenda.svelte';
import { drafts } from './booking-draft.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

let cards: Card[];

function open() {
  render(Agenda, { id: day });
  return screen.findByRole('button', { name: /^Joana Melo/ });
}

beforeEach(() => {
  openStudio();
  bridge.sent.length = 0;
  cards = [
    card('c1', 'artist-0', 'Joana Melo', at(14, 30), at(15, 30), { alerts: 'Nickel allergy' }),
    card('c2', 'artist-0', 'Ana Prado', at(11), at(12), { status: 'completed' }),
    card('c3', 'artist-1', 'Uma Frost', at(14), at(15)),
  ];
  bridge.answers = {
    'agenda.list': () => agendaOf(cards),
    'waitlist.list': () => [],
    'projects.list': () => [],
    'studio.services': () => [
      { id: 'flash', name: 'Flash piece', kind: 'tattoo', minutes: 60, price: 180_000, active: true },
    ],
  };
  signIn('assistant');
  drafts.drop();
});

describe('the desk', () => {
  test('opens a booking and takes its next step; the last one can be taken back', async () => {
    const step = vi.fn(({ appointment_id }: { appointment_id: string }) => {
      cards = cards.map((each) =>
        each.id === appointment_id && each.detail ? { ...each, detail: { ...each.detail, status: 'arrived' } } : each,
      );
      return cards.find((each) => each.id === appointment_id);
    });
    bridge.answers['agenda.arrive'] = step;
    const user = userEvent.setup();
    await user.click(await open());
    expect(screen.getByText('Nickel allergy')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Arrived' }));
    expect(step).toHaveBeenCalledOnce();
    await screen.findByRole('button', { name: /^Joana Melo.*Arrived/ });
    await screen.findByRole('button', { name: 'Start session' });
  });

  test('a move by Alt and arrows shows at once and is asked once', async () => {
    bridge.answers['agenda.edit'] = (args: { starts_at: number; artist_id: string }) => ({
      card: { ...card('c1', args.artist_id, 'Joana Melo', args.starts_at, args.starts_at + 3_600_000), id: 'c1' },
      warnings: [],
    });
    const user = userEvent.setup();
    (await open()).focus();
    await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}{/Alt}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Joana Melo, .*15:00–16:00.*Inês Rocha$/);
    await waitFor(() => expect(bridge.sent.filter((call) => call.command === 'agenda.edit')).toHaveLength(1), {
      timeout: 2000,
    });
    expect(bridge.last('agenda.edit')).toMatchObject({
      appointment_id: 'c1',
      rev: 1,
      artist_id: 'artist-2',
      starts_at: at(15),
      minutes: 60,
    });
  });

  test('a refused move goes back to where it was', async () => {
    bridge.answers['agenda.edit'] = refuse('conflict', { reason: 'overlap' });
    const user = userEvent.setup();
    (await open()).focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await waitFor(() => expect(bridge.last('agenda.edit')).toBeTruthy(), { timeout: 2000 });
    await screen.findByRole('button', { name: /^Joana Melo, .*14:30–15:30.*Mara Quill$/ });
  });

  test('arrows walk from card to card', async () => {
    const user = userEvent.setup();
    (await open()).focus();
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Ana Prado/);
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Uma Frost/);
  });

  test('there is one tab stop for all cards', async () => {
    await open();
    const all = within(screen.getByRole('group', { name: 'Bookings of the day' })).getAllByRole('button');
    expect(all.filter((each) => each.tabIndex === 0)).toHaveLength(1);
  });

  test('a new client is created in place and booked', async () => {
    bridge.answers['clients.search'] = () => [];
    bridge.answers['clients.create'] = ({ name, phone }: { name: string; phone: string }) => ({
      client: { id: 'new', name, phone },
      same_phone: [],
    });
    bridge.answers['agenda.book'] = () => ({ card: card('c9', 'artist-2', 'Bea Nueva', at(16), at(17)), warnings: [] });
    const user = userEvent.setup();
    await open();
    await user.click(screen.getByRole('button', { name: 'New booking' }));
    const form = await screen.findByRole('form', { name: 'New booking' });
    await user.type(within(form).getByRole('combobox', { name: 'Client' }), 'Bea Nueva');
    await user.click(await screen.findByText('Create Bea Nueva'));
    await user.type(within(form).getByLabelText(/^Phone/), '55 1234');
    const draft = drafts.current;
    if (!draft) throw new Error('no draft');
    Object.assign(draft, { artistId: 'artist-2', serviceId: 'flash', start: 16 * 60 });
    await user.click(within(form).getByRole('button', { name: 'Book' }));
    await waitFor(() =>
      expect(bridge.last('agenda.book')).toMatchObject({ client_id: 'new', artist_id: 'artist-2', starts_at: at(16) }),
    );
    expect(bridge.last('clients.create')).toEqual({ name: 'Bea Nueva', phone: '55 1234' });
    expect(drafts.current).toBeNull();
  });

  test('what speaks against a time is said in words', async () => {
    drafts.begin({ artistId: 'artist-0', day, start: 15 * 60, minutes: 60 });
    await open();
    await screen.findByText('Mara Quill already has Joana Melo from 14:30 to 15:30.');
  });
});

describe('an artist', () => {
  beforeEach(() => {
    cards = [cards[0], cards[1], card('c3', 'artist-1', 'Uma Frost', at(14), at(15), null)].filter((each) => !!each);
    signIn('artist', 'artist-0');
  });

  test('sees of a colleague’s visit the time and the name, and whose it is', async () => {
    const user = userEvent.setup();
    await open();
    await user.click(screen.getByRole('button', { name: 'Uma Frost, 14:00–15:00, Dario Vance' }));
    expect(screen.getByText('Dario Vance’s booking')).toBeTruthy();
    for (const name of ['Arrived', 'Move…', 'Cancel booking', 'No-show'])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });

  test('has the actions on their own', async () => {
    const user = userEvent.setup();
    await user.click(await open());
    for (const name of ['Arrived', 'Move…', 'Cancel booking', 'No-show'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
  });

  test('cannot move what is not theirs', async () => {
    const user = userEvent.setup();
    await open();
    screen.getByRole('button', { name: /^Uma Frost/ }).focus();
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(bridge.last('agenda.edit')).toBeUndefined();
  });
});
