import type { Messages } from '../en';
import { plural } from '../plural';

export const me = {
  title: 'Mi perfil',
  tabsLabel: 'Mis páginas',
  tabs: { profile: 'Perfil', hours: 'Horario', rights: 'Mis permisos', signIn: 'Entrar' },
  notInList: 'No se encontró tu entrada en el directorio. Bloquea y entra otra vez.',
  wrongPassword: (left: number | undefined) =>
    left === undefined || left > 4
      ? 'Esa no es tu contraseña. Inténtalo otra vez.'
      : left === 0
        ? 'Esa no es tu contraseña. Era el último intento: espera un poco antes del siguiente.'
        : `Esa no es tu contraseña. ${plural(left, { one: 'Queda un intento', other: `Quedan ${left} intentos` })} antes de una espera.`,
  rights: {
    role: 'Tu rol',
    lent: (role: string, until: string, own: string) => `Eres ${role} hasta ${until}; después ${own} otra vez.`,
    switches: 'Solo para ti',
    noSwitches: 'No hay nada solo para ti: tu rol lo dice todo.',
    on: 'sí',
    off: 'no',
    until: (day: string) => `hasta ${day}`,
    noEnd: 'hasta que se cambie',
    because: (reason: string) => `«${reason}»`,
    ask: 'Solo un propietario o gerente cambia esto.',
  },
  password: {
    title: 'Contraseña',
    age: (days: number) => plural(days, { one: 'Elegida ayer.', other: `Elegida hace ${days} días.` }),
    today: 'Elegida hoy.',
    old: (days: number) => `Elegida hace ${days} días. Después de 90 conviene una nueva.`,
    change: 'Cambiar contraseña…',
    dialog: 'Cambiar contraseña',
    current: 'Contraseña actual',
    next: 'Contraseña nueva',
    repeat: 'Contraseña nueva otra vez',
    rule: '8 caracteres con mayúscula, minúscula y cifra, o 15 de lo que sea.',
    differs: 'No son iguales.',
    submit: 'Cambiar contraseña',
    done: 'Contraseña cambiada.',
  },
  pin: {
    title: 'PIN para cambiar rápido',
    text: 'De cuatro a ocho cifras en lugar de la contraseña, en una computadora donde hoy entraste con tu contraseña.',
    none: 'No tienes PIN.',
    set: 'Tienes un PIN.',
    choose: 'Poner un PIN…',
    change: 'Cambiar el PIN…',
    clear: 'Quitarlo…',
    dialog: 'PIN para cambiar rápido',
    pin: 'PIN',
    pinHint: 'Ni 1234, ni 1111, ni tu cumpleaños.',
    repeat: 'PIN otra vez',
    password: 'Tu contraseña',
    badPin: 'Escribe de 4 a 8 cifras.',
    differs: 'No son iguales.',
    submit: 'Poner PIN',
    clearTitle: '¿Quitar el PIN?',
    clearText: 'Desde ahora solo entras con tu contraseña.',
    clearSubmit: 'Quitarlo',
    done: 'PIN puesto. Hoy sirve aquí.',
    cleared: 'PIN quitado.',
  },
} satisfies Messages['me'];
