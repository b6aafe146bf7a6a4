// Lists and papers leave the desk as files that Rust writes: the window names the file, never the folder.

import { invoke } from '@tauri-apps/api/core';
import { Failure } from './failure';

/** A file that the core made: a table as text, or a paper as base64. */
export type Made = { name: string; text: string } | { name: string; base64: string };

/** Saves under a free name like the file's; gives back where it lies. */
export async function saveFile(file: Made): Promise<string> {
  const content = 'text' in file ? { text: file.text } : { base64: file.base64 };
  try {
    return await invoke<string>('save', { name: file.name, content });
  } catch (cause) {
    throw Failure.from(cause);
  }
}
