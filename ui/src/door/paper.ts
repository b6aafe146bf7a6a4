// Paper comes out of the platform's own print dialog; the page in front decides what is on it (parts/Paper.svelte).

import { invoke } from '@tauri-apps/api/core';
import { Failure } from './failure';

export async function printPage(): Promise<void> {
  try {
    await invoke('print_page');
  } catch (cause) {
    throw Failure.from(cause);
  }
}
