import { beforeEach, expect, test } from 'vitest';
import { openStudio } from '../../test-desk';
import { settingName, settingValue } from './setting-text';

beforeEach(openStudio);

test.each([
  ['idle_minutes', 5, 'Idle lock', '5 min'],
  ['rotation_days', 90, 'Rotation reminder', '90 days'],
  ['tax_bp', 1600, 'Tax', '16%'],
  ['week_start', 7, 'First day of the week', 'Sunday'],
  ['language', 'es-MX', 'Language', 'Español (México)'],
  ['elevation_reason', true, 'Reason for the master code', 'On'],
  ['receipt_note', '', 'Note on receipts', 'nothing'],
  ['hours', [{ weekday: 1, opens: 600, closes: 1200 }], 'Opening hours', 'Mon 10:00–20:00'],
  ['hours', [], 'Opening hours', 'nothing'],
])('%s %j', (name, value, label, text) => {
  expect(settingName(name)).toBe(label);
  expect(settingValue(name, value)).toBe(text);
});
