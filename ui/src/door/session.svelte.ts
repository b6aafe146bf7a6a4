// Who is at the desk, and what Rust says they may do. Hiding a button here is a courtesy; Rust checks every command again.

import type { Action, Policy } from '../../bindings';
import { ask, leftTheDesk, onRefusal, type Reply } from './ask';
import { drafts } from './drafts.svelte';

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
    // Somebody handed the desk to a client, and this page does not know it yet.
    onRefusal('client_view', () => void this.resume().catch(() => undefined));
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
    const here = this.member?.id;
    const who = await ask('session.whoami', {});
    // Locked meanwhile: what was true of the last person is not of the next.
    if (this.member?.id === here) this.who = who;
  }

  async signIn(username: string, password: string) {
    const who = await ask('session.sign_in', { username, password });
    this.temporary = who.must_change_password ? password : '';
    await this.#enter(who);
  }

  /** Where the password was typed today, a few digits are enough for the rest of it. */
  async signInByPin(username: string, pin: string) {
    await this.#enter(await ask('session.sign_in_pin', { username, pin }));
  }

  /** Draws what Rust still holds after the window was drawn anew: a desk that was handed to a client. */
  async resume() {
    this.who = await ask('session.whoami', {});
  }

  /** Hands the desk to a client, who looks at portfolios. Rust refuses everything else until it is taken back. */
  async beginView() {
    await drafts.flush();
    this.who = await ask('portfolio.begin_view', {});
  }

  async endView(password: string) {
    const who = await ask('portfolio.end_view', { password });
    if (drafts.loaded) this.who = who;
    else await this.#enter(who);
  }

  async changePassword(current: string, chosen: string) {
    const waited = this.who?.must_change_password ?? false;
    const who = await ask('session.change_password', { current, new: chosen });
    this.temporary = '';
    if (waited) await this.#enter(who);
    else this.who = who;
  }

  /** What the person left unfinished comes before the first page, so that this one opens where they stopped. */
  async #enter(who: Who) {
    this.lastUsername = who.member.username;
    // Without their unfinished work they can still work.
    if (!who.must_change_password) await drafts.load().catch(() => undefined);
    this.who = who;
  }

  /** The desk goes back to the tiles. What was on screen is dropped; unfinished work waits for its owner. */
  async lock() {
    if (!this.who) return;
    try {
      await drafts.flush();
      await ask('session.lock', {});
    } finally {
      this.forget();
    }
  }

  forget() {
    this.lastUsername = this.member?.username ?? this.lastUsername;
    this.who = null;
    this.temporary = '';
    drafts.forget();
    leftTheDesk();
  }
}

export const session = new Session();
