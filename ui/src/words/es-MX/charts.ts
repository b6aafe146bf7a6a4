// What stands around every chart.

import type { Messages } from '../en';

export const charts = {
  asTable: 'Ver como tabla',
  asChart: 'Ver como gráfica',
  empty: 'Nada que mostrar en este tiempo.',
  day: 'Día',
} satisfies Messages['charts'];
