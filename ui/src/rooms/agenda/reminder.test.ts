import { expect, test } from 'vitest';
import { at, zone } from '../../test-desk';
import { reminder } from './reminder';

test('a reminder is in the client’s language, with studio, artist, day and time', () => {
  const facts = {
    client: 'Joana Melo',
    studio: 'Casa Tinta',
    artist: 'Mara Quill',
    at: at(14, 30),
    time: '14:30',
    zone,
  };
  for (const language of ['en', 'es-MX'] as const)
    for (const part of ['Joana', 'Casa Tinta', 'Mara Quill', '20', '14:30'])
      expect(reminder(language, facts)).toContain(part);
  expect(reminder('en', facts)).toContain('Friday');
  expect(reminder('es-MX', facts)).toContain('viernes');
});
