import type { Messages } from '../en';

export const signIn = {
  title: '¿Quién está en el mostrador?',
  filter: 'Escribe un nombre',
  nobody: (text: string) => `Nadie aquí se llama «${text}».`,
  password: 'Contraseña',
  submit: 'Entrar',
  capsLock: 'Bloq Mayús está activado',
  waiting: (seconds: number) => `Demasiados intentos fallidos. Puedes intentar de nuevo en ${seconds} s.`,
  forgotten: '¿La olvidaste? Pide ayuda al propietario o gerente.',
  demoPassword: 'En este estudio de demostración la contraseña de todos es Stencil-Demo-1.',
  someoneElse: 'Otra persona',
  version: (version: string) => `Versión ${version}`,
  otherStudio: 'Otro estudio',
  pin: {
    field: 'PIN',
    hint: 'De cuatro a ocho dígitos. Sirve hasta el fin del día en esta computadora.',
    wrong: (left: number) =>
      left === 1
        ? 'Ese PIN no es correcto. Queda un intento; después solo cuenta la contraseña.'
        : `Ese PIN no es correcto. Quedan ${left} intentos; después solo cuenta la contraseña.`,
    spent: 'Demasiados PIN equivocados. Entra con tu contraseña; después el PIN vuelve a servir.',
    usePassword: 'Usar la contraseña',
    usePin: 'Usar el PIN',
  },
  recover: {
    open: '¿La olvidaste? Usa el código de recuperación',
    title: 'Código de recuperación',
    text: 'Pone una contraseña nueva al propietario. Sirve una vez; un código nuevo toma su lugar.',
    hint: 'Cuatro grupos de cinco, como en la hoja del primer día.',
    submit: 'Poner la contraseña',
    newCode: 'Tu nuevo código de recuperación',
    newCodeText: 'El anterior ya cumplió. Este se muestra una vez: anótalo o imprímelo ahora.',
  },
  change: {
    title: (name: string) => `Elige tu contraseña, ${name}`,
    why: 'La que te dieron era temporal. Solo tú conocerás la nueva.',
    current: 'Contraseña temporal',
    next: 'Contraseña nueva',
    rule: 'Al menos 8 caracteres con mayúscula, minúscula y número, o 15 de cualquier tipo.',
    repeat: 'Contraseña nueva otra vez',
    differs: 'Las dos contraseñas nuevas no son iguales.',
    short: 'Esa contraseña es muy corta.',
    weak: 'Esa contraseña es fácil de adivinar o ya se usó. Elige otra.',
    submit: 'Usar esta contraseña',
  },
} satisfies Messages['signIn'];
