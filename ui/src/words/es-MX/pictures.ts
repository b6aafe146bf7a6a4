import type { Messages } from '../en';
import { plural } from '../plural';
import { within } from './within';

export const pictures = {
  title: 'Fotos',
  none: 'Todavía no hay fotos.',
  add: 'Agregar fotos',
  adding: (name: string) => `Agregando ${name}…`,
  addedN: (n: number) => plural(n, { one: 'Se agregó 1 foto.', other: `Se agregaron ${n} fotos.` }),
  refused: (name: string, why: string) => `${name}: ${why}`,
  tooLarge: 'es demasiado grande: 29 MB y 60 megapíxeles como máximo.',
  unreadable: 'no se puede leer. Quizá se movió; elígelo otra vez.',
  cutOff: 'está cortada antes de su final. Cópiala otra vez de la cámara.',
  notPicture: 'no es una imagen que se pueda leer. JPEG, PNG y WebP sí.',
  open: (what: string) => `Abrir ${what}`,
  count: (at: number, of: number) => `${at} de ${of}`,
  previous: 'Foto anterior',
  next: 'Foto siguiente',
  kind: 'Tipo',
  kinds: { reference: 'Referencia', progress: 'En proceso', result: 'Resultado', healed: 'Sanado' },
  titleOf: 'Título',
  byWhom: (who: string, when: string) => `${who}, ${within(when)}`,
  remove: 'Quitar',
  removed: 'La foto se quitó.',
  failed: 'Esta foto no se puede mostrar.',
} satisfies Messages['pictures'];
