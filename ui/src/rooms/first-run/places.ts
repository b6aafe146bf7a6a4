// Where in the world the studio may be: zones, currencies and ways to write a date that this window knows by name.

import { currencies as known } from '../../../bindings';
import type { Choice } from '../../parts/Select.svelte';

const named = (language: string, type: 'currency' | 'language') => new Intl.DisplayNames(language, { type });

/** The currencies of the core with their names; those with known coins and notes come first. */
export function currencies(language: string): Choice[] {
  const names = named(language, 'currency');
  const usual = ['MXN', 'USD', 'EUR', 'GBP', 'CAD', 'BRL', 'COP', 'CLP', 'ARS', 'CHF', 'JPY'];
  const others = Object.keys(known).filter((code) => !usual.includes(code));
  return [...usual, ...others].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

/** Every zone, as "Mexico City" with its region beside it. */
export function zones(): Choice[] {
  const known = Intl.supportedValuesOf('timeZone');
  return (known.includes('UTC') ? known : [...known, 'UTC']).map((zone) => {
    const [region = '', ...place] = zone.split('/');
    return { value: zone, label: (place.at(-1) ?? region).replaceAll('_', ' '), detail: zone };
  });
}

const locales = [
  'en-US',
  'en-GB',
  'en-CA',
  'en-AU',
  'es-MX',
  'es-ES',
  'es-AR',
  'es-CO',
  'es-CL',
  'pt-BR',
  'pt-PT',
  'fr-FR',
];

/** Ways to write figures and dates, each shown by an example. */
export function writings(language: string): Choice[] {
  const names = named(language, 'language');
  const sample = new Date(Date.UTC(2026, 10, 20, 12));
  return locales.map((locale) => ({
    value: locale,
    label: names.of(locale) ?? locale,
    detail: `${new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(1234.5)} · ${new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).format(sample)}`,
  }));
}

export function localZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone || 'UTC';
}

/** Of the regions that a way to write stands for, where the zone says nothing. */
const regional: Record<string, string> = {
  MX: 'MXN',
  GB: 'GBP',
  CA: 'CAD',
  AU: 'AUD',
  AR: 'ARS',
  CO: 'COP',
  CL: 'CLP',
  BR: 'BRL',
  ES: 'EUR',
  PT: 'EUR',
  FR: 'EUR',
};

/** The currency most people in this zone are paid in, as a start; of a zone that is no place, the region's. */
export function currencyNear(zone: string, locale: string): string {
  if (
    /^America\/(Mexico_City|Monterrey|Tijuana|Merida|Cancun|Chihuahua|Hermosillo|Mazatlan|Bahia_Banderas|Ojinaga|Matamoros|Ciudad_Juarez)$/.test(
      zone,
    )
  )
    return 'MXN';
  if (/^America\/(Toronto|Vancouver|Edmonton|Winnipeg|Halifax|St_Johns|Regina)$/.test(zone)) return 'CAD';
  if (/^America\/(Sao_Paulo|Bahia|Fortaleza|Recife|Manaus)$/.test(zone)) return 'BRL';
  if (/^America\/(Bogota)$/.test(zone)) return 'COP';
  if (/^America\/(Santiago)$/.test(zone)) return 'CLP';
  if (/^America\/(Argentina\/.*|Buenos_Aires)$/.test(zone)) return 'ARS';
  if (zone === 'Europe/London') return 'GBP';
  if (zone === 'Europe/Zurich') return 'CHF';
  if (zone === 'Asia/Tokyo') return 'JPY';
  if (zone.startsWith('Europe/')) return 'EUR';
  return /^(UTC|GMT|Etc\/.*)?$/.test(zone) ? (regional[locale.slice(3)] ?? 'USD') : 'USD';
}
