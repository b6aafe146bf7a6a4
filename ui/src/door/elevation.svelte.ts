// The window of time after a right master code. Rust opens and ends it; this page counts down and asks.

import type { Action, Approver } from '../../bindings';
import { ask } from './ask';
import { clock } from './clock.svelte';
import { Failure } from './failure';
import { session } from './session.svelte';

export interface Request {
  /** Null where no action waits: the window is only kept open. */
  action: Action | null;
  /** What is about to happen, in the person's words: "Refund $ 500.00, Joana Melo". */
  label: string;
  reply: (opened: boolean) => void;
}

class Elevation {
  request = $state.raw<Request | null>(null);
  /** How long the window was when it opened, for the bar that shrinks. */
  length = $state(0);
  /** What the present window was opened for; keeping it open asks for the same. */
  private action: Action | null = null;

  readonly expiresAt = $derived(session.who?.elevation?.expires_at ?? null);
  /** Never more than the whole window: the ticking clock is up to a second behind the moment it opened. */
  readonly left = $derived(
    this.expiresAt === null ? 0 : Math.max(0, Math.min(this.expiresAt - clock.now, this.length || Infinity)),
  );
  readonly active = $derived(this.left > 0);

  /** Opens the code dialog; true once the code was right, false when the person left it. */
  ask(action: Action | null, label: string): Promise<boolean> {
    this.request?.reply(false);
    return new Promise((resolve) => {
      this.request = {
        action,
        label,
        reply: (opened) => {
          this.request = null;
          resolve(opened);
        },
      };
    });
  }

  /** Opens the window with the master code, or with the password of somebody who may approve. */
  async open(proof: { code: string } | { approver: Approver }, action: Action | null, reason: string) {
    session.who = await ask('session.elevate', { ...proof, action, reason: reason || null });
    this.action = action;
    this.length = (session.who.elevation?.expires_at ?? 0) - Date.now();
  }

  /** Asks for the code once more before the time is over. */
  extend(label: string) {
    return this.ask(this.action, label);
  }

  async end() {
    session.who = await ask('session.drop_elevation', {});
  }
}

export const elevation = new Elevation();

/**
 * Runs `work`, which needs `action`. Where that is locked, the code dialog comes first and `work` continues after it;
 * the caller's form is untouched meanwhile. Undefined when the person left the dialog.
 */
export async function unlocked<T>(action: Action, label: string, work: () => Promise<T>): Promise<T | undefined> {
  if (session.policy(action) === 'locked' && !elevation.active && !(await elevation.ask(action, label)))
    return undefined;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      // The window may close between the code and the command, or Rust may know of a lock this page does not.
      if (Failure.from(cause).code !== 'elevation_required') throw cause;
      if (!(await elevation.ask(action, label))) return undefined;
    }
  }
}
