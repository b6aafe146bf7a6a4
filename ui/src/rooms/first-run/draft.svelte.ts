// The studio that is being set up. It lives in this window only, until Rust has made it.

import type { Args } from '../../door/ask';
import { editable, kept } from '../../parts/hours';
import { language } from '../../words/index.svelte';
import { exponentOf, readAmount } from './amount';
import { currencyNear, localZone } from './places';
import { isUsername, passwordRules, suggestUsername } from './rules';
import { rowsOf, type ServiceRow, type Template } from './templates';

export const steps = ['language', 'studio', 'owner', 'hours', 'artists', 'services'] as const;
export type Step = (typeof steps)[number];

export interface ArtistRow {
  name: string;
  /** Basis points; null while the field names no share. */
  share: number | null;
  username: string;
  apprentice: boolean;
}

const usualWeek = () => editable([1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: 600, closes: 1200 })));

export class StudioDraft {
  name = $state('');
  zone = $state(localZone());
  // Each follows the language and the zone until somebody picks one.
  #locale = $state<string | null>(null);
  #currency = $state<string | null>(null);
  weekStart = $state(1);
  tax = $state<number | null>(0);
  owner = $state({ name: '', username: '', password: '', tattoos: true });
  /** A user name that was typed is no longer suggested. */
  ownUsername = $state(false);
  days = $state(usualWeek());
  artists = $state<ArtistRow[]>([]);
  template = $state<Template>('tattoo');
  services = $state<ServiceRow[]>([]);
  #filledFor = '';

  readonly exponent = $derived(exponentOf(this.currency));
  readonly password = $derived(passwordRules(this.owner.password, [this.owner.name, this.owner.username, this.name]));
  readonly hours = $derived(kept(this.days));
  readonly ready = $derived<Record<Step, boolean>>({
    language: true,
    studio:
      this.name.trim() !== '' && this.currency !== '' && this.zone !== '' && this.tax !== null && this.tax < 10_000,
    owner:
      this.owner.name.trim() !== '' && isUsername(this.owner.username) && Object.values(this.password).every(Boolean),
    hours: this.hours !== null,
    artists: this.artists.every((row, at) => this.blank(row) || (row.share !== null && !this.usernameWrong(at))),
    services: this.services.every(
      (row) => row.name.trim() === '' || (this.minutesRight(row) && this.price(row) !== null),
    ),
  });

  get locale(): string {
    return this.#locale ?? (language() === 'es-MX' ? 'es-MX' : 'en-US');
  }

  set locale(picked: string) {
    this.#locale = picked;
  }

  get currency(): string {
    return this.#currency ?? currencyNear(this.zone, this.locale);
  }

  set currency(picked: string) {
    this.#currency = picked;
  }

  blank(row: ArtistRow): boolean {
    return row.name.trim() === '';
  }

  price(row: ServiceRow): number | null {
    return readAmount(row.price, this.exponent);
  }

  minutesRight(row: ServiceRow): boolean {
    return Number.isInteger(row.minutes) && row.minutes >= 5 && row.minutes <= 1440;
  }

  usernameWrong(at: number): 'form' | 'taken' | null {
    const wanted = this.artists[at]?.username ?? '';
    if (wanted === '') return null;
    if (!isUsername(wanted)) return 'form';
    const others = this.artists.filter((_, other) => other !== at).map((row) => row.username);
    return [this.owner.username, ...others].includes(wanted) ? 'taken' : null;
  }

  suggestOwner() {
    if (!this.ownUsername) this.owner.username = suggestUsername(this.owner.name);
  }

  addArtist() {
    this.artists.push({ name: '', share: 5_000, username: '', apprentice: false });
  }

  /** Fills the services once for each template, currency and language, so that going back loses nothing. */
  fill(template: Template, again = false) {
    const wanted = `${template} ${this.currency} ${language()}`;
    if (!again && this.#filledFor !== '') return;
    this.template = template;
    if (this.#filledFor === wanted) return;
    this.#filledFor = wanted;
    this.services = rowsOf(template, this.currency);
  }

  args(): Args<'studio.create'> {
    return {
      name: this.name.trim(),
      currency: this.currency,
      zone: this.zone,
      locale: this.locale,
      language: language(),
      week_start: this.weekStart,
      hours: this.hours ?? [],
      tax_bp: this.tax ?? 0,
      owner: { ...this.owner, name: this.owner.name.trim() },
      artists: this.artists
        .filter((row) => !this.blank(row))
        .map((row) => ({
          name: row.name.trim(),
          username: row.username || null,
          commission_bp: row.share,
          apprentice: row.apprentice,
        })),
      services: this.services
        .filter((row) => row.name.trim() !== '')
        .map((row) => ({
          name: row.name.trim(),
          kind: row.kind,
          minutes: row.minutes,
          price: this.price(row) ?? 0,
        })),
    };
  }
}
