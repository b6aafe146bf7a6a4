import { describe, expect, test } from 'vitest';
import { around, moved } from './range';

describe('the days of a period', () => {
  test('a week begins on the day the studio says', () => {
    // 2026-11-22 is a Sunday.
    expect(around('week', '2026-11-22', 1)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(around('week', '2026-11-22', 7)).toEqual({ from: '2026-11-22', to: '2026-11-28' });
  });

  test('months, quarters and years are whole, leap days included', () => {
    expect(around('month', '2028-02-10', 1)).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(around('quarter', '2026-11-22', 1)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
    expect(around('year', '2026-11-22', 1)).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    expect(around('today', '2026-11-22', 1)).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  });

  test('the period before the 31st of a long month is the short month before it', () => {
    expect(around('month', moved('month', '2026-03-31', -1), 1)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(around('quarter', moved('quarter', '2026-01-15', -1), 1).from).toBe('2025-10-01');
  });
});
