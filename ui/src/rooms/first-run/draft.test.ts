import { afterEach, expect, test } from 'vitest';
import { prefer } from '../../preferences.svelte';
import { StudioDraft, steps } from './draft.svelte';

afterEach(() => prefer('language', ''));

function filled(): StudioDraft {
  const draft = new StudioDraft();
  Object.assign(draft, { name: ' Casa Tinta ', currency: 'MXN', zone: 'America/Mexico_City', locale: 'es-MX' });
  Object.assign(draft.owner, { name: 'Ana Prado', username: 'ana', password: 'Needle42x', tattoos: false });
  return draft;
}

test('a step is ready when Rust would take it', () => {
  const draft = filled();
  expect(steps.filter((step) => !draft.ready[step])).toEqual([]);
  draft.name = '';
  expect(draft.ready.studio).toBe(false);
  draft.name = 'Needle42';
  expect(draft.ready.owner).toBe(false);
});

test('blank rows are left out, wrong ones hold the step', () => {
  const draft = filled();
  draft.addArtist();
  draft.addArtist();
  Object.assign(draft.artists[0] ?? {}, { name: 'Mara Quill', username: 'ana' });
  expect(draft.usernameWrong(0)).toBe('taken');
  expect(draft.ready.artists).toBe(false);
  Object.assign(draft.artists[0] ?? {}, { username: 'mara', share: 6_000 });
  expect(draft.ready.artists).toBe(true);
  expect(draft.args().artists).toEqual([
    { name: 'Mara Quill', username: 'mara', commission_bp: 6_000, apprentice: false },
  ]);
});

test('prices are read with the decimals of the chosen currency', () => {
  const draft = filled();
  draft.services = [{ name: 'Flash', kind: 'tattoo', minutes: 60, price: '1,800.50' }];
  expect(draft.args().services).toEqual([{ name: 'Flash', kind: 'tattoo', minutes: 60, price: 180_050 }]);
  draft.currency = 'JPY';
  draft.services = [{ name: 'Flash', kind: 'tattoo', minutes: 60, price: '15,000' }];
  expect(draft.args().services).toEqual([{ name: 'Flash', kind: 'tattoo', minutes: 60, price: 15_000 }]);
});

test('going back to the services keeps what was corrected there', () => {
  const draft = filled();
  draft.fill('tattoo');
  const first = draft.services[0];
  if (!first) throw new Error('the template is empty');
  first.name = 'Our own';
  draft.fill('tattoo');
  expect(draft.services[0]?.name).toBe('Our own');
  draft.fill('piercing', true);
  expect(draft.services.map((row) => row.kind)).toContain('piercing');
});

test('figures and currency follow the language and the zone until somebody picks them', () => {
  const draft = new StudioDraft();
  draft.zone = 'UTC';
  expect([draft.locale, draft.currency]).toEqual(['en-US', 'USD']);
  prefer('language', 'es-MX');
  expect([draft.locale, draft.currency]).toEqual(['es-MX', 'MXN']);
  draft.zone = 'Europe/Madrid';
  expect(draft.currency).toBe('EUR');
  draft.currency = 'GBP';
  draft.locale = 'en-GB';
  draft.zone = 'America/Mexico_City';
  expect([draft.locale, draft.currency]).toEqual(['en-GB', 'GBP']);
});
