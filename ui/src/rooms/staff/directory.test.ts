import { beforeEach, describe, expect, test } from 'vitest';
import { at, day, openStudio } from '../../test-desk';
import { en } from '../../words/en';
import { found, grouped, lastDay, nearDay, presence, weekly, type Search } from './directory';
import { person } from './test-people';

const mara = person('Mara Quill', 'artist');
mara.profile.styles = ['Fine line'];
const people = [
  person('Tomo Arakida', 'artist'),
  person('Sanne Wilder', 'apprentice'),
  mara,
  person('Lena Sorel', 'assistant'),
  person('Noor Hadley', 'admin'),
  person('Iris Falken', 'owner'),
  person('Gil Amaral', 'artist', { active: false }),
];

function names(search: Partial<Search>): string[] {
  return found(people, { shown: 'all', role: null, text: '', ...search }, en.common.roles).map(
    (member) => member.name.split(' ')[0] ?? '',
  );
}

beforeEach(openStudio);

describe('who is found (D10)', () => {
  test('everybody who is active, the bookable team, or those who left', () => {
    expect(names({})).toEqual(['Tomo', 'Sanne', 'Mara', 'Lena', 'Noor', 'Iris']);
    expect(names({ shown: 'team' })).toEqual(['Tomo', 'Sanne', 'Mara']);
    expect(names({ shown: 'archived' })).toEqual(['Gil']);
  });

  test('by role, name, the role in words and what they are good at', () => {
    expect(names({ role: 'artist' })).toEqual(['Tomo', 'Mara']);
    expect(names({ text: 'quil' })).toEqual(['Mara']);
    expect(names({ text: 'reception' })).toEqual(['Lena']);
    expect(names({ text: 'fine' })).toEqual(['Mara']);
    expect(names({ text: 'fine', role: 'assistant' })).toEqual([]);
  });
});

test('groups come in the order of the house, and nobody stands under an empty heading', () => {
  const groups = grouped(people.slice(0, 6), 'all').map(({ group, members }) => [
    group,
    members.map((m) => m.username),
  ]);
  expect(groups).toEqual([
    ['lead', ['iris', 'noor']],
    ['desk', ['lena']],
    ['artists', ['mara', 'tomo', 'sanne']],
  ]);
  expect(grouped([people[6] ?? mara], 'archived').map(({ group }) => group)).toEqual(['archived']);
});

describe('who is in', () => {
  // 20 November 2026 is a Friday.
  const artist = person('Mara Quill', 'artist', { hours: [{ weekday: 5, opens: 600, closes: 1080 }] });

  test.each([
    [at(9), { is: 'later', from: 600 }],
    [at(10), { is: 'in', until: 1080 }],
    [at(18), { is: 'over', until: 1080 }],
    [at(9) + 86_400_000, { is: 'off' }],
  ])('by their hours', (now, expected) => expect(presence(artist, now)).toEqual(expected));

  test('a guest, on the days of the stay', () => {
    const guest = { ...artist, guest_from: day, guest_until: day };
    expect(presence(guest, at(12)).is).toBe('in');
    expect(presence({ ...guest, guest_from: '2026-11-21', guest_until: null }, at(12))).toEqual({ is: 'off' });
    expect(presence({ ...guest, guest_until: '2026-11-19' }, at(12))).toEqual({ is: 'off' });
  });

  test('without hours, by when they were last at the desk', () => {
    expect(presence(person('Lena', 'assistant'), at(12))).toEqual({ is: 'never' });
    expect(presence(person('Lena', 'assistant', { last_seen_at: at(9) }), at(12))).toEqual({ is: 'here' });
    const before = at(9) - 3 * 86_400_000;
    expect(presence(person('Lena', 'assistant', { last_seen_at: before }), at(12))).toEqual({ is: 'seen', at: before });
  });

  test('a week adds up', () => expect(weekly([...artist.hours, { weekday: 6, opens: 0, closes: 60 }])).toBe(540));
});

test('what ends at midnight has its last day before it', () => {
  expect(lastDay(at(24))).toBe(day);
  expect(lastDay(at(24) + 1)).toBe('2026-11-21');
});

test('near days have names', () => {
  expect(nearDay(at(15), at(9))).toBe('today');
  expect(nearDay(at(15) + 86_400_000, at(9))).toBe('tomorrow');
  expect(nearDay(at(15) + 2 * 86_400_000, at(9))).toMatch(/22/);
});
