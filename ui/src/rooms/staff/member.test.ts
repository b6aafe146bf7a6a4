import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { bridge, refuse } from '../../test-bridge';
import { at, openStudio, signIn } from '../../test-desk';
import AccountTab from './AccountTab.svelte';
import ArchiveDialog from './ArchiveDialog.svelte';
import ProfileForm from './ProfileForm.svelte';
import { placeOf } from './place';
import { changes, typedOf } from './profile';
import { settlement, takers } from './settling';
import SwitchesForm from './SwitchesForm.svelte';
import { person } from './test-people';

vi.mock('@tauri-apps/api/core', async () => ({ invoke: (await import('../../test-bridge')).invoke }));

const mara = person('Mara Quill', 'artist');
const dario = person('Dario Vanta', 'artist');
const gil = person('Gil Amaral', 'artist', { active: false });
const lena = person('Lena Sorel', 'assistant');
const noa = { artist_id: 'artist-noa', name: 'Noa' };
const visit = {
  appointment_id: 'v1',
  starts_at: at(11),
  ends_at: at(12),
  client_name: 'Joana Melo',
  phone: null,
  service_name: 'Flash piece',
};

beforeEach(() => {
  openStudio();
  signIn('admin', null, { 'staff.manage_users': 'allow', 'staff.toggle_active': 'allow' });
  bridge.sent.length = 0;
  bridge.answers = {};
});

test('the address says who, and which part of the page', () => {
  expect(placeOf(null)).toEqual({ member: null, tab: 'profile' });
  expect(placeOf('m1')).toEqual({ member: 'm1', tab: 'profile' });
  expect(placeOf('m1.rights')).toEqual({ member: 'm1', tab: 'rights' });
  expect(placeOf('m1.nonsense')).toEqual({ member: 'm1', tab: 'profile' });
});

test('of a profile only what changed is sent, and an emptied field goes away', () => {
  const known = person('Mara Quill', 'artist');
  known.profile = { ...known.profile, phone: '55 1234', styles: ['Fine line'] };
  const typed = typedOf(known);
  expect(changes(known, typed)).toEqual({});
  typed.phone = ' ';
  typed.styles = ['Fine line', 'Botanical'];
  expect(changes(known, typed)).toEqual({ phone: '', styles: ['Fine line', 'Botanical'] });
});

test('what was typed in a profile is still there after looking elsewhere, until it is put back (D25)', async () => {
  const user = userEvent.setup();
  const props = { member: mara, editable: true, onsaved: async () => undefined };
  const { unmount } = render(ProfileForm, props);
  await user.type(screen.getByLabelText(/^Phone/), '55 1234');
  unmount();
  const again = render(ProfileForm, props);
  expect(screen.getByLabelText<HTMLInputElement>(/^Phone/).value).toBe('55 1234');
  await user.click(screen.getByRole('button', { name: 'Put back' }));
  again.unmount();
  render(ProfileForm, props);
  expect(screen.getByLabelText<HTMLInputElement>(/^Phone/).value).toBe('');
  expect(bridge.sent).toEqual([]);
});

describe('leaving (T113)', () => {
  test('bookings go to another column that takes bookings', () => {
    expect(takers(mara, [mara, dario, gil, lena], [noa]).map((taker) => taker.name)).toEqual(['Dario Vanta', 'Noa']);
  });

  test('a choice is sent when it is complete', () => {
    expect(settlement({ way: 'leave', to: '', reason: '' })).toBeNull();
    expect(settlement({ way: 'hand', to: '', reason: '' })).toBeUndefined();
    expect(settlement({ way: 'hand', to: 'artist-noa', reason: '' })).toEqual({ hand_to: 'artist-noa' });
    expect(settlement({ way: 'cancel', to: '', reason: ' ' })).toBeUndefined();
    expect(settlement({ way: 'cancel', to: '', reason: 'left' })).toEqual({ cancel: 'left' });
  });

  test('the dialog shows what is ahead, asks who takes it, and sends that', async () => {
    const user = userEvent.setup();
    const done = vi.fn();
    bridge.answers = {
      'staff.leaving': () => ({ appointments: [visit], rotate_code: false, few_admins: false, open_drawer: true }),
      'staff.set_active': () => ({
        member: mara,
        settled: { moved: 0, cancelled: 1, projects: 0, wishes: 0, clients: 0, not_moved: [] },
      }),
    };
    render(ArchiveDialog, {
      member: mara,
      members: [mara, dario],
      profiles: [],
      ondone: done,
      onclose: vi.fn(),
    });
    expect(await screen.findByText('Joana Melo')).toBeTruthy();
    expect(screen.getByText(/still open/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Archive' }));
    expect(screen.getByText('Pick who takes them.')).toBeTruthy();
    expect(bridge.last('staff.set_active')).toBeUndefined();

    await user.click(screen.getByRole('radio', { name: /Cancel them/ }));
    await user.type(screen.getByLabelText('Reason'), 'Mara moved away');
    await user.click(screen.getByRole('button', { name: 'Archive' }));
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    // Whom somebody has to tell now.
    expect(done.mock.calls[0]?.[1].told).toEqual([visit]);
    expect(bridge.last('staff.set_active')).toEqual({
      member_id: mara.id,
      active: false,
      appointments: { cancel: 'Mara moved away' },
    });
  });
});

describe('guards (D07)', () => {
  const props = { members: [], profiles: [], onchanged: vi.fn(), onpassword: vi.fn(), onarchived: vi.fn() };

  test('nothing is offered about the owner, or about oneself, and the page says why', () => {
    const { unmount } = render(AccountTab, { member: person('Iris Falken', 'owner'), own: false, ...props });
    expect(screen.queryByRole('button', { name: /Change role|Archive|one-time/ })).toBeNull();
    expect(screen.getByText(/handed over, never given/)).toBeTruthy();
    unmount();
    render(AccountTab, { member: person('Noor Hadley', 'admin'), own: true, ...props });
    expect(screen.queryByRole('button', { name: /Change role|Archive|one-time/ })).toBeNull();
    expect(screen.getByText(/Nobody changes their own role/)).toBeTruthy();
  });

  test('about anybody else, all of it', () => {
    render(AccountTab, { member: mara, own: false, ...props });
    for (const name of [/Change role/, /Archive/, /one-time/])
      expect(screen.getByRole('button', { name })).toBeTruthy();
  });
});

test('switches are saved together with a button, and a refusal is said beside it (A016)', async () => {
  const user = userEvent.setup();
  bridge.answers['staff.set_switch'] = refuse('conflict', { reason: 'role_has_no_switches' });
  render(SwitchesForm, { member: mara, own: false, onsaved: async () => undefined });
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save switches' });
  expect(save.disabled).toBe(true);

  const group = within(screen.getByRole('radiogroup', { name: 'Checks everybody in' }));
  await user.click(group.getByRole('radio', { name: 'On' }));
  await user.type(screen.getByLabelText('Checks everybody in: Why'), 'covers for Lena');
  expect(bridge.sent).toEqual([]);
  await user.click(save);
  expect(await screen.findByText('This role has no switches to set.')).toBeTruthy();
  expect(bridge.last('staff.set_switch')).toEqual({
    member_id: mara.id,
    name: 'reception_board',
    on: true,
    until: null,
    reason: 'covers for Lena',
  });
});
