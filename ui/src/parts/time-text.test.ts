import { expect, test } from 'vitest';
import { parseTime } from './time-text';

test.each([
  ['14:30', 870],
  ['1430', 870],
  ['930', 570],
  ['14.30', 870],
  ['2p', 840],
  ['2:30pm', 870],
  ['12a', 0],
  ['12 p.m.', 720],
  ['9', 540],
  [' 0:05 ', 5],
])('%s is %d minutes after midnight', (text, minutes) => expect(parseTime(text)).toBe(minutes));

test.each(['', 'noon', '25:00', '14:60', '13p', '14:3', '99', '-1'])('%s is no time', (text) =>
  expect(parseTime(text)).toBeNull(),
);
