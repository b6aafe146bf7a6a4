import { beforeEach, expect, test } from 'vitest';
import { at, day, openStudio } from '../../test-desk';
import { changedSwitches, typedSwitches } from './switches';

beforeEach(openStudio);

test('switches are typed with their last day, and sent only when something about them changed', () => {
  const kept = [{ name: 'reception_board' as const, on: true, until: at(24), reason: 'covers for Lena' }];
  const typed = typedSwitches(kept);
  expect(typed.reception_board).toEqual({ setting: 'on', day, reason: 'covers for Lena' });
  expect(typed.view_shop_clients).toEqual({ setting: 'role', day: '', reason: '' });
  expect(changedSwitches(kept, typed)).toEqual([]);

  typed.reception_board.day = '';
  typed.view_shop_clients.setting = 'off';
  // What was typed before it went back to the role does not count.
  typed.view_shop_analytics.reason = 'no longer';
  expect(changedSwitches(kept, typed)).toEqual(['view_shop_clients', 'reception_board']);
});
