// The frame around every room: rail, bar, palette, elevation, keys, toasts.

import { plural } from '../plural';

export const shell = {
  skip: 'Skip to the work area',
  pages: {
    agenda: 'Agenda',
    cash: 'Cash',
  },
  onlyFor: {
    admin: 'Only an owner or manager can open this.',
  },
  nothingHere: 'There is no such page.',
  toAgenda: 'Open the agenda',
  searchBox: 'Search clients, pages, actions',
  rail: 'Pages',
  bar: 'Bar',
  panel: 'Details',
  drawerOpen: (time: string) => `Drawer open · since ${time}`,
  drawerClosed: 'Drawer closed',
  strangeFile:
    'This is not the studio’s file as this computer last saw it: it may be an older copy. Money is not taken until an owner has put the right file back.',
  halted: {
    readOnly:
      'The studio’s file cannot be written to, so you can look but nothing can be changed. Inkpoint tries again every minute.',
    damaged: 'Part of the studio’s file is damaged. You can look, but nothing is changed until a backup is restored.',
    beyond: (when: string) =>
      `The studio’s file is damaged beyond reading. You see the backup of ${when}; nothing is changed until it is restored.`,
    gone: (when: string) =>
      `The studio’s file is not where it was. You see the backup of ${when}; nothing is changed until the file is back and opened again, or a backup is restored.`,
    backup: (when: string) =>
      `This is the backup of ${when}, to look at: nothing is changed in it. To work with it, open the studio and bring the backup back under Settings, Backups.`,
    restore: (when: string) => `The last backup is of ${when}.`,
    noBackup: 'There is no backup on this computer.',
    askFor: 'Ask an owner or manager.',
    unlock: 'Allow this computer’s user to change the file and its folder, or unlock the drive.',
    nothingSaved: 'Nothing can be saved now: the studio’s file takes no change.',
    open: 'Backups',
  },
  noStart: 'The studio does not open',
  clock: {
    behind: (clock: string, last: string) => `This computer’s clock says ${clock}, but the last entry is from ${last}.`,
    dated: 'Until the clock has caught up, new entries are dated like that one. Set the clock right if it is wrong.',
    waits: 'That is more than a day back, so no money is taken or given out until the clock is set right or confirmed.',
    askFor: 'Ask an owner or manager.',
    confirm: 'The clock is right',
    confirmed: 'The clock is confirmed. Money can be taken again.',
  },
  demoStudio: 'Demo studio: made-up people and money',
  me: 'You and this window',
  lock: 'Lock or switch person',
  theme: 'Theme',
  themes: { system: 'As the computer', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languageStudio: 'The studio’s',
  scale: 'Size',
  letterKeys: 'Single-letter keys',
  on: 'On',
  off: 'Off',
  help: 'Keys and help',
  keys: {
    title: 'Keys',
    everywhere: 'Everywhere',
    letters: 'Single letters work while no field has the focus.',
    list: 'This list',
    palette: 'Search and actions',
    clients: 'Find a client',
    regions: 'Next part of the window',
    endElevation: 'End elevation',
    undo: 'Undo the last change',
    escape: 'Close the top layer',
  },
  palette: {
    title: 'Search and actions',
    placeholder: 'A client, an item, a page, an action …',
    clientsOnly: 'A client’s name or phone: Enter opens, Shift Enter books',
    clients: 'Clients',
    items: 'Stock',
    pages: 'Pages',
    actions: 'Actions',
    nothing: (text: string) => `Nothing found for “${text}”.`,
    start: 'Type a name, a phone number or what you want to do.',
    book: 'Book',
  },
  elevation: {
    title: 'Master code',
    field: 'Master code',
    hint: 'Ten letters and digits, in two groups of five.',
    means: 'Unlock with',
    approver: 'A manager’s password',
    approverHint: 'They let you go on; the desk stays yours, and the log names them.',
    who: 'Who approves',
    reason: 'Reason',
    pickWho: 'Pick a name',
    reasonHint: 'Stands in the activity log beside what you do.',
    noReason: 'This studio wants a reason. Say in a few words what it is for.',
    submit: 'Unlock',
    chip: 'Elevated',
    end: 'End',
    again: 'Enter the code again',
    extend: 'Keep the desk unlocked',
    opened: (minutes: number) => `Elevated for ${minutes} min.`,
    oneMinute: 'One minute of elevation left.',
    fifteenSeconds: 'Fifteen seconds of elevation left.',
    ended: 'Elevation has ended.',
  },
  bell: {
    title: 'Notices',
    some: (n: number) => plural(n, { one: 'Notices: 1 new', other: `Notices: ${n} new` }),
    count: (n: number) => plural(n, { one: 'You have a new notice.', other: `You have ${n} new notices.` }),
    due: 'To see to',
    none: 'Nothing yet. When somebody changes your rights or your day, it stands here.',
    fresh: 'New',
    somebody: 'Inkpoint',
    reminders: {
      code: {
        age: 'The master code is older than it should be.',
        left: 'Somebody who knew the master code has left.',
        suspicion: 'The master code may be known to others.',
      },
      codeDo: 'Rotate…',
      review: (month: string) => `The review of ${month} is not signed.`,
      reviewDo: 'Open',
      few: 'Only one owner or manager is active. A second one helps when somebody is away.',
      fewDo: 'Team',
      backupLate: 'Changes have been waiting for a backup for more than an hour.',
      secondLate: 'Nothing has been copied to the second place for more than a day.',
      backupDo: 'Backups',
      testDue: 'It is time to test a backup.',
      testDo: 'Test',
      password: (days: number) => `Your password is ${days} days old. Choose another one.`,
      passwordDo: 'Change',
      recovery: 'You need a recovery code of your own: it is the only way back if you forget your password.',
      recoveryDo: 'Make it…',
      stockLow: (n: number) =>
        plural(n, { one: '1 item is below its minimum.', other: `${n} items are below their minimum.` }),
      stockLowDo: 'Order',
      stockExpiring: (n: number) =>
        plural(n, { one: '1 lot goes off within 30 days.', other: `${n} lots go off within 30 days.` }),
      stockExpiringDo: 'Look',
    },
    notices: {
      roleChanged: (who: string, from: string, to: string, until: string | null) =>
        until === null
          ? `${who} changed your role from ${from} to ${to}.`
          : `${who} changed your role from ${from} to ${to} until ${until}. After that it is ${from} again.`,
      switchOn: (who: string, name: string, until: string | null) =>
        `${who} turned “${name}” on for you${until === null ? '' : ` until ${until}`}.`,
      switchOff: (who: string, name: string, until: string | null) =>
        `${who} turned “${name}” off for you${until === null ? '' : ` until ${until}`}.`,
      switchCleared: (who: string, name: string) => `${who} put “${name}” back to what your role says.`,
      passwordReset: (who: string) =>
        `${who} made a one-time password for your account. If you did not ask for it, talk to them.`,
      timeOff: (artist: string, when: string) => `${artist} has blocked time: ${when}.`,
      clientHere: (client: string, when: string) => `${client} is here for ${when}.`,
      paidOut: (who: string, amount: string, no: number) => `${who} paid you ${amount} (payout ${no}).`,
      payoutBack: (who: string, amount: string, no: number) =>
        `${who} took payout ${no} back: ${amount} is owed to you again.`,
      clockAhead: (from: string, to: string) =>
        `Between two entries this computer’s clock went from ${from} to ${to}. If that is too far, set it right now: later entries never go back.`,
      codeRotated: (who: string) => `${who} changed the master code. Ask for the new one.`,
      nowOwner: (who: string) => `${who} handed the studio over to you: you are its owner now.`,
      notOwner: (owner: string) => `${owner} is the studio’s owner now.`,
      reassigned: (who: string, client: string) => `${who} handed ${client} to you: they are your client now.`,
      supplyNeed: (who: string, what: string, n: number | null) =>
        `${who} asks for ${n === null ? '' : `${n} × `}${what}.`,
      supplyWrong: (who: string, what: string, n: number | null) =>
        `${who} says that the stock of ${what} is wrong${n === null ? '' : `: ${n} are there`}.`,
      supplyOrdered: (who: string, what: string, note: string | null) =>
        `${who} ordered what you asked for: ${what}.${note ? ` “${note}”` : ''}`,
      supplyReceived: (who: string, what: string, note: string | null) =>
        `What you asked for is here: ${what} (${who}).${note ? ` “${note}”` : ''}`,
      supplyCorrected: (who: string, what: string, note: string | null) =>
        `${who} put the stock of ${what} right.${note ? ` “${note}”` : ''}`,
      supplyDeclined: (who: string, what: string, note: string) => `${who} declined your request, ${what}: “${note}”`,
      moved: (n: number) =>
        plural(n, {
          one: 'An appointment of a colleague who left is yours now. Look at your agenda.',
          other: `${n} appointments of a colleague who left are yours now. Look at your agenda.`,
        }),
    },
  },
  unfinished: { line: 'You were in the middle of this.', discard: 'Discard' },
  lists: 'Choices',
  toasts: 'Messages',
};
