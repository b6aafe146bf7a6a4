// A moment of today is a time alone, and takes the article of its hour; one of another day begins with its weekday.

import { within } from './within';

const article = (when: string) => (/^0?1:/.test(when) ? 'la ' : /^\d/.test(when) ? 'las ' : null);

/** del sáb 21 nov, 15:32; de las 15:32; de la 01:10. */
export function ofWhen(when: string): string {
  const hour = article(when);
  return hour === null ? `del ${within(when)}` : `de ${hour}${when}`;
}

/** al sáb 21 nov, 15:32; a las 15:32; a la 01:10. */
export function toWhen(when: string): string {
  const hour = article(when);
  return hour === null ? `al ${within(when)}` : `a ${hour}${when}`;
}
