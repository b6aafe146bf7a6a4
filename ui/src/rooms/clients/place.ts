// What of the clients' room is open: the last piece of the address, "id", "id.notes", "duplicates" or "import".

import { href } from '../../shell/router.svelte';

export const tabs = ['overview', 'projects', 'visits', 'consents', 'photos', 'inks', 'money', 'notes'] as const;
export type Tab = (typeof tabs)[number];

const pages = ['duplicates', 'import'] as const;
export type Page = (typeof pages)[number];

export interface Place {
  page: Page | null;
  client: string | null;
  tab: Tab;
}

export function placeOf(id: string | null): Place {
  const [client = '', name] = (id ?? '').split('.');
  const page = pages.find((each) => each === client) ?? null;
  return {
    page,
    client: page ? null : client || null,
    tab: tabs.find((each) => each === name) ?? 'overview',
  };
}

export function placeName(client: string, tab: Tab = 'overview'): string {
  return tab === 'overview' ? client : `${client}.${tab}`;
}

export function clientHref(client: string, tab: Tab = 'overview'): string {
  return href('clients', placeName(client, tab));
}
