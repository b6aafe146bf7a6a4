// Until these have landed in the bindings. Nothing of it stays.

import type { Role, SwitchName, SwitchState, Whoami } from '../../bindings';

type Query<A, R> = { kind: 'query'; keyed: false; args: A; reply: R };
type Change<A, R> = { kind: 'change'; keyed: false; args: A; reply: R };

export interface PendingWho {
  has_pin: boolean;
  password_age_days: number;
  unread: number;
  role_until: number | null;
  role_after: Role | null;
  switches: SwitchState[];
  review_due: string | null;
  code_due: 'age' | 'left' | 'suspicion' | null;
  few_admins: boolean;
  needs_recovery_code: boolean;
}
export type Who = Whoami & PendingWho;
export interface PendingSettings {
  elevation_reason: boolean;
  lock_after_sale: boolean;
}
export interface PendingFilter {
  role_changes?: boolean;
  kind?: 'sign_in' | 'people' | 'agenda' | 'clients' | 'money' | 'stock' | 'settings' | 'code' | 'log' | null;
  from?: number | null;
  to?: number | null;
}
interface Chain {
  entries: number;
  head: string;
  at: number | null;
  anchor: 'holds' | 'none' | 'broken';
}
interface Review {
  month: string;
  from: number;
  to: number;
  signed_at: number | null;
  signed_by: string | null;
  accounts: {
    active: Record<Role, number>;
    created: { name: string; at: number; role: Role }[];
    archived: { name: string; at: number; role: Role }[];
    never_signed_in: string[];
    idle: { name: string; last_seen_at: number }[];
  };
  role_changes: { at: number; member: string; by: string; old_role: Role; new_role: Role; until: number | null }[];
  switches: { member: string; name: SwitchName; on: boolean; until: number | null }[];
  refusals: { member: string | null; code: string; command: string; count: number }[];
  failed_sign_ins: { name: string | null; count: number }[];
  elevated: { member: string; by: string; command: string; count: number }[];
  elevations: number;
  exports: { at: number; member: string; command: string; rows: number }[];
  code: { changed_at: number; due_at: number; overdue: boolean; because: 'age' | 'left' | 'suspicion' | null };
  rotations: number;
  few_admins: boolean;
  last_backup_at: number | null;
  last_drill_at: number | null;
  chain: Chain;
}

declare module '../../bindings' {
  interface Commands {
    'studio.transfer': Change<{ member_id: string; password: string; studio_name: string }, Whoami>;
    'studio.delete': Change<{ password: string; studio_name: string }, { backup: string; trash: string }>;
    'security.history': Query<Nothing, { id: string; name: string; value: unknown; changed_at: number; by: string }[]>;
    'security.restore_setting': Change<{ id: string }, Settings & PendingSettings>;
    'activity.export': Change<
      PendingFilter & { member_id?: string | null; refusals?: boolean; elevated?: boolean },
      { name: string; text: string; rows: number }
    >;
    'activity.chain': Query<Nothing, Chain>;
    'activity.verify': Query<Nothing, { entries: number; holds: boolean; problems: string[]; anchor: string }>;
    'activity.review': Query<{ month: string }, Review>;
    'activity.sign_review': Change<{ month: string; note?: string | null }, Review>;
  }
}
