// What a client reads: in their language, whatever the desk speaks.

import { en } from '../../words/en';
import { esMX } from '../../words/es-MX';
import type { Language } from '../../words/index.svelte';

const catalogues = { en, 'es-MX': esMX } satisfies Record<Language, unknown>;

interface Facts {
  client: string;
  studio: string;
  artist: string;
  at: number;
  time: string;
  zone: string;
}

export function reminder(language: Language, { client, studio, artist, at, time, zone }: Facts): string {
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
  const [first = client] = client.trim().split(/\s+/);
  return catalogues[language].agenda.remind.message(first, studio, artist, day, time);
}
