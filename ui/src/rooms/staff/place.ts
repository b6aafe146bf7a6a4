// Whose page is open, and which part of it: the last piece of the address, "id.rights".

import { href } from '../../shell/router.svelte';

export const tabs = ['profile', 'hours', 'commission', 'rights', 'account', 'checklist'] as const;
export type Tab = (typeof tabs)[number];

export function placeOf(id: string | null): { member: string | null; tab: Tab } {
  const [member = '', name] = (id ?? '').split('.');
  return { member: member || null, tab: tabs.find((each) => each === name) ?? 'profile' };
}

export function placeName(member: string, tab: Tab): string {
  return tab === 'profile' ? member : `${member}.${tab}`;
}

export function memberHref(member: string, tab: Tab = 'profile'): string {
  return href('staff', placeName(member, tab));
}
