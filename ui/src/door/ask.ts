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

/** So much of a file leaves at once, in bytes. */
const PIECE = 1 << 20;

/** Gives memory back at once: an engine lets a hundred megabytes gather before it looks for what is no longer used. */
function release(memory: ArrayBuffer & { transfer?: (length: number) => void }) {
  memory.transfer?.(0);
}

/**
 * Asks with a file, which Rust is to find as `base64` among the arguments. It leaves piece by piece: in one, and made a
 * text here, each picture would take many times its memory and hold the window up. `onpart` hears how much is on the
 * other side, from 0 to 1; `signal` stops it until then. A file that cannot be read throws a `DOMException`.
 */
export async function askWith<C extends CommandName>(
  command: C,
  args: Omit<Args<C>, 'base64'>,
  file: Blob,
  options: { key?: string; signal?: AbortSignal; onpart?: (part: number) => void } = {},
): Promise<Reply<C>> {
  const parcel = crypto.randomUUID();
  for (let at = 0; at === 0 || at < file.size; at += PIECE) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    options.signal?.throwIfAborted();
    await judged(() => invoke('hand_in', piece, { headers: { parcel, at: String(at) } }));
    release(piece.buffer);
    options.onpart?.(Math.min(1, (at + PIECE) / file.size));
  }
  options.signal?.throwIfAborted();
  return judged(() => invoke<Reply<C>>('desk', { command, key: options.key ?? null, args, parcel }));
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
