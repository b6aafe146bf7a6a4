// A client's form as it is typed, and as it is sent.

import type { Args, Reply } from '../../door/ask';
import { session } from '../../door/session.svelte';
import { dayOf } from '../../words/format';

export type Client = Reply<'clients.open'>['client'];

/** As typed: empty where nothing is known. */
export interface ClientFields {
  name: string;
  pronouns: string;
  phone: string;
  email: string;
  instagram: string;
  address: string;
  birth_date: string;
  emergency_name: string;
  emergency_phone: string;
  alerts: string;
  preferences: string;
  source: string;
}

const contacts = ['phone', 'email', 'instagram', 'address', 'emergency_name', 'emergency_phone'] as const;

export function typedOf(client: Client | null, name = ''): ClientFields {
  return {
    name: client?.name ?? name,
    pronouns: client?.pronouns ?? '',
    phone: client?.phone ?? '',
    email: client?.email ?? '',
    instagram: client?.instagram ?? '',
    address: client?.address ?? '',
    birth_date: client?.birth_date ?? '',
    emergency_name: client?.emergency_name ?? '',
    emergency_phone: client?.emergency_phone ?? '',
    alerts: client?.alerts ?? '',
    preferences: client?.preferences ?? '',
    source: client?.source ?? '',
  };
}

/** What is sent. Contacts that are not shown are left out: the core keeps them as they are. */
export function sent(typed: ClientFields, shown: boolean): Args<'clients.create'> {
  const filled = Object.entries(typed)
    .filter(([field]) => shown || !contacts.some((contact) => contact === field))
    .map(([field, text]) => [field, text.trim() || null]);
  return { ...(Object.fromEntries(filled) as Partial<ClientFields>), name: typed.name.trim() };
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !!new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);
}

/** Full years between two days. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** Whether this member's switch keeps phones and addresses from them: the core sends none then (D03). */
export function contactsHidden(now: number): boolean {
  const who = session.who;
  if (!who || (who.role !== 'artist' && who.role !== 'apprentice')) return false;
  const set = who.switches.find((each) => each.name === 'view_client_contacts');
  return set !== undefined && !set.on && (set.until === null || set.until > now);
}

export type Visit = Reply<'clients.open'>['visits'][number];

const AHEAD = ['booked', 'confirmed', 'arrived', 'in_session'];

export function isAhead(visit: Visit, now: number): boolean {
  return visit.ends_at > now && AHEAD.some((status) => status === visit.detail?.status);
}

/** The visit that comes next, or goes on now. */
export function nextVisit(visits: Visit[], now: number): Visit | null {
  return visits.filter((visit) => isAhead(visit, now)).toSorted((a, b) => a.starts_at - b.starts_at)[0] ?? null;
}

export function wasHere(visit: Visit): boolean {
  return visit.detail?.status === 'completed';
}

/** Visits that papers can still be signed for, the next one first. */
export function signable(visits: Visit[], today: string): Visit[] {
  return visits
    .filter(({ starts_at, detail }) => detail !== null && dayOf(starts_at) >= today)
    .filter(({ detail }) => detail?.status !== 'cancelled' && detail?.status !== 'no_show')
    .toSorted((a, b) => a.starts_at - b.starts_at);
}
