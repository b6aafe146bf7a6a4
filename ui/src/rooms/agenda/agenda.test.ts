// A day at the desk with the door faked: what each role sees of it, and what keys and buttons ask of Rust.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import Toasts from '../../parts/Toasts.svelte';
import { forgetToasts } from '../../parts/toasts.svelte';
import { bridge, refuse } from '../../test-bridge';
import { agendaOf, at, card, day, openStudio, signIn } from '../../test-desk';
import type { Card } from '../../../bindings';
import Agenda from './Agenda.svelte';
import { drafts } from './booking-draft.svelte';

vi.mock('@tauri-apps/api/core', async () => ({
  invoke: (await import('../../test-bridge')).invoke,
  convertFileSrc: (path: string) => path,
}));

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
    'clients.open': () => ({ notes: [], visits: [] }),
    'pictures.list': () => [],
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

describe('what a change brings with it', () => {
  const waits = {
    id: 'w1',
    client_id: 'client-w1',
    client_name: 'Dana Reis',
    alerts: null,
    phone: null,
    email: null,
    artist_id: null,
    artist_name: null,
    service_id: 'flash',
    service_name: 'Flash piece',
    minutes: 60,
    from: day,
    until: day,
    note: 'Cover-up',
    created_at: at(9),
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: at(12) });
    forgetToasts();
    bridge.answers['waitlist.list'] = () => [waits];
    bridge.answers['waitlist.fits'] = () => [waits];
    bridge.answers['waitlist.settle'] = () => [];
    bridge.answers['agenda.cancel'] = () => {
      cards = cards.map((each) =>
        each.id === 'c1' && each.detail ? { ...each, detail: { ...each.detail, status: 'cancelled' } } : each,
      );
      return cards[0];
    };
  });
  afterEach(() => vi.useRealTimers());

  test('a cancelled time is offered to who waits, and booked in one step', async () => {
    bridge.answers['agenda.book'] = (args: { starts_at: number }) => {
      const booked = card('c8', 'artist-0', 'Dana Reis', args.starts_at, args.starts_at + 3_600_000);
      cards = [...cards, booked];
      return { card: booked, warnings: ['in_buffer'] };
    };
    render(Toasts);
    const user = userEvent.setup({ delay: null });
    await user.click(await open());
    await user.click(screen.getByRole('button', { name: 'Cancel booking' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel booking' }));
    await user.click(await screen.findByRole('button', { name: /^Book 14:30.*Dana Reis/ }));
    await waitFor(() =>
      expect(bridge.last('agenda.book')).toEqual({
        artist_id: 'artist-0',
        client_id: 'client-w1',
        service_id: 'flash',
        starts_at: at(14, 30),
        minutes: 60,
        note: 'Cover-up',
      }),
    );
    await waitFor(() => expect(bridge.last('waitlist.settle')).toEqual({ waiting_id: 'w1', outcome: 'booked' }));
    await screen.findByText(/within the time for setting up or cleaning/);
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Book 14:30/ })).toBeNull());
  }, 15_000);

  test('fitting somebody in marks the gaps that are long enough; one press takes one', async () => {
    const user = userEvent.setup({ delay: null });
    await open();
    await user.click(await screen.findByRole('button', { name: /^Fit in.*Dana Reis/ }));
    const gaps = await screen.findAllByRole('button', { name: /fit in here$/ });
    expect(gaps.map((gap) => gap.getAttribute('aria-label'))).toContain('Mara Quill, free 12:00–14:30: fit in here');
    await user.click(screen.getByRole('button', { name: 'Dario Vance, free 15:00–20:00: fit in here' }));
    expect(drafts.current).toMatchObject({ artistId: 'artist-1', start: 15 * 60, waitingId: 'w1' });
  }, 15_000);

  test('a reminder opens the computer’s own program with the words, and keeps the way', async () => {
    const [first] = cards;
    if (first?.detail) cards[0] = { ...first, detail: { ...first.detail, phone: '+52 55 1234' } };
    bridge.answers.open_link = () => null;
    bridge.answers['agenda.remind'] = () => cards[0];
    const user = userEvent.setup({ delay: null });
    await user.click(await open());
    await user.click(screen.getByRole('button', { name: 'Remind…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remind Joana Melo' });
    await user.click(within(dialog).getByRole('button', { name: 'Text' }));
    await waitFor(() => expect(String(bridge.last('open_link')?.url)).toMatch(/^sms:\+52551234\?body=Hello%20Joana/));
    await within(dialog).findByText(/ready in your messages/);
    expect(within(dialog).queryByRole('button', { name: 'Mail' })).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Mark as reminded' }));
    await waitFor(() => expect(bridge.last('agenda.remind')).toEqual({ appointment_id: 'c1', by: 'message' }));
  }, 15_000);

  test('a step that papers stop asks for them and says what is missing on the card', async () => {
    const [first] = cards;
    if (first?.detail)
      cards[0] = { ...first, detail: { ...first.detail, paperwork: { needed: 2, missing: 1, waived: false } } };
    bridge.answers['agenda.arrive'] = refuse('conflict', { reason: 'paperwork_missing', missing: 1 });
    const user = userEvent.setup({ delay: null });
    await user.click(await open());
    expect(screen.getByRole('button', { name: /^Joana Melo.*No consent/ })).toBeTruthy();
    expect(screen.getByText('1 of 2 signed')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Arrived' }));
    const dialog = await screen.findByRole('dialog', { name: 'Papers are missing' });
    await user.click(within(dialog).getByRole('button', { name: 'Later' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), { timeout: 5000 });
  }, 15_000);

  test('an untouched form is no unfinished work', async () => {
    await open();
    drafts.begin({ artistId: 'artist-0', day, start: 16 * 60, minutes: 60 });
    expect(drafts.current?.written).toBe(false);
    if (drafts.current) drafts.current.start = 17 * 60;
    expect(drafts.current?.written).toBe(false);
    if (drafts.current) drafts.current.note = 'Bring the sketch';
    expect(drafts.current?.written).toBe(true);
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
