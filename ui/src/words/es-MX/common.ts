import type { Messages } from '../en';
import { plural } from '../plural';

export const common = {
  save: 'Guardar',
  cancel: 'Cancelar',
  close: 'Cerrar',
  back: 'Atrás',
  next: 'Siguiente',
  done: 'Listo',
  undo: 'Deshacer',
  retry: 'Intentar de nuevo',
  edit: 'Editar',
  remove: 'Quitar',
  none: 'ninguno',
  show: 'Mostrar',
  hide: 'Ocultar',
  search: 'Buscar',
  optional: 'opcional',
  required: 'Hace falta este dato.',
  loading: 'Cargando',
  saving: 'Guardando',
  needsCode: 'necesita el código maestro',
  demo: 'Demo',
  minutes: (n: number) => `${n} min`,
  seconds: (n: number) => plural(n, { one: '1 segundo', other: `${n} segundos` }),
  hours: (text: string) => `${text} h`,
  code: (correlation: string) => `Código ${correlation}`,
  roles: {
    owner: 'Propietario',
    admin: 'Gerente',
    assistant: 'Recepción',
    artist: 'Artista',
    apprentice: 'Aprendiz',
  },
  actions: {
    openCombobox: 'Ver opciones',
  },
} satisfies Messages['common'];
