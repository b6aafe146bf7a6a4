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
  report: 'el reporte',
  service: 'el servicio',
  day: 'el día',
  code: 'el código',
  float: 'el fondo',
  float_left: 'el fondo que se queda',
  counts: 'el conteo',
  quantity: 'la cantidad',
  unit_price: 'el precio',
  unit_cost: 'el costo',
  discount: 'el descuento',
  tenders: 'el pago',
  given: 'lo recibido',
  tips: 'la propina',
  lines: 'los renglones',
  artist_id: 'el artista',
  service_id: 'el servicio',
  client_id: 'el cliente',
  currency: 'la moneda',
  zone: 'la zona horaria',
  locale: 'cómo se escriben cifras y fechas',
  week_start: 'el primer día de la semana',
  tax_bp: 'el impuesto',
  deposits: 'los anticipos',
  deposit: 'el anticipo',
  cash_rounding: 'el redondeo del efectivo',
  deposit_cancel_hours: 'las horas para cancelar tarde',
  elevation_minutes: 'cuánto dura abierto el código',
  idle_minutes: 'cuándo se bloquea la recepción',
  rotation_days: 'cuándo toca cambiar el código',
  receipt_note: 'la nota de los recibos',
  printer_host: 'la dirección de la impresora',
  printer_port: 'el puerto de la impresora',
  printer_columns: 'el ancho del papel',
  host: 'la dirección de la impresora',
  port: 'el puerto de la impresora',
  columns: 'el ancho del papel',
  hours: 'el horario',
  artists: 'los artistas',
  source: 'la base de datos',
  studio: 'el estudio',
  folder: 'la carpeta',
  base_bp: 'la parte base',
  rates: 'las partes',
  'mentor.bp': 'la parte del mentor',
  'mentor.artist_id': 'el mentor',
  bp: 'la parte',
  commission_bp: 'la parte',
  until: 'el final',
  new_password: 'la contraseña nueva',
  recovery_code: 'el código de recuperación',
  new: 'la contraseña nueva',
  pin: 'el PIN',
  room: 'el trabajo sin terminar',
  barcode: 'el código de barras',
  target: 'hasta cuánto pedir',
  supplier: 'el proveedor',
  expires: 'la fecha',
  lot: 'el número de lote',
  lot_id: 'el lote',
  number: 'el número de lote',
  supplies: 'lo que se usó',
  on_hand: 'lo que hay en el estante',
  minimum: 'el mínimo',
  counted: 'el conteo',
  sku: 'el código',
  category: 'la categoría',
  unit: 'la unidad',
  body: 'la nota',
  text: 'la búsqueda',
  starts_at: 'el inicio',
  ends_at: 'el final',
  value: 'una moneda o billete',
  to: 'el último día',
  status: 'el estado',
  days: 'los días',
  appointment_id: 'la visita',
  line_id: 'el renglón',
  weights: 'los importes',
  time: 'la hora',
  description: 'la descripción',
  styles: 'los estilos',
  body_area: 'la zona del cuerpo',
  picture_id: 'la foto',
  item_id: 'el artículo',
  item_ids: 'las fotos',
  crop: 'la parte que se ve',
  before_id: 'el lugar',
  base64: 'el archivo',
  mapping: 'las columnas',
  emergency_phone: 'el teléfono de emergencia',
  emergency_name: 'el contacto de emergencia',
  address: 'la dirección',
  birth_date: 'la fecha de nacimiento',
  signer_name: 'el nombre de quien firma',
  signature: 'la firma',
  answers: 'las respuestas',
  question_id: 'las respuestas',
  yes: 'las respuestas',
  guardian: 'quien firma por un menor',
  image_use: 'la respuesta sobre las fotos',
  version_id: 'el documento',
  title: 'el título',
  questions: 'las preguntas',
  alert: 'la alerta',
  required: 'si es obligatorio',
  valid_days: 'cuánto tiempo vale',
  service_ids: 'los servicios',
  guardian_below: 'la edad para un tutor',
  minimum_age: 'la edad mínima',
  consent_years: 'cuánto se guardan los consentimientos',
};

const reasons: Record<string, string> = {
  supply_undone: 'Esto ya se había quitado.',
  barcode_taken: 'Otro artículo ya tiene este código de barras. Un escáner debe encontrar uno, no dos.',
  lot_expiry_differs: 'Este lote ya existe con otra fecha. Revisa la etiqueta, o corrige el lote.',
  lot_taken: 'El artículo ya tiene un lote con este número o fecha.',
  visit_did_not_happen: 'Esta visita no se hizo, así que no se puede anotar nada.',
  item_not_for_sessions: 'Este artículo no está preparado para visitas. Marca primero «Se anota en las visitas».',
  too_many_requests: 'Cincuenta de tus solicitudes siguen en espera. Retira algunas primero.',
  request_answered: 'Esta solicitud ya se respondió. Mírala como está ahora.',
  printer_none: 'Este estudio todavía no tiene impresora de recibos. Configúrala en Ajustes, Recibos.',
  printer_name:
    'No hay ninguna impresora con ese nombre en la red. Revisa el nombre en Ajustes, Recibos, o escribe su dirección en números.',
  printer_silent:
    'Nadie contesta en la dirección de la impresora. Revisa que esté encendida y conectada a la red, y que la dirección sea correcta.',
  printer_refused:
    'Algo contesta en esa dirección, pero no acepta impresiones. Revisa la dirección y el puerto; casi todas usan el 9100.',
  printer_broke_off:
    'La conexión con la impresora se cortó a la mitad. Revisa el cable, quita lo que haya salido e inténtalo de nuevo.',
  printer_slow:
    'La impresora tardó demasiado. Antes de intentarlo de nuevo mira si salió algo; si no, apágala y enciéndela.',
  printer_paper: 'La impresora no tiene papel. Pon un rollo nuevo e inténtalo de nuevo.',
  printer_cover: 'La tapa de la impresora está abierta. Ciérrala e inténtalo de nuevo.',
  printer_fault: 'La impresora avisa de una falla propia. Mira sus luces, apágala y enciéndela, e inténtalo de nuevo.',
  overlap: 'El artista ya tiene una cita a esa hora. Elige otra hora u otro artista.',
  time_off: 'El artista tiene libre esa hora. Elige otra, o quita antes el tiempo libre.',
  status: 'La cita cambió desde que la abriste. Ya se ve su estado actual; vuelve a intentarlo desde ahí.',
  changed_meanwhile: 'Alguien cambió esto desde que lo abriste. Ya se ve como está ahora; haz tu cambio otra vez.',
  closed_appointment: 'Esta visita ya terminó y no se puede mover ni cambiar.',
  visit_has_history:
    'Esta cita ya se pagó o empezó, o tiene documentos, notas, fotos o materiales, así que conserva a su cliente. Agenda una nueva para otra persona.',
  artist_busy: 'Este artista todavía atiende a alguien. Primero termina esa cita.',
  project_closed: 'Este proyecto está cerrado. Ábrelo de nuevo primero o agenda sin él.',
  tax_rate_inactive: 'Esta tasa ya no se usa. Elige otra.',
  deposit_held: 'Todavía hay un anticipo de este cliente. Primero úsalo en una cita, quédate con él o devuélvelo.',
  deposit_used: 'Este anticipo ya se usó. Su recibo dice en qué.',
  deposit_of_another: 'Esa cita es de otro cliente. Un anticipo se queda con el cliente que lo pagó.',
  deposit_elsewhere:
    'Un anticipo de una de las dos personas está apartado para una cita de la otra. Regresa primero el anticipo y luego sepáralas.',
  visit_stands: 'Esta cita sigue en pie. Uno se queda con un anticipo cuando la cita se canceló o el cliente no llegó.',
  count_differs: 'Lo contado no es lo que debe haber en la caja. Cuenta otra vez, o di por qué y ciérrala.',
  second_person:
    'La diferencia pasa el límite del estudio. Otra persona, no quien cuenta, debe escribir su contraseña.',
  approver_took_part:
    'Esa persona abrió esta caja o movió efectivo en ella. Debe responder alguien que no haya intervenido.',
  approver_temporary:
    'Esa persona todavía tiene una contraseña de un solo uso. Primero entra y elige la suya, o confirma alguien más.',
  drawer_yours: 'Esta caja ya está a tu cargo.',
  drawer_not_yours:
    'Esta caja está a cargo de otra persona. La cierra esa persona, o un propietario o gerente la toma primero.',
  name_taken: 'Ese nombre ya está en uso. Elige otro.',
  artist_archived: 'Este artista ya no recibe citas. Elige otro.',
  artist_taken: 'Este perfil de artista ya pertenece a otra cuenta. Elige otro.',
  client_archived: 'Este cliente está archivado. Recupéralo primero o elige otro.',
  client_merged: 'Este cliente se unió a otro. Abre ese otro, o deshaz primero la unión ahí.',
  client_erased: 'Esta persona fue borrada. Nada de ella se puede cambiar ni recuperar.',
  not_merged: 'Este cliente está solo. No hay unión que deshacer.',
  merged_text_too_long:
    'Las notas de ambos clientes son demasiado largas para una sola. Acórtalas primero o elige una.',
  visits_ahead: 'Este cliente aún tiene citas pendientes o está aquí ahora. Complétalas o cancélalas primero.',
  service_inactive: 'Este servicio ya no se ofrece. Elige otro.',
  username_taken: 'Ese usuario ya está ocupado. Elige otro.',
  password_changed: 'La contraseña se cambió en otro lugar. Entra de nuevo.',
  folder_exists: 'Ya hay una carpeta con ese nombre. Elige otra; nunca se escribe encima de nada.',
  source_not_closed:
    'Tattoo Studio Manager no cerró bien esta base de datos. Ábrela y ciérrala ahí una vez, y elígela de nuevo.',
  source_in_use: 'La base de datos se está cambiando ahora. Cierra Tattoo Studio Manager y elígela otra vez.',
  file_exists: 'Ya existe un estudio con ese nombre en esta computadora. Elige otro nombre.',
  network_share: 'El archivo de un estudio no funciona en una carpeta de red. Ponlo en un disco de esta computadora.',
  too_many_rows: 'Son más de 100 000 registros. Acota las fechas y exporta por partes.',
  already_signed: 'La revisión de este mes ya está firmada. Ahí se ve quién la firmó.',
  member_archived: 'Esta cuenta está archivada. Reactívala primero o elige a otra persona.',
  password_not_own:
    'Esta persona aún tiene una contraseña de un solo uso que otros conocen. Que entre y elija la suya primero.',
  project_of_another: 'Ese proyecto es de otra persona. Elige uno de este cliente, o ninguno.',
  no_program: 'Esta computadora no tiene programa para correo o llamadas. Copia el texto, o llama y escribe a mano.',
  waits_already: 'Este cliente ya está en el tablero y espera su turno.',
  same_role: 'Ese ya es el rol propio de la persona. Elige otro, o deja la fecha vacía.',
  no_artist_profile: 'Esta cuenta no tiene perfil de artista, así que no tiene parte. Hazla artista primero.',
  role_has_no_switches: 'Este rol no tiene permisos que cambiar.',
  pin_not_here:
    'Este PIN no sirve aquí por ahora. Entra con tu contraseña; después servirá en esta computadora hasta que acabe el día.',
  secret_reply: 'Esto ya se hizo y su secreto se muestra una sola vez. Haz uno nuevo si nadie lo anotó.',
  after_z: 'La caja se cerró después, así que esta venta ya no se puede anular. Reembólsala.',
  already_paid: 'Esta visita ya está pagada. Su recibo está en la lista de ventas.',
  already_taken_back: 'Esta venta ya se devolvió, al menos en parte. Reembolsa lo que queda.',
  below_zero: 'Hay menos piezas de este artículo. Revisa el conteo e inténtalo de nuevo.',
  drawer_closed: 'La caja está cerrada. Ábrela primero; no se registró nada.',
  drawer_open: 'La caja ya está abierta. Ya se ve su estado actual.',
  item_not_for_sale: 'Este producto ya no se vende en mostrador. Quítalo de la venta.',
  not_a_sale: 'Solo se puede devolver una venta, no un reembolso ni una anulación.',
  not_enough_cash: 'No hay tanto efectivo en la caja. Usa otra forma de pago, o mete dinero antes.',
  payout_is_back: 'Este pago ya se había revertido. No se cambió nada.',
  not_a_payout: 'Este registro ya es la reversión de un pago. Solo se puede revertir un pago.',
  clock_back:
    'El reloj de la computadora está más de un día antes del último registro, así que no se mueve dinero. Ponlo a la hora o pide a un propietario o gerente que lo confirme.',
  clock_right: 'El reloj ya no necesita confirmarse.',
  more_than_owed: 'A esa fecha el estudio le debe menos a este artista. No se pagó nada.',
  too_many_reports: 'Ya hay 50 reportes guardados. Quita uno antes.',
  other_studio: 'Este respaldo es de otro estudio.',
  nothing_to_refund: 'De esta venta ya no queda nada por reembolsar.',
  out_of_stock: 'En el estante hay menos piezas que eso. Baja la cantidad o corrige la existencia.',
  sku_taken: 'Otro artículo ya tiene ese código. Elige otro.',
  paperwork_missing:
    'Falta firmar documentos obligatorios. Haz que se firmen, o que alguien con permiso diga por qué se sigue sin ellos.',
  text_changed: 'El documento ya dice otra cosa. Se muestra lo que dice ahora; hay que leerlo y firmarlo de nuevo.',
  template_inactive: 'Este documento ya no se usa. Actualiza lo que hay que firmar.',
  too_young: 'Este servicio no se hace a esa edad, con tutor o sin él. No se cambió nada.',
  alerts_full: 'Las alertas del cliente ya no admiten otra más. Acórtalas primero y vuelve a firmar.',
  already_waived: 'Alguien ya permitió que esta visita siga sin sus documentos.',
  nothing_missing: 'A esta visita no le falta nada obligatorio, así que no hay nada que dispensar.',
  not_image_use: 'Solo se puede retirar el uso de fotos. Lo demás que se firmó queda como está.',
  no_image_use:
    'Este cliente no ha aceptado que se muestren fotos suyas. Que firme primero la hoja sobre fotos, o no digas quién es si la foto no está entre las suyas.',
  in_portfolio: 'Esta foto ya está en el portafolio.',
  already_withdrawn: 'El uso de estas fotos ya se había retirado.',
};

/** By Rust's own words for what is wrong with an argument. */
const faults: Record<string, string> = {
  past: 'ya pasó',
  'either an item or a name': 'elige un artículo o escribe un nombre, no ambos',
  empty: 'está vacío',
  'too long': 'es demasiado largo',
  'control character': 'tiene un carácter que no se puede guardar',
  negative: 'no puede ser menor que cero',
  'not positive': 'debe ser mayor que cero',
  'not an address': 'escribe un nombre o una dirección como 192.168.1.50',
  'out of range': 'está fuera de lo posible',
  'more than was counted': 'es más de lo contado',
  'too many': 'son demasiados',
  twice: 'está dos veces',
  'not 1 to 10000 basis points': 'escribe una parte entre 0.01 y 100',
  'not 0 to 10000 basis points': 'escribe una parte entre 0 y 100',
  'more than the price': 'es más que el precio',
  'more than is left': 'es más de lo que queda',
  'does not fit the amount': 'no corresponde al importe',
  'do not add up to the total': 'las partes no suman el total',
  missing: 'falta',
  'a service or an item': 'elige un servicio o un producto',
  '1 to 9999': 'escribe un número de 1 a 9999',
  '1 to 200': 'debe haber de 1 a 200',
  '1 to 5000': 'debe haber de 1 a 5000',
  "another than the appointment's": 'no es el de la visita',
  'not a line of this sale': 'no es de esta venta',
  'not held for this visit': 'no está guardado para esta cita',
  'a line twice': 'está dos veces',
  'three capital letters': 'elige una de la lista',
  'no such time zone': 'elige una de la lista',
  'no such locale': 'elige una de la lista',
  'no such weekday': 'un día no es de la semana',
  'a weekday twice': 'un día está dos veces',
  'closes before it opens': 'un día cierra antes de abrir',
  'a username twice': 'dos tienen el mismo usuario',
  'a backup': 'es un respaldo, y sobre uno nunca se escribe: elige dónde estará el archivo del estudio',
  'too short': 'es demasiado corta',
  'too plain': 'necesita mayúscula, minúscula y una cifra, o 15 caracteres',
  'too common': 'es de las primeras que cualquiera probaría',
  'used before': 'ya se usó antes',
  "not the studio's name": 'no es el nombre del estudio; escríbelo como está en los ajustes',
  'not for an export': 'la exportación lleva todas las filas del filtro',
  'in the future': 'aún no empieza',
  'not a step of the board': 'el tablero registra la llegada y el inicio; lo demás va en la agenda',
  'only with the wish for one artist': 'nombra a un artista solo si el cliente lo quiere',
  'more than 60 times': 'se repite a lo más 60 veces; elige un último día anterior',
  '1 to 366': 'pide de 1 a 366 días',
  '1 to 120': 'pide de 1 a 120 días',
  '1 to 100': 'escribe de 1 a 100',
  '1 to 50': 'pide de 1 a 50',
  '1 to 500': 'pide de 1 a 500',
  'more than a year': 'pide a lo más un año',
  'more than five years': 'pide a lo más cinco años',
  'not a folder': 'no es una carpeta de esta computadora',
  "the studio's own": 'está junto al archivo del propio estudio',
  'cannot be written': 'no se puede escribir ahí',
  'the same artist': 'nadie es su propio mentor',
  'not after the start': 'debe ser después del inicio',
  'only for guests': 'solo los invitados tienen fechas',
  'only when archiving': 'solo se pregunta al archivar una cuenta',
  'not ticked by hand': 'se marca solo cuando está hecho',
  'not 4 to 8 digits': 'escribe de 4 a 8 dígitos',
  'too simple': 'es de los primeros que cualquiera probaría',
  'only for artists': 'solo los artistas tienen uno',
  'in the past': 'ya pasó',
  '2 to 40 of a-z, 0-9, dot, dash': 'usa de 2 a 40 minúsculas, cifras, puntos y guiones',
  'not an amount': 'escribe un importe',
  'nothing to split over': 'no hay nada que repartir',
  '5 to 1440': 'escribe de 5 a 1440 minutos',
  'not a whole minute': 'debe ser un minuto entero',
  'not an open state': 'no es uno al que se pueda volver',
  'not after the start, or more than a year': 'debe ser después del inicio y dentro de un año',
  'before the first day': 'es anterior al primer día',
  "not this client's": 'no es el nombre de este cliente; escríbelo como está en el expediente',
  'the same client': 'es el mismo cliente; elige otro',
  'already a studio of Inkpoint': 'ya es un estudio de Inkpoint; ábrelo tal como está',
  'no such currency': 'ISO 4217 no conoce esa moneda; elige una de la lista',
  'not base64': 'no se pudo leer el archivo; elígelo otra vez',
  'no such column': 'no hay tal columna',
  'not a table': 'no es una tabla de líneas y columnas; elige otro archivo o busca unas comillas que nunca se cierran',
  'JSON, no table': 'es JSON, no una lista de clientes; exporta la lista como CSV',
  'a web page or XML, no table': 'es una página web o XML, no una lista de clientes; exporta la lista como CSV',
  'contact cards (vCard), no table': 'contiene tarjetas de contacto (vCard); exporta los contactos como CSV',
  'a PDF, no table': 'es un PDF, no una lista de clientes; exporta la lista como CSV',
  'a formatted document (RTF), no table': 'es un documento con formato; guarda la lista como CSV',
  'a workbook or packed file, no table of text':
    'es un libro de cálculo o un archivo comprimido; guarda su hoja como CSV',
  'cut off': 'está cortado antes de su final; cópialo otra vez',
  'cut off in the middle of a letter': 'termina a la mitad de una letra; expórtalo otra vez',
  'not taken': 'no se puede enviar nada junto con esto',
  'not both': 'envía el archivo o su texto',
  'nothing in it': 'no hay nada en él; elige otro archivo',
  'not a picture': 'no es una imagen que se pueda guardar; elige un JPEG, PNG o WebP',
  'too large': 'es demasiado grande; elige una más pequeña',
  'either a client or a visit': 'indica un cliente o una visita, no ambos',
  'not a phone': 'no es un número de teléfono',
  'too many cells': 'la línea tiene más celdas que columnas la tabla',
  'no such category': 'ningún artículo es de ella',
  'of another category': 'es de otra categoría que el conteo',
  "another client's": 'es de otro cliente',
  'a picture of another client': 'la foto está entre las de otro cliente y sigue siendo suya',
  '1 to 42': 'pide de 1 a 42 días',
  'image use is never required': 'una visita nunca depende del uso de fotos',
  'outside the picture': 'sale de la foto',
  'too small': 'es demasiado pequeña; elige al menos 64 píxeles por lado',
  'not of this portfolio': 'no está en el mismo portafolio',
  "another artist's": 'es de otro artista',
  'of no visit': 'no es de ninguna visita, así que de ningún artista',
  'not how it came out': 'ahí va solo trabajo terminado; di que muestra el resultado o cómo sanó',
  '1 to 3660': 'escribe de 1 a 3660 días',
  'only for a yes or no': 'solo va con un sí o no',
  'a name in braces that nothing fills': 'un nombre entre llaves no es de los que se pueden rellenar',
  'not a question of this paper': 'una pregunta no es de este documento; léelo de nuevo',
  'only when it was drawn': 'solo va con una firma dibujada',
  'not for this service': 'no es para este servicio',
  'only for image use': 'solo va con el uso de fotos',
  'after today': 'está en el futuro',
  "another than the client's": 'el expediente del cliente dice otra; corrígela ahí primero',
  'not locked': 'no necesita código',
  'a code or an approver': 'escribe el código o la contraseña de un gerente',
};

const byRole = 'Tu rol no lo permite. No se cambió nada; pídelo a alguien cuyo rol sí.';

/** Por qué se dice que no, y qué hacer. */
const denials: Record<string, string> = {
  role: byRole,
  switch: 'Un permiso te limita aquí a tus propios registros. Pide más a la gerencia si te hace falta.',
  not_yours: 'Este registro no es tuyo. Pídelo a su artista o en recepción.',
  not_linked:
    'Tu cuenta no está ligada a un perfil de artista, así que nada aquí es tuyo. Pide a la gerencia que la ligue.',
  self: 'Nadie cambia su propio rol ni cierra su propia cuenta. Pídelo a otra persona de la gerencia.',
  owner: 'El propietario solo cambia al traspasar el estudio. Lo hace el propietario en los ajustes.',
  single: 'Este mostrador se abrió para un solo archivo y se queda con él. Ciérralo para abrir otro.',
};

export const errors = {
  no_session: () => 'Tu sesión está cerrada. Entra para seguir; no se cambió nada.',
  bad_credentials: (failure) => {
    const left = failure.number('tries_left');
    const tries =
      left === undefined || left > 4
        ? ''
        : left === 0
          ? ' Era el último intento: espera un poco antes del siguiente.'
          : left === 1
            ? ' Queda un intento antes de esperar.'
            : ` Quedan ${left} intentos antes de esperar.`;
    return `Ese nombre y esa contraseña no coinciden.${tries}`;
  },
  throttled: (failure) => `Demasiados intentos fallidos. Espera ${wait(failure)} e inténtalo de nuevo.`,
  password_change_required: () => 'Tu contraseña es temporal. Elige la tuya para seguir.',
  denied: (failure) => denials[failure.text('why') ?? 'role'] ?? byRole,
  elevation_required: () => 'Hace falta el código maestro. Escríbelo y la acción continúa.',
  client_view: () =>
    'Este escritorio le muestra los portafolios a un cliente. Escribe ahí primero la contraseña; no se hizo nada.',
  bad_code: (failure) => {
    const left = failure.number('tries_left');
    const tries =
      left === undefined
        ? ''
        : left === 0
          ? ' Era el último intento: espera un poco antes del siguiente.'
          : left === 1
            ? ' Queda un intento.'
            : ` Quedan ${left} intentos.`;
    return `Ese código no es correcto.${tries}`;
  },
  not_found: () => 'Esto ya no existe en el archivo del estudio. Actualiza la lista y elige de nuevo.',
  invalid: (failure) => {
    const name = fields[failure.field] ?? 'el formulario';
    const fault = faults[failure.text('reason') ?? ''];
    return fault ? `Revisa ${name}: ${fault}.` : `Algo en ${name} no está bien. Corrígelo y guarda de nuevo.`;
  },
  conflict: (failure) =>
    reasons[failure.text('reason') ?? ''] ?? 'Alguien cambió esto antes. Mira cómo está ahora y vuelve a intentarlo.',
  key_conflict: () =>
    'Esto ya se envió con otro contenido, así que no se hizo dos veces. Revisa lo registrado y empieza de nuevo.',
  file_in_use: (failure) => {
    const holder = failure.text('holder')?.replace(/ \(\d+\)$/, '');
    return `El archivo del estudio está abierto en otro Inkpoint${holder ? `, en ${holder}` : ''}. Ciérralo allí y ábrelo aquí.`;
  },
  file_newer: () =>
    'Un Inkpoint más nuevo escribió este archivo. Actualiza Inkpoint para abrirlo; el archivo no se tocó.',
  not_a_studio: (failure): string =>
    failure.text('reason') === "its tables are not Inkpoint's"
      ? 'Alguien puso en el archivo de este estudio otras cosas que Inkpoint no pone, así que no se abre; no se tocó. Recupera un respaldo.'
      : 'Este no es el archivo de un estudio. Elige otro; no se cambió nada.',
  disk_full: () =>
    'El disco está lleno y el cambio no se guardó. Libera espacio e inténtalo de nuevo; todo lo anterior está a salvo.',
  read_only: () =>
    'No se guardó nada: no se puede escribir en el archivo del estudio. Un propietario o gerente revisa sus permisos o lo mueve.',
  damaged: (failure) =>
    failure.text('reason') === 'put_back'
      ? 'En lugar del archivo del estudio hay una copia anterior, así que no se mueve dinero. Devuelve el archivo más reciente o avisa al propietario.'
      : failure.text('reason') === 'gone'
        ? 'El archivo del estudio ya no está en su lugar, así que no se guarda nada. Devuélvelo y abre Inkpoint de nuevo, o restaura el último respaldo.'
        : failure.text('reason') === 'picture'
          ? 'Esta imagen ya no está en la carpeta del estudio tal como se guardó. Recupera la carpeta de un respaldo o quita la imagen.'
          : 'No se puede leer una parte del archivo del estudio. Detente y restaura el último respaldo; el archivo dañado se conserva.',
  internal: () => 'Algo falló dentro de Inkpoint. No se guardó nada; inténtalo de nuevo.',
} satisfies Messages['errors'];

function wait(failure: Failure): string {
  const seconds = Math.max(1, Math.ceil((failure.number('wait_ms') ?? 60_000) / 1000));
  return seconds === 1 ? '1 segundo' : seconds < 120 ? `${seconds} segundos` : `${Math.ceil(seconds / 60)} minutos`;
}
