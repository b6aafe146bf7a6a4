import { plural } from '../plural';

export const me = {
  title: 'My profile',
  tabsLabel: 'My pages',
  tabs: { profile: 'Profile', hours: 'Hours', rights: 'My rights', signIn: 'Signing in' },
  notInList: 'Your entry in the directory could not be found. Lock the desk and sign in again.',
  wrongPassword: (left: number | undefined) =>
    left === undefined || left > 4
      ? 'That is not your password. Try again.'
      : left === 0
        ? 'That is not your password. That was the last try: wait a little before the next one.'
        : `That is not your password. ${plural(left, { one: 'One try is', other: `${left} tries are` })} left before a wait.`,
  rights: {
    role: 'Your role',
    lent: (role: string, until: string, own: string) => `You are ${role} until ${until}; then ${own} again.`,
    switches: 'Set for you alone',
    noSwitches: 'Nothing is set for you alone: your role says it all.',
    on: 'on',
    off: 'off',
    until: (day: string) => `until ${day}`,
    noEnd: 'until it is changed',
    because: (reason: string) => `“${reason}”`,
    ask: 'Only an owner or manager changes this.',
  },
  password: {
    title: 'Password',
    age: (days: number) => plural(days, { one: 'Chosen yesterday.', other: `Chosen ${days} days ago.` }),
    today: 'Chosen today.',
    old: (days: number) => `Chosen ${days} days ago. After 90 days a new one is a good idea.`,
    change: 'Change password…',
    dialog: 'Change password',
    current: 'Present password',
    next: 'New password',
    repeat: 'New password again',
    rule: '8 characters with upper case, lower case and a digit, or 15 of anything.',
    differs: 'The two are not the same.',
    submit: 'Change password',
    done: 'Password changed.',
  },
  pin: {
    title: 'PIN for a quick switch',
    text: 'Four to eight digits instead of the password, on a computer where you signed in with your password today.',
    none: 'You have no PIN.',
    set: 'You have a PIN.',
    choose: 'Set a PIN…',
    change: 'Change PIN…',
    clear: 'Take it away…',
    dialog: 'PIN for a quick switch',
    pin: 'PIN',
    pinHint: 'Not 1234, not 1111, not your birthday.',
    repeat: 'PIN again',
    password: 'Your password',
    badPin: 'Write 4 to 8 digits.',
    differs: 'The two are not the same.',
    submit: 'Set PIN',
    clearTitle: 'Take the PIN away?',
    clearText: 'From now on only your password signs you in.',
    clearSubmit: 'Take it away',
    done: 'PIN set. It works here today.',
    cleared: 'PIN taken away.',
  },
};
