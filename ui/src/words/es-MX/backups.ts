import type { Messages } from '../en';
import { plural } from '../plural';
import { ofWhen, toWhen } from './when';

/** How a number is written: 5,242. */
type Say = (n: number) => string;

export const backups = {
  last: 'Último respaldo',
  next: 'Próximo respaldo',
  nextAt: (when: string) => `${when}, si algo cambió`,
  soon: 'En un momento, si algo cambió',
  none: 'Todavía ninguno',
  where: 'Se guardan en',
  size: 'Tamaño',
  sizeText: (all: string) => `${all}, con fotos y firmas`,
  every: 'Cada quince minutos mientras haya cambios, y después de cada corte Z.',
  halted:
    'No se respalda nada hasta que el archivo acepte cambios otra vez. Lo que está en la lista de abajo se puede probar y restaurar.',
  haltedNone: 'No se respalda nada hasta que el archivo acepte cambios otra vez.',
  opened: 'Respaldo abierto',
  looksAt:
    'Está abierto para verlo: no se respalda ni se restaura nada en él. Para trabajar con él, abre el estudio mismo y restaura ahí este respaldo, en Ajustes, Respaldos.',
  noneHere: 'No hay respaldos en esta computadora',
  bring:
    'Si hay uno en otro lugar, en un disco o en otra computadora, copia todo lo de su carpeta a la carpeta de arriba. Aparece aquí en menos de un minuto, para probarlo y restaurarlo.',
  make: 'Respaldar ahora',
  making: 'Haciendo un respaldo…',
  made: 'El respaldo está hecho y revisado.',
  late: 'Hay cambios que esperan un respaldo desde hace más de una hora.',
  failed: (why: string) => `El último intento no funcionó. ${why} Se intenta otra vez cada minuto.`,
  without: (n: number, say: Say) =>
    plural(n, {
      one: 'Se perdió 1 foto, aquí y en los respaldos. El respaldo más nuevo tiene todo lo demás:',
      other: `Se perdieron ${say(n)} fotos, aquí y en los respaldos. El respaldo más nuevo tiene todo lo demás:`,
    }),
  withoutShort: (n: number, say: Say) => plural(n, { one: 'faltaba 1 foto', other: `faltaban ${say(n)} fotos` }),
  figuresWrong:
    'Las sumas que leen los reportes, y de las que sale lo que se debe a los artistas, no son lo que dan las ventas, o la búsqueda no conoce a todos los clientes. Ventas y clientes están bien, y cada respaldo los tiene.',
  figuresShort: 'las sumas de los reportes o la búsqueda estaban mal; al restaurar se rehacen',
  mend: 'Rehacerlas',
  mended: 'Las sumas y la búsqueda se rehicieron a partir de las ventas y los clientes, y se respaldaron.',
  picture: (of: string, title: string | null, when: string) => `${of}${title ? `, ${title}` : ''} (${when})`,
  andMore: (n: number, say: Say) => `y ${say(n)} más`,
  second: {
    title: 'Un segundo lugar',
    text: 'Cada respaldo se copia también aquí: un disco o una carpeta compartida, para que una computadora dañada no se lleve todo.',
    field: 'Carpeta',
    hint: 'Desde la raíz, como /media/disco o E:\\Respaldos.',
    save: 'Usar esta carpeta',
    stop: 'Dejar de usarla',
    saved: 'Desde ahora cada respaldo se copia ahí.',
    stopped: 'Ya no se copia ahí. Lo que hay ahí se queda.',
    at: (when: string) => `La copia más nueva ahí: ${when}`,
    empty: 'Todavía no se ha copiado nada ahí.',
    gone: 'No se encuentra la carpeta. Conecta el disco o elige otra; se intenta de nuevo cada cinco minutos.',
    failed: (why: string) => `La última copia no funcionó. ${why}`,
    late: 'No se ha copiado nada ahí desde hace más de un día.',
  },
  list: 'Respaldos',
  listText:
    'Revisados al escribirse. Se conservan: todos los de la última hora, uno por hora de un día, uno por día de un mes, uno por mes de un año.',
  columns: { at: 'Hecho', why: 'Por', holds: 'Contiene', size: 'Tamaño', where: 'Dónde', acts: 'Qué hacer' },
  why: {
    changes: 'Algo cambió',
    close: 'Corte Z',
    asked: 'Alguien lo pidió',
    restore: 'Antes de restaurar',
    command_line: 'Línea de comandos',
  },
  holds: (sales: number, clients: number, say: Say) =>
    `${plural(sales, { one: '1 recibo', other: `${say(sales)} recibos` })}, ${plural(clients, { one: '1 cliente', other: `${say(clients)} clientes` })}`,
  here: 'Aquí',
  there: 'Segundo lugar',
  both: 'Ambos',
  empty: 'Todavía no hay respaldos',
  emptyText: 'El primero se hace solo, un minuto después del primer cambio.',
  test: 'Probar',
  testOf: (when: string) => `Probar el respaldo ${ofWhen(when)}`,
  testTitle: (when: string) => `Prueba del respaldo ${ofWhen(when)}`,
  testing: 'Restaurándolo en un lugar aparte y recalculando todo…',
  testGood: 'Este respaldo está bien. Al restaurarlo volvería todo.',
  testBad: 'Este respaldo no está bien. Conserva los demás y prueba el anterior.',
  testFigures: (entries: number, sales: number, clients: number, pictures: number, say: Say) =>
    `${plural(entries, { one: '1 entrada del registro', other: `${say(entries)} entradas del registro` })}, ${plural(sales, { one: '1 recibo', other: `${say(sales)} recibos` })}, ${plural(clients, { one: '1 cliente', other: `${say(clients)} clientes` })}, ${plural(pictures, { one: '1 foto', other: `${say(pictures)} fotos` })}`,
  tested: (when: string) => `Última prueba ${when}: estuvo bien.`,
  testedBad: (when: string) => `Última prueba ${when}: no estuvo bien.`,
  testDue: 'Prueba un respaldo una vez al mes: uno que nadie ha restaurado es solo una esperanza.',
  restore: 'Restaurar…',
  restoreOf: (when: string) => `Restaurar el respaldo ${ofWhen(when)}`,
  restoreTitle: (when: string) => `¿Volver ${toWhen(when)}?`,
  restoreNow: 'Restaurar este respaldo',
  lost: 'Hecho desde entonces, y perdido después:',
  lostNothing: 'No se ha hecho nada desde entonces.',
  doneSince: 'Fue esto:',
  doneOften: (what: string, n: number) => (n === 1 ? what : `${what}, ${n} veces`),
  found: 'No está ahora y vuelve:',
  lostSales: (n: number, sum: string, say: Say) =>
    plural(n, { one: `1 recibo, ${sum} en total`, other: `${say(n)} recibos, ${sum} en total` }),
  lostVisits: (n: number, say: Say) => plural(n, { one: '1 cita', other: `${say(n)} citas` }),
  lostClients: (n: number, say: Say) => plural(n, { one: '1 cliente nuevo', other: `${say(n)} clientes nuevos` }),
  lostPictures: (n: number, say: Say) => plural(n, { one: '1 foto', other: `${say(n)} fotos` }),
  lostEntries: (n: number, say: Say) =>
    plural(n, { one: '1 entrada del registro en total', other: `${say(n)} entradas del registro en total` }),
  erased: (n: number, say: Say) =>
    plural(n, {
      one: '1 persona que se borró desde entonces se borra otra vez.',
      other: `${say(n)} personas que se borraron desde entonces se borran otra vez.`,
    }),
  rightsKept: (n: number, say: Say) =>
    plural(n, {
      one: '1 persona conserva el rol, los permisos y la contraseña de hoy.',
      other: `${say(n)} personas conservan el rol, los permisos y la contraseña de hoy.`,
    }),
  codesKept: 'Los códigos siguen siendo los de hoy.',
  uncounted:
    'El archivo no está o no se puede leer: nadie puede contar lo que se hizo desde este respaldo. Todo eso se pierde.',
  notFrom: 'El archivo no sigue de este respaldo: alguien ya lo había cambiado. Las cifras son solo una diferencia.',
  means: [
    'Primero se copia todo como está ahora; esa copia queda en la lista.',
    'La sesión de todos termina y vuelven a entrar.',
    'El registro dice quién restauró qué respaldo.',
  ],
  password: 'Tu contraseña',
  noPassword: 'Escribe tu contraseña para seguir.',
  restoring: 'Copiando lo que hay, revisando el respaldo, poniéndolo en su lugar…',
  back: (when: string) => `El estudio volvió ${toWhen(when)}`,
  backText: 'Todos vuelven a entrar. Lo que había antes queda como respaldo.',
  backAside: 'El archivo que había no se pudo copiar completo. Quedó aparte, para quien lo revise:',
  backWithout: (n: number, say: Say) =>
    plural(n, {
      one: 'No se pudo recuperar 1 foto: el respaldo no la tiene.',
      other: `No se pudieron recuperar ${say(n)} fotos: el respaldo no las tiene.`,
    }),
  stranded: (n: number, say: Say) =>
    plural(n, {
      one: '1 cita que viene vuelve a estar con un artista que ya no está: pásala o cancélala en la página de ese artista.',
      other: `${say(n)} citas que vienen vuelven a estar con artistas que ya no están: pásalas o cancélalas en sus páginas.`,
    }),
  ok: 'Entrar',
  check: {
    title: 'Revisar el archivo',
    text: 'Recalcula todo: páginas, registro, sellos, sumas, documentos y fotos. No cambia nada.',
    now: 'Revisar ahora',
    running: 'Leyendo todo el archivo…',
    good: (entries: string, rows: string) =>
      `Todo está bien: ${entries} entradas del registro, ${rows} filas selladas.`,
    bad: 'Algo no está bien.',
    damaged: 'Dañado',
    safe: 'A salvo',
    todo: 'Qué hacer',
    restore: (when: string) => `Deja de trabajar con él y restaura el respaldo ${ofWhen(when)}, o uno anterior.`,
    figures:
      'Las sumas que leen los reportes, y de las que sale lo que se debe a los artistas, están mal, o aquello con lo que trabaja la búsqueda; las ventas y los clientes de los que salen están bien. No se perdió nada: rehazlas.',
    pictures:
      'Faltan fotos o cambiaron. Restaurar el respaldo más nuevo trae de vuelta las que tiene; lo demás está bien.',
    noBackup: 'Aquí no hay respaldos. Deja el archivo como está y pide ayuda.',
    details: 'Como lo dijo la revisión',
    areas: {
      file: 'el archivo mismo',
      journal: 'el registro de actividad',
      money: 'ventas y caja',
      payouts: 'comisiones y pagos',
      stock: 'inventario',
      papers: 'documentos firmados',
      pictures: 'fotos',
      figures: 'sumas de los reportes, la búsqueda',
      rest: 'personas, citas, ajustes',
    },
  },
  status: (when: string) => `Último respaldo ${when}`,
  statusNone: 'Todavía sin respaldo',
} satisfies Messages['backups'];
