// Mail and phone links: opened by the computer's own programs. Inkpoint sends nothing by itself.

import { invoke } from '@tauri-apps/api/core';
import { Failure } from './failure';

async function open(url: string): Promise<void> {
  try {
    await invoke('open_link', { url });
  } catch (cause) {
    throw Failure.from(cause);
  }
}

/** A number as links take it: digits and a leading plus. */
function dialled(phone: string): string {
  return phone.replace(/(?!^\+)\D/g, '');
}

export function openMail(to: string, subject: string, text: string): Promise<void> {
  return open(
    `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`,
  );
}

export function openCall(phone: string): Promise<void> {
  return open(`tel:${dialled(phone)}`);
}

export function openMessage(phone: string, text: string): Promise<void> {
  return open(`sms:${dialled(phone)}?body=${encodeURIComponent(text)}`);
}
