import type { Failure } from '../../door/failure';
import type { Messages } from '../en';

const fields: Record<string, string> = {
  name: 'el nombre',
  username: 'el usuario',
  password: 'la contraseña',
  phone: 'el teléfono',
  email: 'el correo',
  start: 'el inicio',
  end: 'el final',
  minutes: 'la duración',
  note: 'la nota',
  reason: 'el motivo',
  amount: 'el importe',
  price: 'el precio',
  client: 'el cliente',
  artist: 'el artista',
  service: 'el servicio',
  day: 'el día',
  code: 'el código',
};

const reasons: Record<string, string> = {
  overlap: 'El artista ya tiene una cita a esa hora. Elige otra hora u otro artista.',
  time_off: 'El artista tiene libre esa hora. Elige otra, o quita antes el tiempo libre.',
  status: 'La cita cambió desde que la abriste. Ya se ve su estado actual; vuelve a intentarlo desde ahí.',
  changed_meanwhile: 'Alguien cambió esto desde que lo abriste. Ya se ve como está ahora; haz tu cambio otra vez.',
  closed_appointment: 'Esta visita ya terminó y no se puede mover ni cambiar.',
  artist_archived: 'Este artista ya no recibe citas. Elige otro.',
  artist_taken: 'Este perfil de artista ya pertenece a otra cuenta. Elige otro.',
  client_archived: 'Este cliente está archivado. Recupéralo primero o elige otro.',
  service_inactive: 'Este servicio ya no se ofrece. Elige otro.',
  username_taken: 'Ese usuario ya está ocupado. Elige otro.',
  password_changed: 'La contraseña se cambió en otro lugar. Entra de nuevo.',
  file_exists: 'Ya existe un estudio con ese nombre en esta computadora. Elige otro nombre.',
  role_has_no_switches: 'Este rol no tiene permisos que cambiar.',
  secret_reply: 'Esto ya se hizo y su secreto se muestra una sola vez. Haz uno nuevo si nadie lo anotó.',
};

export const errors = {
  no_session: () => 'Tu sesión está cerrada. Entra para seguir; no se cambió nada.',
  bad_credentials: (failure) => {
    const left = failure.number('tries_left');
    const tries =
      left === undefined || left > 4
        ? ''
        : left === 1
          ? ' Queda un intento antes de esperar.'
          : ` Quedan ${left} intentos antes de esperar.`;
    return `Ese nombre y esa contraseña no coinciden.${tries}`;
  },
  throttled: (failure) => `Demasiados intentos fallidos. Espera ${wait(failure)} e inténtalo de nuevo.`,
  password_change_required: () => 'Tu contraseña es temporal. Elige la tuya para seguir.',
  denied: () => 'Tu rol no permite hacer esto. No se cambió nada; pídelo a alguien cuyo rol lo permita.',
  elevation_required: () => 'Hace falta el código maestro. Escríbelo y la acción continúa.',
  bad_code: (failure) => {
    const left = failure.number('tries_left');
    const tries = left === undefined ? '' : left === 1 ? ' Queda un intento.' : ` Quedan ${left} intentos.`;
    return `Ese código no es correcto.${tries}`;
  },
  not_found: () => 'Esto ya no existe en el archivo del estudio. Actualiza la lista y elige de nuevo.',
  invalid: (failure) => {
    const name = fields[failure.text('field') ?? ''];
    return name
      ? `Algo en ${name} no está bien. Corrígelo y guarda de nuevo.`
      : 'Algo en el formulario no está bien. Revísalo y guarda de nuevo.';
  },
  conflict: (failure) =>
    reasons[failure.text('reason') ?? ''] ?? 'Alguien cambió esto antes. Mira cómo está ahora y vuelve a intentarlo.',
  key_conflict: () =>
    'Esto ya se envió con otro contenido, así que no se hizo dos veces. Revisa lo registrado y empieza de nuevo.',
  file_in_use: (failure) => {
    const holder = failure.text('holder');
    return `El archivo del estudio está abierto en otro Inkpoint${holder ? ` (${holder})` : ''}. Ciérralo allí y ábrelo aquí.`;
  },
  file_newer: () =>
    'Un Inkpoint más nuevo escribió este archivo. Actualiza Inkpoint para abrirlo; el archivo no se tocó.',
  not_a_studio: () => 'Este no es el archivo de un estudio. Elige otro; no se cambió nada.',
  disk_full: () =>
    'El disco está lleno y el cambio no se guardó. Libera espacio e inténtalo de nuevo; todo lo anterior está a salvo.',
  read_only: () =>
    'No se puede escribir en el archivo del estudio. Revisa sus permisos o muévelo, e inténtalo de nuevo.',
  damaged: () =>
    'No se puede leer una parte del archivo del estudio. Detente y restaura el último respaldo; el archivo dañado se conserva.',
  internal: () =>
    'Algo falló dentro de Inkpoint. No se guardó nada; inténtalo de nuevo y conserva el código si vuelve a pasar.',
} satisfies Messages['errors'];

function wait(failure: Failure): string {
  const seconds = Math.max(1, Math.ceil((failure.number('wait_ms') ?? 60_000) / 1000));
  return seconds === 1 ? '1 segundo' : seconds < 120 ? `${seconds} segundos` : `${Math.ceil(seconds / 60)} minutos`;
}
