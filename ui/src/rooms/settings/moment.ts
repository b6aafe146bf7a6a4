// A moment as the settings name it: the time alone today, else its day too.

import { dayOf, shortDay, time } from '../../words/format';

export function moment(at: number, now = Date.now()): string {
  return dayOf(at) === dayOf(now) ? time(at) : `${shortDay(dayOf(at))}, ${time(at)}`;
}
