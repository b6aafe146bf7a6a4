import { expect, test } from 'vitest';
import { editable, kept } from './hours';

const tuesday = [{ weekday: 2, opens: 660, closes: 1440 }];

test('a week is edited as seven days and kept as its open ones', () => {
  const week = editable(tuesday);
  expect(week.map((day) => day.open)).toEqual([false, true, false, false, false, false, false]);
  expect(kept(week)).toEqual(tuesday);
});

test('a missing time and a day that ends before it begins are not kept', () => {
  const week = editable(tuesday);
  const day = week[1];
  if (!day) throw new Error('no Tuesday');
  day.closes = 600;
  expect(kept(week)).toBeNull();
  day.closes = null;
  expect(kept(week)).toBeNull();
  day.open = false;
  expect(kept(week)).toEqual([]);
});
