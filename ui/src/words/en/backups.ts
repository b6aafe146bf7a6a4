// Backups: the page in the settings, what is told elsewhere of them, and bringing one back.

import type { Area, BackupFor } from '../../../bindings';
import { plural } from '../plural';

/** How a number is written: 5,242. */
type Say = (n: number) => string;

export const backups = {
  last: 'Last backup',
  next: 'Next backup',
  nextAt: (when: string) => `${when}, if anything has changed`,
  soon: 'In a moment, if anything has changed',
  none: 'None yet',
  where: 'Kept in',
  size: 'Size',
  sizeText: (all: string) => `${all}, pictures and signatures included`,
  every: 'Every fifteen minutes while there are changes, and after each Z report.',
  halted:
    'Nothing is backed up until the file takes changes again. What is in the list below can be tested and restored.',
  haltedNone: 'Nothing is backed up until the file takes changes again.',
  opened: 'Backup that is open',
  looksAt:
    'It is open to be looked at: nothing is backed up from it or restored into it. To work with it, open the studio itself and restore this backup there, under Settings, Backups.',
  noneHere: 'No backup on this computer',
  bring:
    'If one lies elsewhere, on a drive or another computer, copy everything in its folder into the folder named above. It appears here within a minute, to be tested and restored.',
  make: 'Back up now',
  making: 'Making a backup …',
  made: 'The backup is made and checked.',
  late: 'Changes have been waiting for a backup for more than an hour.',
  failed: (why: string) => `The last try did not work. ${why} It is tried again every minute.`,
  without: (n: number, say: Say) =>
    plural(n, {
      one: '1 picture is lost, here and in the backups. The newest backup has everything else:',
      other: `${say(n)} pictures are lost, here and in the backups. The newest backup has everything else:`,
    }),
  withoutShort: (n: number, say: Say) =>
    plural(n, { one: '1 picture was lost', other: `${say(n)} pictures were lost` }),
  figuresWrong:
    'The sums that reports read, and what artists are owed is read from, are not what the sales come to, or the search does not know every client. Sales and clients hold, and each backup has them.',
  figuresShort: 'sums of the reports or the search were wrong; restoring makes them anew',
  mend: 'Make them anew',
  mended: 'Sums and search are made anew from sales and clients, and backed up.',
  picture: (of: string, title: string | null, when: string) => `${of}${title ? `, ${title}` : ''} (${when})`,
  andMore: (n: number, say: Say) => `and ${say(n)} more`,
  second: {
    title: 'A second place',
    text: 'Each backup is copied here as well: a drive or a shared folder, so that one broken computer does not take everything with it.',
    field: 'Folder',
    hint: 'From its root, as in /media/drive or E:\\Backups.',
    save: 'Use this folder',
    stop: 'Stop using it',
    saved: 'Each backup is copied there from now on.',
    stopped: 'No longer copied there. What lies there stays.',
    at: (when: string) => `Newest copy there: ${when}`,
    empty: 'Nothing was copied there yet.',
    gone: 'The folder cannot be found. Plug the drive in or choose another; it is tried again every five minutes.',
    failed: (why: string) => `The last copy did not work. ${why}`,
    late: 'Nothing has been copied there for more than a day.',
  },
  list: 'Backups',
  listText:
    'Checked when they were written. Kept: all of the last hour, one an hour for a day, one a day for a month, one a month for a year.',
  columns: { at: 'Made', why: 'Because', holds: 'Holds', size: 'Size', where: 'Where', acts: 'What to do' },
  why: {
    changes: 'Something changed',
    close: 'Z report',
    asked: 'Somebody asked',
    restore: 'Before a restore',
    command_line: 'Command line',
  } satisfies Record<BackupFor, string>,
  holds: (sales: number, clients: number, say: Say) =>
    `${plural(sales, { one: '1 receipt', other: `${say(sales)} receipts` })}, ${plural(clients, { one: '1 client', other: `${say(clients)} clients` })}`,
  here: 'Here',
  there: 'Second place',
  both: 'Both',
  empty: 'No backup yet',
  emptyText: 'The first one is made by itself within a minute of the first change.',
  test: 'Test',
  testOf: (when: string) => `Test the backup of ${when}`,
  testTitle: (when: string) => `Test of the backup of ${when}`,
  testing: 'Bringing it back in a place of its own and recomputing everything …',
  testGood: 'This backup holds. A restore would bring all of it back.',
  testBad: 'This backup does not hold. Keep the others and test the one before it.',
  testFigures: (entries: number, sales: number, clients: number, pictures: number, say: Say) =>
    `${plural(entries, { one: '1 entry of the log', other: `${say(entries)} entries of the log` })}, ${plural(sales, { one: '1 receipt', other: `${say(sales)} receipts` })}, ${plural(clients, { one: '1 client', other: `${say(clients)} clients` })}, ${plural(pictures, { one: '1 picture', other: `${say(pictures)} pictures` })}`,
  tested: (when: string) => `Last tested ${when}: it held.`,
  testedBad: (when: string) => `Last tested ${when}: it did not hold.`,
  testDue: 'Test a backup once a month: one that nobody ever brought back is a hope.',
  restore: 'Restore…',
  restoreOf: (when: string) => `Restore the backup of ${when}`,
  restoreTitle: (when: string) => `Go back to ${when}?`,
  restoreNow: 'Restore this backup',
  lost: 'Done since then, and gone afterwards:',
  lostNothing: 'Nothing was done since then.',
  doneSince: 'What that was:',
  doneOften: (what: string, n: number) => (n === 1 ? what : `${what}, ${n} times`),
  found: 'Not here now, and back afterwards:',
  lostSales: (n: number, sum: string, say: Say) =>
    plural(n, { one: `1 receipt, ${sum} together`, other: `${say(n)} receipts, ${sum} together` }),
  lostVisits: (n: number, say: Say) => plural(n, { one: '1 booking', other: `${say(n)} bookings` }),
  lostClients: (n: number, say: Say) => plural(n, { one: '1 new client', other: `${say(n)} new clients` }),
  lostPictures: (n: number, say: Say) => plural(n, { one: '1 picture', other: `${say(n)} pictures` }),
  lostEntries: (n: number, say: Say) =>
    plural(n, { one: '1 entry of the log in all', other: `${say(n)} entries of the log in all` }),
  erased: (n: number, say: Say) =>
    plural(n, {
      one: '1 person who was erased since then is erased again.',
      other: `${say(n)} people who were erased since then are erased again.`,
    }),
  rightsKept: (n: number, say: Say) =>
    plural(n, {
      one: '1 person keeps the role, rights and password of today.',
      other: `${say(n)} people keep the role, rights and password of today.`,
    }),
  codesKept: 'The codes stay those of today.',
  uncounted:
    'The file is gone or cannot be read, so nobody can count what was done since this backup. All of that is gone afterwards.',
  notFrom: 'The file does not go on from this backup: somebody put it back before. The figures are only a difference.',
  means: [
    'First everything is copied as it is now; that copy stays in the list.',
    'Everybody is signed out and signs in again.',
    'The log says who brought which backup back.',
  ],
  password: 'Your password',
  noPassword: 'Type your password to go on.',
  restoring: 'Copying what is there, checking the backup, putting it in place …',
  back: (when: string) => `The studio is back to ${when}`,
  backText: 'Everybody signs in again. What was there before is kept as a backup.',
  backAside: 'The file that was there could not be copied whole. It was put aside, for whoever looks into it:',
  backWithout: (n: number, say: Say) =>
    plural(n, {
      one: '1 picture could not be brought back: the backup does not have it.',
      other: `${say(n)} pictures could not be brought back: the backup does not have them.`,
    }),
  stranded: (n: number, say: Say) =>
    plural(n, {
      one: '1 visit to come is back with an artist who has left: hand it on or cancel it on the page of that artist.',
      other: `${say(n)} visits to come are back with artists who have left: hand them on or cancel them on the pages of those artists.`,
    }),
  ok: 'Sign in',
  check: {
    title: 'Check the file',
    text: 'Recomputes everything: pages, log, seals, sums, papers and pictures. Nothing is changed by it.',
    now: 'Check now',
    running: 'Reading the whole file …',
    good: (entries: string, rows: string) => `Everything holds: ${entries} entries of the log, ${rows} sealed rows.`,
    bad: 'Something does not hold.',
    damaged: 'Damaged',
    safe: 'Safe',
    todo: 'What to do',
    restore: (when: string) => `Stop working on it and restore the backup of ${when}, or an earlier one.`,
    figures:
      'Sums that reports read, and what artists are owed is read from, are wrong, or what the search goes by; the sales and clients they are made from hold. Nothing is lost: make them anew.',
    pictures:
      'Pictures are missing or changed. Restoring the newest backup brings back those that it has; everything else holds.',
    noBackup: 'There is no backup here. Keep the file as it is and ask for help.',
    details: 'As the check put it',
    areas: {
      file: 'the file itself',
      journal: 'the activity log',
      money: 'sales and the drawer',
      payouts: 'commissions and payouts',
      stock: 'stock',
      papers: 'signed papers',
      pictures: 'pictures',
      figures: 'sums of the reports, the search',
      rest: 'people, appointments, settings',
    } satisfies Record<Area, string>,
  },
  status: (when: string) => `Last backup ${when}`,
  statusNone: 'No backup yet',
};
