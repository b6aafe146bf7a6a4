// Lists and papers leave the desk as files that Rust writes: the window names the file, never the folder.

import { invoke } from '@tauri-apps/api/core';
import { Failure } from './failure';

/** A file that the core made: a table as text, or a paper as base64. */
export type Made = { name: string; text: string } | { name: string; base64: string };

// Tables run what begins like a formula; a cell may come from somebody else's file.
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a table for a spreadsheet, in which nothing runs. */
export function tableText(rows: readonly (readonly string[])[]): string {
  return '\u{FEFF}' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/** Saves under a free name like the file's; gives back where it lies. */
export async function saveFile(file: Made): Promise<string> {
  const content = 'text' in file ? { text: file.text } : { base64: file.base64 };
  try {
    return await invoke<string>('save', { name: file.name, content });
  } catch (cause) {
    throw Failure.from(cause);
  }
}
