// Who is at the desk, and what Rust says they may do. Hiding a button here is a courtesy; Rust checks every command again.

import type { Action, Policy } from '../../bindings';
import { ask, onRefusal, type Reply } from './ask';

type Who = Reply<'session.whoami'>;

class Session {
  who = $state.raw<Who | null>(null);
  /** Whoever was here last, so that the lock screen offers their tile first. */
  lastUsername = $state('');

  /** A temporary password that was just typed need not be typed again to be replaced. */
  temporary = '';

  readonly member = $derived(this.who?.member ?? null);

  constructor() {
    onRefusal('no_session', () => this.forget());
    onRefusal('password_change_required', () => {
      if (this.who) this.who = { ...this.who, must_change_password: true };
    });
  }

  /** The policy for `action`; anything Rust did not name is denied. */
  policy(action: Action): Policy {
    return this.who?.actions[action] ?? 'deny';
  }

  /** May the person do `action` at all, on some record, perhaps with the master code? */
  can(action: Action): boolean {
    return this.policy(action) !== 'deny';
  }

  /** May the person do `action` on a record of this artist? */
  canFor(action: Action, artistId: string | null): boolean {
    const policy = this.policy(action);
    if (policy === 'own') return artistId !== null && artistId === (this.member?.artist_id ?? null);
    return policy !== 'deny';
  }

  async refresh() {
    this.who = await ask('session.whoami', {});
  }

  async signIn(username: string, password: string) {
    this.who = await ask('session.sign_in', { username, password });
    this.lastUsername = username;
    this.temporary = this.who.must_change_password ? password : '';
  }

  async changePassword(current: string, chosen: string) {
    this.who = await ask('session.change_password', { current, new: chosen });
    this.temporary = '';
  }

  /** The desk goes back to the tiles. What was on screen is dropped; drafts stay with their owner. */
  async lock() {
    if (!this.who) return;
    try {
      await ask('session.lock', {});
    } finally {
      this.forget();
    }
  }

  forget() {
    this.lastUsername = this.member?.username ?? this.lastUsername;
    this.who = null;
    this.temporary = '';
  }
}

export const session = new Session();
