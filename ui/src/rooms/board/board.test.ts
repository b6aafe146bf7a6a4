// The reception with the door faked: what keys and buttons ask of Rust, and what a right that is missing takes away.

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Board as Today, Card } from '../../../bindings';
import { bridge } from '../../test-bridge';
import { at, card, openStudio, signIn } from '../../test-desk';
import Board from './Board.svelte';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

let cards: Card[];

function today(): Today {
  return {
    from: at(0),
    to: at(24),
    now: at(14),
    artists: ['Mara Quill', 'Dario Vance'].map((name, index) => ({
      artist_id: `artist-${index}`,
      name,
      opens_at: at(10),
      closes_at: at(20),
      visit_id: null,
      free_from: at(14),
      free_until: at(16),
      queue: 0,
    })),
    cards,
    blocks: [],
    walk_ins: [],
    waiting: 0,
  };
}

beforeEach(() => {
  openStudio();
  bridge.sent.length = 0;
  cards = [
    card('c1', 'artist-0', 'Joana Melo', at(14, 30), at(15, 30), { alerts: 'Nickel allergy' }),
    card('c2', 'artist-1', 'Ana Prado', at(11), at(12), { status: 'in_session' }),
  ];
  bridge.answers = {
    'board.today': today,
    'studio.services': () => [],
    'agenda.openings': () => [],
    'board.step': ({ appointment_id, to }: { appointment_id: string; to: 'arrived' }) => {
      cards = cards.map((each) =>
        each.id === appointment_id && each.detail ? { ...each, detail: { ...each.detail, status: to } } : each,
      );
      return cards.find((each) => each.id === appointment_id);
    },
  };
  signIn('assistant', null, { 'agenda.board': 'allow' });
});

describe('the board', () => {
  test('shows each visit in its lane, with its alert and its next step', async () => {
    render(Board, { id: null });
    const expected = await screen.findByRole('region', { name: /^Expected/ });
    expect(within(expected).getByText('Nickel allergy')).toBeTruthy();
    const user = userEvent.setup();
    await user.click(within(expected).getByRole('button', { name: 'Arrived' }));
    await waitFor(() => expect(bridge.last('board.step')).toEqual({ appointment_id: 'c1', to: 'arrived' }));
    await within(screen.getByRole('region', { name: /^Arrived/ })).findByText('Joana Melo');
  });

  test('Alt and an arrow move a visit on, and the focus stays with it', async () => {
    render(Board, { id: null });
    const user = userEvent.setup();
    (await screen.findByRole('button', { name: /Joana Melo/ })).focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    await waitFor(() => expect(bridge.last('board.step')).toMatchObject({ to: 'arrived' }));
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Joana Melo'));
  });

  test('who may only confirm, check in and begin gets no button for the rest', async () => {
    signIn('artist', 'artist-0', { 'agenda.board': 'allow' });
    render(Board, { id: null });
    const chair = await screen.findByRole('region', { name: /^In chair/ });
    expect(within(chair).queryByRole('button', { name: 'Complete' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Arrived' })).toBeTruthy();
  });

  test('somebody new at the door is created and put on the board on one screen', async () => {
    bridge.answers['clients.search'] = () => [];
    bridge.answers['clients.create'] = ({ name, phone }: { name: string; phone: string }) => ({
      client: { id: 'new', name, phone },
      same_phone: [],
    });
    bridge.answers['board.walk_in'] = today;
    render(Board, { id: null });
    const user = userEvent.setup();
    await screen.findByRole('region', { name: /^Expected/ });
    await user.click(screen.getByRole('button', { name: 'Walk-in' }));
    const dialog = await screen.findByRole('dialog', { name: 'Walk-in' });
    await user.type(within(dialog).getByRole('combobox', { name: 'Client' }), 'Bea Nueva');
    await user.click(await screen.findByText('Create Bea Nueva'));
    await user.click(within(dialog).getByRole('button', { name: 'Put on the board' }));
    await waitFor(() =>
      expect(bridge.last('board.walk_in')).toMatchObject({ client_id: 'new', wish: 'next', artist_id: null }),
    );
  });
});
