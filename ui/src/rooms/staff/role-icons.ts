import type { Component } from 'svelte';
import ConciergeBell from '@lucide/svelte/icons/concierge-bell';
import Crown from '@lucide/svelte/icons/crown';
import GraduationCap from '@lucide/svelte/icons/graduation-cap';
import PenTool from '@lucide/svelte/icons/pen-tool';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import type { Role } from '../../../bindings';

export const roleIcons = {
  owner: Crown,
  admin: ShieldCheck,
  assistant: ConciergeBell,
  artist: PenTool,
  apprentice: GraduationCap,
} satisfies Record<Role, Component>;

/** Roles that can be given. Ownership is handed over, never given (D07). */
export const givenRoles = ['assistant', 'artist', 'apprentice', 'admin'] as const satisfies Role[];
