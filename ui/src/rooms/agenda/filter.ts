// What of the agenda somebody looks for. What does not match fades in the grid, so that its time does not look free.

import { matches } from '../../words/fold';
import type { Booking } from './day';
import type { Status } from './status';

export const states: readonly Status[] = [
  'booked',
  'confirmed',
  'arrived',
  'in_session',
  'completed',
  'no_show',
  'cancelled',
];

export interface Filter {
  text: string;
  states: readonly Status[];
}

/** Whether a booking is what is looked for. Of a colleague's visit no state is known: it matches by name alone. */
export function wanted(booking: Booking, filter: Filter): boolean {
  if (filter.text.trim() && !matches(`${booking.client_name} ${booking.detail?.service_name ?? ''}`, filter.text))
    return false;
  if (filter.states.length === states.length) return true;
  return booking.detail !== null && filter.states.includes(booking.detail.status);
}
