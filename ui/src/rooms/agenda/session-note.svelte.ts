// A note about a session that is being written beside its booking. It waits for the person who began it.

import { unfinished } from '../../door/drafts.svelte';

interface Body {
  appointmentId: string;
  /** The day it is found on. */
  day: string;
  text: string;
}

class SessionNote {
  current = $state.raw<Body | null>(null);

  of(appointmentId: string): string {
    return this.current?.appointmentId === appointmentId ? this.current.text : '';
  }

  write(appointmentId: string, day: string, text: string) {
    this.current = text.trim() ? { appointmentId, day, text } : null;
  }
}

export const sessionNote = new SessionNote();

unfinished<Body>('agenda.note', {
  read: () => sessionNote.current,
  restore: (body) => (sessionNote.current = body),
  place: ({ day }) => ({ page: 'agenda', id: day }),
});
