// One sentence or two for each code Rust can answer with: what failed, and what to do next.

import type { Code } from '../../../bindings';
import type { Failure } from '../../door/failure';

const fields: Record<string, string> = {
  name: 'the name',
  username: 'the user name',
  password: 'the password',
  phone: 'the phone number',
  email: 'the e-mail address',
  start: 'the start',
  end: 'the end',
  minutes: 'the length',
  note: 'the note',
  reason: 'the reason',
  amount: 'the amount',
  price: 'the price',
  client: 'the client',
  artist: 'the artist',
  service: 'the service',
  day: 'the day',
  code: 'the code',
};

const reasons: Record<string, string> = {
  overlap: 'The artist already has a booking at that time. Pick another time or another artist.',
  time_off: 'The artist has that time off. Pick another time, or remove the time off first.',
  status: 'The booking has changed since you opened it. It shows its present state now; try again from there.',
  changed_meanwhile: 'Somebody changed this since you opened it. It shows what is true now; make your change again.',
  closed_appointment: 'This visit is over and can no longer be moved or changed.',
  artist_archived: 'This artist no longer takes bookings. Pick another one.',
  artist_taken: 'This artist profile already belongs to another account. Pick another one.',
  client_archived: 'This client is archived. Bring the client back first, or pick another one.',
  service_inactive: 'This service is no longer offered. Pick another one.',
  username_taken: 'That user name is already taken. Choose another one.',
  password_changed: 'The password was changed elsewhere. Sign in again.',
  file_exists: 'A studio of that name already exists on this computer. Choose another name.',
  role_has_no_switches: 'This role has no switches to set.',
  secret_reply: 'This was already done, and its secret is shown only once. Make a new one if it was not written down.',
};

export const errors = {
  no_session: () => 'You are signed out. Sign in to go on; nothing was changed.',
  bad_credentials: (failure) => {
    const left = failure.number('tries_left');
    const tries =
      left === undefined || left > 4
        ? ''
        : left === 1
          ? ' One try left before a wait.'
          : ` ${left} tries left before a wait.`;
    return `That name and password do not belong together.${tries}`;
  },
  throttled: (failure) => `Too many wrong tries. Wait ${wait(failure)} and try again.`,
  password_change_required: () => 'Your password is temporary. Choose your own to go on.',
  denied: () => 'Your role does not allow this. Nothing was changed; ask somebody whose role does.',
  elevation_required: () => 'This needs the master code. Enter it and the action goes on.',
  bad_code: (failure) => {
    const left = failure.number('tries_left');
    const tries = left === undefined ? '' : left === 1 ? ' One try left.' : ` ${left} tries left.`;
    return `That code is not right.${tries}`;
  },
  not_found: () => 'This no longer exists in the studio’s file. Refresh the list and pick again.',
  invalid: (failure) => {
    const field = failure.text('field') ?? '';
    const name = fields[field];
    return name
      ? `Something about ${name} is not right. Correct it and save again.`
      : 'Something in the form is not right. Check it and save again.';
  },
  conflict: (failure) =>
    reasons[failure.text('reason') ?? ''] ?? 'Somebody changed this first. Look at it as it is now, then try again.',
  key_conflict: () =>
    'This was already sent with other content, so it was not done twice. Check what is recorded, then start afresh.',
  file_in_use: (failure) => {
    const holder = failure.text('holder');
    return `The studio’s file is open in another Inkpoint${holder ? ` (${holder})` : ''}. Close it there, then open it here.`;
  },
  file_newer: () => 'A newer Inkpoint wrote this file. Update Inkpoint to open it; the file was not touched.',
  not_a_studio: () => 'This is not a studio’s file. Choose another one; nothing was changed.',
  disk_full: () =>
    'The disk is full, so the change was not saved. Free some space and try again; everything before it is safe.',
  read_only: () => 'The studio’s file may not be written to. Check its permissions or move it, then try again.',
  damaged: () =>
    'Part of the studio’s file cannot be read. Stop here and restore the last backup; the damaged file is kept.',
  internal: () =>
    'Something went wrong inside Inkpoint. Nothing was saved; try again, and keep the code below if it happens twice.',
} satisfies Record<Code, (failure: Failure) => string>;

function wait(failure: Failure): string {
  const seconds = Math.max(1, Math.ceil((failure.number('wait_ms') ?? 60_000) / 1000));
  return seconds === 1 ? '1 second' : seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
