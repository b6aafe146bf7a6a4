// Where a picture is shown from: the shell asks the door for each.

import { convertFileSrc } from '@tauri-apps/api/core';

export function pictureUrl(id: string, size: 'thumb' | 'full'): string {
  return convertFileSrc(`${id}.${size}`, 'studio');
}

export function portfolioUrl(id: string, size: 'thumb' | 'full'): string {
  return convertFileSrc(`portfolio.${id}.${size}`, 'studio');
}
