// A studio, people and a day for tests of components.

import type { Action, Agenda, Card, CardDetail, Policy, PortfolioItem, Role, Whoami } from '../bindings';
import { session } from './door/session.svelte';
import { studio } from './door/studio.svelte';

export const zone = 'America/Mexico_City';

export function openStudio() {
  studio.status = {
    version: '0.1.0',
    now: Date.now(),
    studio: {
      id: 'studio',
      demo: false,
      settings: {
        name: 'Casa Tinta',
        currency: 'MXN',
        exponent: 2,
        locale: 'es-MX',
        language: 'en',
        zone,
        week_start: 1,
        hours: [],
        tax_bp: 0,
        prices_include_tax: true,
        cash_rounding: 0,
        deposit_cancel_hours: 48,
        blind_count: false,
        difference_limit: null,
        elevation_minutes: 5,
        idle_minutes: 5,
        rotation_days: 90,
        elevation_reason: false,
        lock_after_sale: false,
        commission_after_discount: true,
        receipt_note: '',
        printer_host: '',
        printer_port: 9100,
        printer_columns: 42,
        printer_letters: 'pc858',
        printer_pin: 'two',
        printer_drawer: true,
        paperwork_gate: 'warn',
        paperwork_at: 'check_in',
        consent_years: 10,
      },
      clock_zone: 'Etc/GMT+6',
      denominations: [],
      anchored: true,
      clock: null,
      backup: { at: null, late: false, second_late: false, test_due: false },
      halted: null,
    },
    studios: [],
    single: true,
    signed_in: false,
    client_view: false,
    refused: null,
  };
}

const agendaActions: Action[] = [
  'agenda.view',
  'agenda.create',
  'agenda.edit',
  'agenda.cancel',
  'agenda.complete',
  'agenda.no_show',
  'agenda.block',
];

/** Whoami of a role, with the agenda's rights as its policy for them. */
export function whoami(
  role: Role,
  artistId: string | null = null,
  others: Partial<Record<Action, Policy>> = {},
): Whoami {
  const policy: Policy = artistId ? 'own' : 'allow';
  const agenda = Object.fromEntries(
    agendaActions.map((action) => [action, action === 'agenda.view' ? 'allow' : policy]),
  );
  return {
    member: { id: `member-${role}`, name: 'Lena Sommer', username: 'lena', artist_id: artistId },
    role,
    actions: { 'clients.view': 'allow', 'clients.create': 'allow', ...agenda, ...others } as Whoami['actions'],
    elevation: null,
    client_view: false,
    must_change_password: false,
    role_until: null,
    role_after: null,
    reminders: {
      code_due: null,
      review_due: null,
      few_admins: false,
      needs_recovery_code: false,
      stock_low: 0,
      stock_expiring: 0,
    },
    has_pin: false,
    password_age_days: 0,
    unread: 0,
    switches: [],
    now: Date.now(),
    clock: null,
  };
}

export function signIn(role: Role, artistId: string | null = null, others: Partial<Record<Action, Policy>> = {}) {
  session.who = whoami(role, artistId, others);
}

export const day = '2026-11-20';
const midnight = Date.UTC(2026, 10, 20, 6);

/** The instant of a wall time on the day of these tests. */
export function at(hour: number, minute = 0): number {
  return midnight + (hour * 60 + minute) * 60_000;
}

export function card(
  id: string,
  artistId: string,
  client: string,
  start: number,
  end: number,
  detail?: Partial<CardDetail> | null,
): Card {
  return {
    id,
    artist_id: artistId,
    artist_name: 'Mara Quill',
    client_name: client,
    starts_at: start,
    ends_at: end,
    detail:
      detail === null
        ? null
        : {
            client_id: `client-${id}`,
            status: 'confirmed',
            service_id: 'flash',
            service_name: 'Flash piece',
            price: 180_000,
            paperwork: { needed: 0, missing: 0, waived: false },
            rev: 1,
            ...detail,
          },
  };
}

export function agendaOf(cards: Card[]): Agenda {
  return {
    from: midnight,
    to: midnight + 24 * 3_600_000,
    opens: 600,
    closes: 1200,
    artists: ['Mara Quill', 'Dario Vance', 'Inês Rocha'].map((name, at) => ({
      artist_id: `artist-${at}`,
      name,
      booked_minutes: 60,
      opens: 600,
      closes: 1200,
      hours: [{ weekday: 5, opens: 600, closes: 1200 }],
      from: null,
      until: null,
    })),
    cards,
    blocks: [],
  };
}

export function portfolioItem(id: string, artist: number, more: Partial<PortfolioItem> = {}): PortfolioItem {
  return {
    id,
    artist_id: `artist-${artist}`,
    artist_name: ['Mara Quill', 'Dario Vance'][artist] ?? '',
    title: null,
    description: null,
    styles: [],
    body_area: null,
    colour: null,
    stage: null,
    featured: false,
    published: true,
    permission: 'not_asked',
    shown: true,
    client: null,
    appointment_id: null,
    width: 1200,
    height: 900,
    crop: null,
    original_width: more.crop ? 2400 : 1200,
    original_height: more.crop ? 1800 : 900,
    version: `${id}v1`,
    added_at: at(15),
    by: 'Mara Quill',
    ...more,
  };
}
