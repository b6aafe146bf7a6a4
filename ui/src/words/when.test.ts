import { expect, test } from 'vitest';
import { ofWhen, toWhen } from './es-MX/when';

test.each([
  ['15:32', 'de las 15:32', 'a las 15:32'],
  ['13:05', 'de las 13:05', 'a las 13:05'],
  ['01:05', 'de la 01:05', 'a la 01:05'],
  ['Sáb 21 nov, 15:32', 'del sáb 21 nov, 15:32', 'al sáb 21 nov, 15:32'],
])('a moment in a Spanish sentence has its article: %s', (when, of, to) => {
  expect([ofWhen(when), toWhen(when)]).toEqual([of, to]);
});
