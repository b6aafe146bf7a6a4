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
  someoneElse: 'Otra persona',
  version: (version: string) => `Versión ${version}`,
  change: {
    title: (name: string) => `Elige tu contraseña, ${name}`,
    why: 'La que te dieron era temporal. Solo tú conocerás la nueva.',
    current: 'Contraseña temporal',
    next: 'Contraseña nueva',
    rule: 'Al menos 8 caracteres con mayúscula, minúscula y número, o 15 de cualquier tipo.',
    repeat: 'Contraseña nueva otra vez',
    differs: 'Las dos contraseñas nuevas no son iguales.',
    weak: 'Esa contraseña es fácil de adivinar o ya se usó. Elige otra.',
    submit: 'Usar esta contraseña',
  },
} satisfies Messages['signIn'];
