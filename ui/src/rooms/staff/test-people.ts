// People for tests.

import type { Member } from './directory';

export function person(name: string, role: Member['role'], others: Partial<Member> = {}): Member {
  const username = name.toLowerCase().split(' ')[0] ?? name;
  return {
    id: `id-${username}`,
    name,
    username,
    role,
    role_until: null,
    role_after: null,
    active: true,
    archived_at: null,
    artist_id: role === 'artist' || role === 'apprentice' ? `artist-${username}` : null,
    profile: { pronouns: null, email: null, phone: null, about: null, languages: [], skills: [], styles: [] },
    employment: null,
    guest_from: null,
    guest_until: null,
    hours: [],
    appointments_today: null,
    next_at: null,
    commission_bp: null,
    must_change: false,
    last_seen_at: null,
    switches: [],
    ...others,
  };
}
