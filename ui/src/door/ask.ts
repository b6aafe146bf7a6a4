// The only way from the window to Rust.

import { invoke } from '@tauri-apps/api/core';
import type { Code, Commands } from '../../bindings';
import { Failure } from './failure';

export type CommandName = keyof Commands & string;
export type Args<C extends CommandName> = Commands[C]['args'];
export type Reply<C extends CommandName> = Commands[C]['reply'];

const watchers = new Map<Code, Set<(failure: Failure) => void>>();

/** Calls `act` whenever any command is refused with `code`. Returns the way to stop. */
export function onRefusal(code: Code, act: (failure: Failure) => void): () => void {
  const set = watchers.get(code) ?? new Set();
  watchers.set(code, set.add(act));
  return () => set.delete(act);
}

/** Grows with each person who leaves the desk. */
let person = 0;

/** Whoever was at the desk has left it: what is still on its way to them concerns nobody any more. */
export function leftTheDesk() {
  person += 1;
}

/**
 * Asks the desk's door. `key` names one intent: make it once with `crypto.randomUUID()` and pass the same one on every
 * retry, so that a payment that was taken is not taken twice.
 */
export function ask<C extends CommandName>(
  command: C,
  args: Args<C>,
  options: { key?: string } = {},
): Promise<Reply<C>> {
  return judged(() => invoke<Reply<C>>('desk', { command, key: options.key ?? null, args }));
}

/**
 * Asks with the bytes of a file, which Rust is to find as `base64` among the arguments. They leave as they are: made a
 * text here, each picture would take four times its memory and hold the window up.
 */
export function askWith<C extends CommandName>(
  command: C,
  args: Omit<Args<C>, 'base64'>,
  bytes: Uint8Array,
  options: { key?: string } = {},
): Promise<Reply<C>> {
  const told = JSON.stringify({ command, key: options.key ?? null, args });
  // A header takes no letters beyond the first hundred and some.
  const ask = told.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return judged(() => invoke<Reply<C>>('desk', bytes, { headers: { ask } }));
}

async function judged<T>(invoked: () => Promise<T>): Promise<T> {
  const asker = person;
  try {
    return await invoked();
  } catch (cause) {
    const failure = Failure.from(cause);
    if (failure.code === 'no_session' && asker !== person) {
      failure.late = true;
      throw failure;
    }
    watchers.get(failure.code)?.forEach((act) => act(failure));
    throw failure;
  }
}
