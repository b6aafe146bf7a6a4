// Lists leave the desk as files that Rust writes: the window names the file, never the folder.

import { invoke } from '@tauri-apps/api/core';
import { Failure } from './failure';

/** Saves `text` under a free name like `name`; gives back where it lies. */
export async function save(name: string, text: string): Promise<string> {
  try {
    return await invoke<string>('save', { name, text });
  } catch (cause) {
    throw Failure.from(cause);
  }
}
