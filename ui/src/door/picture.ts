// Where a picture is shown from: the shell asks the door for each.

import { convertFileSrc } from '@tauri-apps/api/core';

export function pictureUrl(id: string, size: 'thumb' | 'full'): string {
  return convertFileSrc(`${id}.${size}`, 'studio');
}

/** A picture that was cut anew has another version: the engine keeps what it unpacked by the address, whatever came since. */
export function portfolioUrl({ id, version }: { id: string; version: string }, size: 'thumb' | 'full'): string {
  return `${convertFileSrc(`portfolio.${id}.${size}`, 'studio')}?v=${version}`;
}

/** All of what a picture was cut from. It stays as it is. */
export function originalUrl(id: string): string {
  return convertFileSrc(`portfolio.${id}.original`, 'studio');
}
