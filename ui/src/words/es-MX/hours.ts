import type { Messages } from '../en';

export const hours = {
  title: 'Horario',
  opens: (day: string) => `${day}: abre`,
  closes: (day: string) => `${day}: cierra`,
  closed: 'Cerrado',
  copy: 'Igual en todos los días abiertos',
  backwards: 'Cierra antes de abrir.',
} satisfies Messages['hours'];
