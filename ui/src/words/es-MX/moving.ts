// Un estudio que viene de otro programa, y uno que se va con todo.

import type { TsmReason, TsmSumOf } from '../../../bindings';
import type { Messages } from '../en';

const reasons: Record<TsmReason, string> = {
  text_cut: 'Un texto se recortó o perdió signos que no se pueden guardar',
  no_name: 'No tenía nombre y recibió uno con su número',
  date_unread: 'Una fecha no se puede leer',
  date_ahead: 'Una fecha está en el futuro',
  number_unread: 'Un número no se puede leer y cuenta como nada',
  number_as_text: 'Un importe estaba como texto y se leyó',
  rounded: 'Un importe se llevó al centavo',
  link_missing: 'Nombra un registro que no está',
  state_unknown: 'Un estado desconocido: ahora agendada',
  on_hold: 'Estaba En espera: ahora agendada',
  length_changed: 'Una cita sin final útil o de más de un día',
  tender_unknown: 'Una forma de pago desconocida: ahora transferencia',
  refunded: 'Era negativo: ahora devolución de la misma cita',
  deposit: 'Pagado para una cita que viene: ahora anticipo',
  commission_limited: 'Una comisión menor que cero o mayor que el importe',
  username_changed: 'Recibió otro nombre de usuario',
  profile_made: 'Recibió un perfil de artista propio',
  profile_dropped: 'No es artista: sin el perfil',
  sku_changed: 'Recibió otro SKU',
  not_used: 'Allá ya no se usa: no está a la venta',
  no_place: 'Tiene algo que aquí no tiene lugar',
  twice: 'Su número está dos veces',
  deleted: 'Allá se borró',
  nothing_paid: 'No se pagó nada',
  not_money: 'Su importe no se puede leer',
  too_much: 'Más dinero de lo que un importe puede ser',
  nothing_to_refund: 'Es negativo y no se pagó nada que pueda devolver',
  no_date: 'Nada dice cuándo fue',
  role_unknown: 'Un rol desconocido',
  picture_elsewhere: 'La imagen no está en la base de datos',
};

const sums: Record<TsmSumOf, string> = {
  cash: 'Efectivo',
  card: 'Tarjeta',
  transfer: 'Transferencia',
  payments: 'Todos los cobros',
  commission: 'Comisión',
  visit_prices: 'Precios de las citas',
};

export const moving: Messages['moving'] = {
  arrive: {
    way: 'Traer un estudio de Tattoo Studio Manager',
    wayText: 'Vienen personas, clientes, citas, cobros e inventario. Antes ves qué pasa con cada registro.',
    title: 'Traer un estudio de Tattoo Studio Manager',
    text: 'Elige la base de datos del programa y mira qué vendría. Su archivo solo se lee y queda como está.',
    back: 'Volver al inicio',
    file: 'Elegir la base de datos',
    another: 'Elegir otro archivo',
    fileHint:
      'Se llama dev.db o termina en .db, en la carpeta del programa. Cierra antes el programa. Hasta 48 MB; las más grandes vienen con inkpointctl.',
    tooBig: 'Ese archivo pasa de 48 MB. Tráelo con inkpointctl import tsm, que no tiene ese límite.',
    notOne:
      'Esta no es una base de datos de Tattoo Studio Manager, o está dañada. Elige otro archivo; no se hizo nada.',
    noFile: 'Primero elige la base de datos.',
    zoneHint: 'Las horas de la base de datos están en este reloj.',
    look: 'Ver qué vendría',
    looking: 'Leyendo la base de datos y probando. Todavía no se hace nada.',
    make: 'Crear el estudio',
    making: 'Creando el estudio. Cada cobro se registra en su día, así que puede tardar un minuto.',
    tables: {
      users: 'Cuentas',
      artists: 'Artistas',
      clients: 'Clientes',
      sessions: 'Citas',
      transactions: 'Cobros',
      products: 'Inventario',
      portfolio_items: 'Imágenes del portafolio',
    },
    summary: 'Qué pasa con cada registro',
    heads: { table: 'Tabla', rows: 'Allá', imported: 'Vienen', changed: 'De ellos con cambios', left: 'Se quedan' },
    notThere: 'no está en este archivo',
    money: 'El dinero, allá y aquí',
    moneyHeads: { sum: 'Suma', there: 'Allá', imported: 'Aquí', left: 'Se queda', rounding: 'Redondeo' },
    sums,
    why: 'Por qué cambian o se quedan',
    whyHeads: { table: 'Tabla', rows: 'Registros', reason: 'Motivo', left: 'Qué pasa' },
    changed: 'Cambia',
    leftOut: 'Se queda',
    reasons,
    remarks: 'Registro por registro',
    remarksHeads: { table: 'Tabla', row: 'Registro', reason: 'Motivo', column: 'Columna', value: 'Decía' },
    firstOnly: (shown, all) => `Los primeros ${shown} de ${all}. El resto está contado arriba.`,
    save: 'Guardar este informe',
    saved: (path) => `Guardado: ${path}`,
    reportName: 'tattoo-studio-manager.csv',
    know: 'Bueno saberlo',
    owner: (name) => `${name} será quien tenga el estudio.`,
    ownerMade: (name) => `Allá nadie es administrador activo. Una cuenta nueva, ${name}, tendrá el estudio.`,
    passwords:
      'Las contraseñas no vienen: cada quien recibe una de un solo uso, que se muestra una vez al crear el estudio.',
    commission:
      'Toda la comisión cuenta como pendiente. Lo que ya se pagó se liquida como «Pagado antes» en los reportes.',
    openVisits: (n) =>
      n === 1
        ? 'Una cita pasada no se completó ni se canceló.'
        : `${n} citas pasadas no se completaron ni se cancelaron.`,
    overlaps: (n) => (n === 1 ? 'Una cita que viene choca con otra.' : `${n} citas que vienen chocan con otra.`),
    others: (names) => `No son parte del libro y se quedan: ${names}.`,
    stale: 'Algo cambió desde que miraste. Mira otra vez primero.',
    kept: (studio) => `${studio} ya está aquí`,
  },
  leave: {
    title: 'Llevarse todo',
    text: 'Escribe todo el estudio en una carpeta nueva: cada tabla para hojas de cálculo y programas, imágenes, papeles firmados y una página que explica qué es qué.',
    open: 'Escribir todo…',
    dialog: 'Escribir todo en una carpeta',
    means: [
      'Ahí está todo sobre tus clientes. Cuídala tanto como el estudio.',
      'Contraseñas, PIN y códigos no van.',
      'El estudio queda como está y puedes seguir trabajando mientras tanto.',
    ],
    password: 'Tu contraseña',
    noPassword: 'Escribe tu propia contraseña.',
    folder: 'Carpeta',
    folderHint: 'Una carpeta de esta computadora, como D:\\Copias o /home/tu/copias. Vacía: tus descargas.',
    submit: 'Escribir todo',
    working: 'Escribiendo todo. Con muchas imágenes tarda un rato.',
    done: 'Todo está escrito',
    where: 'Carpeta',
    rows: 'Registros',
    tables: 'Tablas',
    pictures: 'Imágenes',
    papers: 'Papeles firmados',
    lost: (n) =>
      n === 1
        ? 'Una imagen está dañada o falta. manifest.json dice cuál.'
        : `${n} imágenes están dañadas o faltan. manifest.json dice cuáles.`,
    close: 'Listo',
  },
};
