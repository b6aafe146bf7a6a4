import { beforeEach, expect, test } from 'vitest';
import type { Notice, NoticeKind } from '../../bindings';
import { at, openStudio, whoami } from '../test-desk';
import { noticeText } from './notice-text';
import { reminders } from './reminders';

beforeEach(openStudio);

function say(kind: NoticeKind, details: Record<string, unknown> = {}, by: string | null = 'Noor'): string {
  return noticeText({ id: 'n', kind, at: at(12), read: false, by, details } as Notice);
}

test('who changed what, from what to what, until when', () => {
  const roles = { old_role: 'artist', new_role: 'assistant' };
  expect(say('role_changed', roles)).toBe('Noor changed your role from Artist to Reception.');
  expect(say('role_changed', { ...roles, until: at(18) })).toBe(
    'Noor changed your role from Artist to Reception until Fri 20 Nov, 18:00. After that it is Artist again.',
  );
  expect(say('switch_changed', { switch: 'reception_board', on: true, until: at(18) })).toMatch(
    /^Noor turned “.+” on for you until Fri 20 Nov, 18:00\.$/,
  );
  expect(say('switch_changed', { switch: 'reception_board', on: null })).toMatch(/back to what your role says/);
  expect(say('ownership', { new_role: 'owner' })).toContain('you are its owner now');
  expect(say('ownership', { owner: 'Mara Quill' })).toBe('Mara Quill is the studio’s owner now.');
  expect(say('code_rotated')).toBe('Noor changed the master code. Ask for the new one.');
  expect(say('appointments_moved', { count: 3 })).toContain('3 appointments');
  expect(say('password_reset', {}, null)).toMatch(/^Inkpoint made/);
});

test('time off on one day and over several', () => {
  expect(say('time_off', { artist: 'Mara Quill', starts_at: at(12), ends_at: at(15) })).toBe(
    'Mara Quill has blocked time: Fri 20 Nov, 12:00–15:00.',
  );
  expect(say('time_off', { artist: 'Mara Quill', starts_at: at(0), ends_at: at(48) })).toBe(
    'Mara Quill has blocked time: Fri 20 Nov, 00:00 – Sun 22 Nov, 00:00.',
  );
  const days = { artist: 'Mara Quill', starts_at: at(0), all_day: true };
  expect(say('time_off', { ...days, ends_at: at(48) })).toBe('Mara Quill has blocked time: Fri 20 Nov – Sat 21 Nov.');
  expect(say('time_off', { ...days, ends_at: at(24) })).toBe('Mara Quill has blocked time: Fri 20 Nov.');
});

test('what is due comes in the order of its weight, and nothing for whoever has nothing to see to', () => {
  expect(reminders(null)).toEqual([]);
  expect(reminders(whoami('artist'))).toEqual([]);
  const owner = {
    ...whoami('owner'),
    reminders: {
      needs_recovery_code: true,
      code_due: 'left' as const,
      review_due: '2026-10',
      few_admins: true,
      stock_low: 0,
      stock_expiring: 2,
    },
    password_age_days: 91,
  };
  const found = reminders(owner);
  expect(found.map((each) => each.act)).toEqual(['recovery', 'rotate', 'review', 'staff', 'me', 'expiring']);
  // What may last for weeks does not ring.
  expect(found.filter((each) => each.quiet).map((each) => each.act)).toEqual(['expiring']);
  expect(found[1]?.text).toBe('Somebody who knew the master code has left.');
  expect(found[2]?.text).toBe('The review of October 2026 is not signed.');
});
