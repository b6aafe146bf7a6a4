import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ArtistRates } from '../../../bindings';
import { bridge } from '../../test-bridge';
import { openStudio, signIn } from '../../test-desk';
import { shares } from './commission';
import CommissionTab from './CommissionTab.svelte';
import { person } from './test-people';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const jules = person('Jules Ferro', 'apprentice');
const terms = (name: string, id: string, others: Partial<ArtistRates> = {}): ArtistRates => ({
  artist_id: id,
  name,
  active: true,
  member_id: null,
  base_bp: 5_000,
  rates: [{ kind: 'tattoo', bp: 6_000 }],
  mentor_id: null,
  mentor_name: null,
  mentor_bp: 0,
  ...others,
});

beforeEach(() => {
  openStudio();
  signIn('admin', null, { 'staff.manage_users': 'allow' });
  bridge.sent.length = 0;
  bridge.answers = {
    'payouts.rates': () => [terms('Jules Ferro', 'artist-jules'), terms('Mara Quill', 'artist-mara')],
    'payouts.set_rates': () => terms('Jules Ferro', 'artist-jules', { rates: [{ kind: 'item', bp: 1_000 }] }),
  };
});

test('an example adds up to the price, the odd unit included', () => {
  expect(shares(100_000, 5_000, 1_000)).toEqual({ artist: 45_000, mentor: 5_000, studio: 50_000 });
  const { artist, mentor, studio } = shares(10_001, 3_333, 5_000);
  expect(artist + mentor + studio).toBe(10_001);
});

test('the example follows the fields, and an empty kind is paid like other services', async () => {
  const user = userEvent.setup();
  render(CommissionTab, { member: jules, own: false, onsaved: async () => undefined });
  const row = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) }).textContent;
  const base = await screen.findByLabelText('Share: Services');
  expect(row('Tattoo')).toContain('$600.00');
  expect(row('Products')).toContain('$1,000.00');
  await user.clear(screen.getByLabelText('Share: Tattoo'));
  expect(row('Tattoo')).toContain('$500.00');
  await user.clear(base);
  await user.type(base, '40');
  expect(row('Tattoo')).toContain('$400.00');

  await user.type(screen.getByLabelText('Share: Products'), '10');
  await user.click(screen.getByRole('button', { name: 'Save shares' }));
  expect(await screen.findByText('Saved')).toBeTruthy();
  expect(bridge.last('payouts.set_rates')).toEqual({
    artist_id: 'artist-jules',
    base_bp: 4_000,
    rates: [{ kind: 'item', bp: 1_000 }],
    mentor: { artist_id: null, bp: 0 },
  });
});

test('what is no share is not taken for an empty field', async () => {
  const user = userEvent.setup();
  render(CommissionTab, { member: jules, own: false, onsaved: async () => undefined });
  await user.type(await screen.findByLabelText('Share: Piercing'), 'half');
  expect(screen.getByText('Write a share between 0 and 100.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save shares' }));
  expect(bridge.last('payouts.set_rates')).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Put back' }));
  expect(screen.getByLabelText<HTMLInputElement>('Share: Piercing').value).toBe('');
});

test('nobody sets their own share, and the page says who does (D07)', async () => {
  render(CommissionTab, { member: jules, own: true, onsaved: async () => undefined });
  expect(await screen.findByText(/Nobody sets their own share/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Save shares' })).toBeNull();
  expect(screen.queryByLabelText('Share: Services')).toBeNull();
});
