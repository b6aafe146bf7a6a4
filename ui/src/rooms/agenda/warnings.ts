// What Rust warns of beside a booking that it made, in words (D16).

import type { Warning } from '../../../bindings';
import { t } from '../../words/index.svelte';
import type { Booking } from './day';

/** The visit whose time for setting up or cleaning this one stands in, as far as the shown day tells. */
function neighbour(booking: Booking, cards: readonly Booking[]): Booking | undefined {
  const before = (booking.detail?.setup_minutes ?? 0) * 60_000;
  const after = (booking.detail?.cleanup_minutes ?? 0) * 60_000;
  return cards.find(({ id, artist_id, starts_at, ends_at, detail }) => {
    if (id === booking.id || artist_id !== booking.artist_id) return false;
    if (detail?.status === 'cancelled' || detail?.status === 'no_show') return false;
    const from = starts_at - Math.max((detail?.setup_minutes ?? 0) * 60_000, after);
    const to = ends_at + Math.max((detail?.cleanup_minutes ?? 0) * 60_000, before);
    return from < booking.ends_at && to > booking.starts_at;
  });
}

export function remarks(warnings: readonly Warning[], booking: Booking, cards: readonly Booking[] = []): string[] {
  const words = t.agenda.form.warnings;
  return warnings.map((warning) => {
    switch (warning) {
      case 'outside_hours':
        return words.outsideHours;
      case 'in_the_past':
        return words.past;
      case 'in_buffer': {
        const other = neighbour(booking, cards);
        return other ? words.buffer(other.client_name) : words.anyBuffer;
      }
    }
  });
}
