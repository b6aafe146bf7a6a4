import { expect, test } from 'vitest';
import { addDays, axisOf, elapsed, instant, isDay, keepInside, snap, wallInstant, wallMinute } from './axis';

const HOUR = 3_600_000;
const label = (zone: string) => (at: number) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);

test('an ordinary day has 24 hours, drawn from the hour before the first to the half hour after the last', () => {
  const zone = 'America/Mexico_City';
  const at = (minute: number) => wallInstant('2026-11-20', zone, minute);
  const axis = axisOf('2026-11-20', zone, [[at(10 * 60 + 15), at(20 * 60 + 10)]], label(zone));
  expect(axis.dayEnd - axis.dayStart).toBe(24 * HOUR);
  expect([axis.from, axis.to]).toEqual([600, 20 * 60 + 30]);
  expect(axis.hours[0]).toEqual({ at: 600, label: '10:00' });
});

test('a day with nothing on it still shows one', () => {
  const axis = axisOf('2026-11-20', 'UTC', [], label('UTC'));
  expect([axis.from, axis.to]).toEqual([540, 1080]);
});

test('on the short day the clocks skip an hour and the axis does not', () => {
  const zone = 'Europe/Berlin';
  const day = '2026-03-29';
  const axis = axisOf(day, zone, [[wallInstant(day, zone, 0), wallInstant(day, zone, 24 * 60)]], label(zone));
  expect(axis.dayEnd - axis.dayStart).toBe(23 * HOUR);
  expect(axis.hours.map((hour) => hour.label).slice(0, 4)).toEqual(['00:00', '01:00', '03:00', '04:00']);
  // Ten in the morning is nine elapsed hours in.
  expect(elapsed(axis, wallInstant(day, zone, 600))).toBe(540);
  expect(wallMinute(zone, instant(axis, 540))).toBe(600);
});

test('on the long day both hours of the same name have their place', () => {
  const zone = 'Europe/Berlin';
  const day = '2026-10-25';
  const axis = axisOf(day, zone, [[wallInstant(day, zone, 0), wallInstant(day, zone, 24 * 60)]], label(zone));
  expect(axis.dayEnd - axis.dayStart).toBe(25 * HOUR);
  expect(axis.hours.map((hour) => hour.label).slice(1, 5)).toEqual(['01:00', '02:00', '02:00', '03:00']);
  expect(elapsed(axis, wallInstant(day, zone, 600))).toBe(660);
});

test('a time the wall never shows is the next that exists', () => {
  const at = wallInstant('2026-03-29', 'Europe/Berlin', 150);
  expect(wallMinute('Europe/Berlin', at)).toBe(210);
});

test('a zone that moves by half an hour keeps its quarters', () => {
  const zone = 'Australia/Lord_Howe';
  const day = '2026-10-04';
  const axis = axisOf(day, zone, [[wallInstant(day, zone, 0), wallInstant(day, zone, 24 * 60)]], label(zone));
  expect(axis.dayEnd - axis.dayStart).toBe(23.5 * HOUR);
  expect(elapsed(axis, wallInstant(day, zone, 600)) % 15).toBe(0);
});

test('times snap to quarters and stay inside the day', () => {
  const axis = axisOf('2026-11-20', 'UTC', [], label('UTC'));
  expect(snap(607)).toBe(600);
  expect(snap(608)).toBe(615);
  expect(keepInside(axis, -30, 60)).toBe(0);
  expect(keepInside(axis, 1430, 60)).toBe(1380);
});

test('days are counted in the calendar, not in hours', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(isDay('2026-02-29')).toBe(false);
  expect(isDay('2026-11-20')).toBe(true);
  expect(isDay('tomorrow')).toBe(false);
});
