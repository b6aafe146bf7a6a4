import type { Messages } from '../en';
import { plural } from '../plural';
import { ofWhen } from './when';
import { within } from './within';

export const shell = {
  skip: 'Ir al área de trabajo',
  pages: {
    agenda: 'Agenda',
    cash: 'Caja',
  },
  onlyFor: {
    admin: 'Solo el propietario o gerente puede abrir esto.',
  },
  nothingHere: 'Esa página no existe.',
  toAgenda: 'Abrir la agenda',
  searchBox: 'Buscar clientes, páginas, acciones',
  rail: 'Páginas',
  bar: 'Barra',
  panel: 'Detalles',
  drawerOpen: (time: string) => `Caja abierta · desde las ${time}`,
  drawerClosed: 'Caja cerrada',
  strangeFile:
    'Este no es el archivo del estudio como lo vio esta computadora la última vez: puede ser una copia anterior. No se cobra hasta que un propietario devuelva el archivo correcto.',
  halted: {
    readOnly:
      'No se puede escribir en el archivo del estudio: puedes ver, pero no cambiar nada. Inkpoint lo intenta otra vez cada minuto.',
    damaged:
      'Una parte del archivo del estudio está dañada. Puedes ver, pero no se cambia nada hasta restaurar un respaldo.',
    beyond: (when: string) =>
      `El archivo del estudio está dañado y no se puede leer. Ves el respaldo ${ofWhen(when)}; no se cambia nada hasta restaurarlo.`,
    gone: (when: string) =>
      `El archivo del estudio no está donde estaba. Ves el respaldo ${ofWhen(when)}; no se cambia nada hasta que el archivo regrese y lo abras otra vez, o se restaure un respaldo.`,
    backup: (when: string) =>
      `Este es el respaldo ${ofWhen(when)}, para verlo: no se cambia nada en él. Para trabajar con él, abre el estudio y recupéralo en Ajustes, Respaldos.`,
    restore: (when: string) => `El último respaldo es ${ofWhen(when)}.`,
    noBackup: 'No hay respaldos en esta computadora.',
    askFor: 'Pide ayuda a un propietario o gerente.',
    unlock: 'Da permiso al usuario de esta computadora para cambiar el archivo y su carpeta, o desbloquea el disco.',
    nothingSaved: 'Ahora no se puede guardar nada: el archivo del estudio no acepta cambios.',
    open: 'Respaldos',
  },
  noStart: 'El estudio no se abre',
  clock: {
    behind: (clock: string, last: string) =>
      `El reloj de esta computadora marca ${within(clock)}, pero el último registro es ${ofWhen(last)}.`,
    dated:
      'Hasta que el reloj lo alcance, los registros nuevos llevan esa misma fecha. Si el reloj está mal, ponlo a la hora.',
    waits:
      'Es más de un día atrás, así que no entra ni sale dinero hasta que se ponga a la hora o alguien lo confirme.',
    askFor: 'Pide ayuda a un propietario o gerente.',
    confirm: 'El reloj está bien',
    confirmed: 'Reloj confirmado. Ya se puede cobrar de nuevo.',
  },
  demoStudio: 'Estudio de demostración: personas y dinero inventados',
  me: 'Tú y esta ventana',
  lock: 'Bloquear o cambiar de persona',
  theme: 'Tema',
  themes: { system: 'Como la computadora', light: 'Claro', dark: 'Oscuro' },
  language: 'Idioma',
  languageStudio: 'El del estudio',
  scale: 'Tamaño',
  letterKeys: 'Teclas de una letra',
  on: 'Sí',
  off: 'No',
  help: 'Teclas y ayuda',
  keys: {
    title: 'Teclas',
    everywhere: 'En todas partes',
    letters: 'Las letras solas funcionan cuando ningún campo tiene el foco.',
    list: 'Esta lista',
    palette: 'Búsqueda y acciones',
    clients: 'Buscar un cliente',
    regions: 'Siguiente parte de la ventana',
    endElevation: 'Terminar la elevación',
    undo: 'Deshacer el último cambio',
    escape: 'Cerrar la capa de arriba',
  },
  palette: {
    title: 'Búsqueda y acciones',
    placeholder: 'Un cliente, un artículo, una página, una acción …',
    clientsOnly: 'Nombre o teléfono: Intro abre, Shift Intro agenda',
    clients: 'Clientes',
    items: 'Inventario',
    pages: 'Páginas',
    actions: 'Acciones',
    nothing: (text: string) => `No se encontró nada para «${text}».`,
    start: 'Escribe un nombre, un teléfono o lo que quieres hacer.',
    book: 'Agendar',
  },
  elevation: {
    title: 'Código maestro',
    field: 'Código maestro',
    hint: 'Diez letras y números, en dos grupos de cinco.',
    means: 'Desbloquear con',
    approver: 'Contraseña de gerente',
    approverHint: 'Te permite seguir; el mostrador sigue siendo tuyo y el registro anota quién fue.',
    who: 'Quién autoriza',
    reason: 'Motivo',
    pickWho: 'Elige un nombre',
    reasonHint: 'Queda en el registro junto a lo que hagas.',
    noReason: 'Este estudio pide un motivo. Di en pocas palabras para qué es.',
    submit: 'Desbloquear',
    chip: 'Elevado',
    end: 'Terminar',
    again: 'Escribir el código de nuevo',
    extend: 'Mantener desbloqueado el mostrador',
    opened: (minutes: number) => `Elevado por ${minutes} min.`,
    oneMinute: 'Queda un minuto de elevación.',
    fifteenSeconds: 'Quedan quince segundos de elevación.',
    ended: 'La elevación terminó.',
  },
  bell: {
    title: 'Avisos',
    some: (n: number) => plural(n, { one: 'Avisos: 1 nuevo', other: `Avisos: ${n} nuevos` }),
    count: (n: number) => plural(n, { one: 'Tienes un aviso nuevo.', other: `Tienes ${n} avisos nuevos.` }),
    due: 'Por atender',
    none: 'Todavía nada. Cuando alguien cambie tus permisos o tu día, aparece aquí.',
    fresh: 'Nuevo',
    somebody: 'Inkpoint',
    reminders: {
      code: {
        age: 'El código maestro ya pasó su tiempo.',
        left: 'Se fue alguien que conocía el código maestro.',
        suspicion: 'Puede que otros conozcan el código maestro.',
      },
      codeDo: 'Cambiar…',
      review: (month: string) => `La revisión de ${month.toLocaleLowerCase('es')} no está firmada.`,
      reviewDo: 'Abrir',
      few: 'Solo hay un propietario o gerente activo. Un segundo ayuda cuando alguien falta.',
      fewDo: 'Equipo',
      backupLate: 'Hay cambios que esperan un respaldo desde hace más de una hora.',
      secondLate: 'No se ha copiado nada al segundo lugar desde hace más de un día.',
      backupDo: 'Respaldos',
      testDue: 'Ya toca probar un respaldo.',
      testDo: 'Probar',
      password: (days: number) => `Tu contraseña tiene ${days} días. Elige otra.`,
      passwordDo: 'Cambiar',
      recovery: 'Necesitas tu propio código de recuperación: es el único regreso si olvidas tu contraseña.',
      recoveryDo: 'Hacerlo…',
      stockLow: (n: number) =>
        plural(n, { one: '1 artículo está bajo su mínimo.', other: `${n} artículos están bajo su mínimo.` }),
      stockLowDo: 'Pedir',
      stockExpiring: (n: number) =>
        plural(n, { one: '1 lote caduca en 30 días.', other: `${n} lotes caducan en 30 días.` }),
      stockExpiringDo: 'Ver',
    },
    notices: {
      roleChanged: (who: string, from: string, to: string, until: string | null) =>
        until === null
          ? `${who} cambió tu rol de ${from} a ${to}.`
          : `${who} cambió tu rol de ${from} a ${to} hasta ${until}. Después vuelve a ser ${from}.`,
      switchOn: (who: string, name: string, until: string | null) =>
        `${who} te activó «${name}»${until === null ? '' : ` hasta ${until}`}.`,
      switchOff: (who: string, name: string, until: string | null) =>
        `${who} te desactivó «${name}»${until === null ? '' : ` hasta ${until}`}.`,
      switchCleared: (who: string, name: string) => `${who} regresó «${name}» a lo que dice tu rol.`,
      passwordReset: (who: string) =>
        `${who} hizo una contraseña de un solo uso para tu cuenta. Si no la pediste, habla con esa persona.`,
      timeOff: (artist: string, when: string) => `${artist} bloqueó tiempo: ${when}.`,
      clientHere: (client: string, when: string) => `${client} ya llegó para las ${when}.`,
      paidOut: (who: string, amount: string, no: number) => `${who} te pagó ${amount} (pago ${no}).`,
      payoutBack: (who: string, amount: string, no: number) =>
        `${who} revirtió el pago ${no}: se te deben otra vez ${amount}.`,
      clockAhead: (from: string, to: string) =>
        `Entre dos registros, el reloj de esta computadora pasó de ${from} a ${to}. Si es demasiado, ponlo a la hora ya: los registros siguientes nunca retroceden.`,
      codeRotated: (who: string) => `${who} cambió el código maestro. Pide el nuevo.`,
      nowOwner: (who: string) => `${who} te entregó el estudio: ahora tú eres su propietario.`,
      notOwner: (owner: string) => `Ahora ${owner} es quien tiene el estudio.`,
      reassigned: (who: string, client: string) => `${who} te pasó a ${client}: ahora es tu cliente.`,
      supplyNeed: (who: string, what: string, n: number | null) => `${who} pide ${n === null ? '' : `${n} × `}${what}.`,
      supplyWrong: (who: string, what: string, n: number | null) =>
        `${who} dice que la existencia de ${what} está mal${n === null ? '' : `: hay ${n}`}.`,
      supplyOrdered: (who: string, what: string, note: string | null) =>
        `${who} pidió lo que solicitaste: ${what}.${note ? ` «${note}»` : ''}`,
      supplyReceived: (who: string, what: string, note: string | null) =>
        `Ya llegó lo que solicitaste: ${what} (${who}).${note ? ` «${note}»` : ''}`,
      supplyCorrected: (who: string, what: string, note: string | null) =>
        `${who} corrigió la existencia de ${what}.${note ? ` «${note}»` : ''}`,
      supplyDeclined: (who: string, what: string, note: string) => `${who} rechazó tu solicitud, ${what}: «${note}»`,
      moved: (n: number) =>
        plural(n, {
          one: 'Una cita de un colega que se fue ahora es tuya. Mira tu agenda.',
          other: `${n} citas de un colega que se fue ahora son tuyas. Mira tu agenda.`,
        }),
    },
  },
  unfinished: { line: 'Estabas a la mitad de esto.', discard: 'Descartar' },
  lists: 'Opciones',
  toasts: 'Mensajes',
} satisfies Messages['shell'];
