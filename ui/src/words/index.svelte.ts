// The words of the desk. `t.agenda.today` reads the language of now; a component that read it redraws when it changes.

import { Failure } from '../door/failure';
import { studio } from '../door/studio.svelte';
import { preferences } from '../preferences.svelte';
import { en, type Messages } from './en';
import { esMX } from './es-MX';

const catalogues = { en, 'es-MX': esMX } satisfies Record<string, Messages>;

export type Language = keyof typeof catalogues;
export const languages: Record<Language, string> = { en: 'English', 'es-MX': 'Español (México)' };

/** The language that serves `locale` best; English where none does. */
export function languageOf(locale: string | undefined): Language {
  const spoken = locale?.toLowerCase().split('-')[0];
  return (Object.keys(catalogues) as Language[]).find((tag) => tag.toLowerCase().split('-')[0] === spoken) ?? 'en';
}

const spoken = $derived(languageOf(preferences.language || studio.settings?.language));

export function language(): Language {
  return spoken;
}

export const t: Messages = {
  get common() {
    return catalogues[spoken].common;
  },
  get errors() {
    return catalogues[spoken].errors;
  },
  get shell() {
    return catalogues[spoken].shell;
  },
  get signIn() {
    return catalogues[spoken].signIn;
  },
  get activity() {
    return catalogues[spoken].activity;
  },
  get agenda() {
    return catalogues[spoken].agenda;
  },
  get board() {
    return catalogues[spoken].board;
  },
  get firstRun() {
    return catalogues[spoken].firstRun;
  },
  get hours() {
    return catalogues[spoken].hours;
  },
  get till() {
    return catalogues[spoken].till;
  },
  get sales() {
    return catalogues[spoken].sales;
  },
  get settings() {
    return catalogues[spoken].settings;
  },
  get staff() {
    return catalogues[spoken].staff;
  },
  get rights() {
    return catalogues[spoken].rights;
  },
  get me() {
    return catalogues[spoken].me;
  },
  get clients() {
    return catalogues[spoken].clients;
  },
  get consent() {
    return catalogues[spoken].consent;
  },
  get stock() {
    return catalogues[spoken].stock;
  },
  get moving() {
    return catalogues[spoken].moving;
  },
  get myDay() {
    return catalogues[spoken].myDay;
  },
  get portfolio() {
    return catalogues[spoken].portfolio;
  },
  get backups() {
    return catalogues[spoken].backups;
  },
  get pictures() {
    return catalogues[spoken].pictures;
  },
  get cash() {
    return catalogues[spoken].cash;
  },
  get printing() {
    return catalogues[spoken].printing;
  },
  get reports() {
    return catalogues[spoken].reports;
  },
  get charts() {
    return catalogues[spoken].charts;
  },
};

/** The sentence for whatever a command was refused with. */
export function sentence(cause: unknown): string {
  const failure = Failure.from(cause);
  return t.errors[failure.code](failure);
}
