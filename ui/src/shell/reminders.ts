// What whoever is at the desk should see to, as Rust says it (D06, D11, A028, A030).

import type { LastBackup, Whoami } from '../../bindings';
import { monthAndYear } from '../words/format';
import { t } from '../words/index.svelte';

export type Act = 'rotate' | 'review' | 'staff' | 'me' | 'recovery' | 'order' | 'expiring' | 'backups' | 'test';

export interface Reminder {
  act: Act;
  text: string;
  button: string;
  /** Stands in the list, but does not call anybody to it: it may last for weeks. */
  quiet?: true;
}

/** After this many days a password should be another one. Nobody is forced. */
const OLD_PASSWORD = 90;

/** `backup` is how backups stand, for whoever looks after them. */
export function reminders(who: Whoami | null, backup: LastBackup | null = null): Reminder[] {
  if (!who) return [];
  const words = t.shell.bell.reminders;
  const { code_due, review_due, few_admins, needs_recovery_code, stock_low, stock_expiring } = who.reminders;
  const late = backup?.late ? words.backupLate : backup?.second_late ? words.secondLate : null;
  const found: (Reminder | null)[] = [
    late ? { act: 'backups', text: late, button: words.backupDo } : null,
    needs_recovery_code ? { act: 'recovery', text: words.recovery, button: words.recoveryDo } : null,
    code_due ? { act: 'rotate', text: words.code[code_due], button: words.codeDo } : null,
    review_due ? { act: 'review', text: words.review(monthAndYear(`${review_due}-01`)), button: words.reviewDo } : null,
    backup?.test_due ? { act: 'test', text: words.testDue, button: words.testDo } : null,
    few_admins ? { act: 'staff', text: words.few, button: words.fewDo } : null,
    who.password_age_days > OLD_PASSWORD
      ? { act: 'me', text: words.password(who.password_age_days), button: words.passwordDo }
      : null,
    stock_low > 0 ? { act: 'order', text: words.stockLow(stock_low), button: words.stockLowDo, quiet: true } : null,
    stock_expiring > 0
      ? { act: 'expiring', text: words.stockExpiring(stock_expiring), button: words.stockExpiringDo, quiet: true }
      : null,
  ];
  return found.filter((each) => each !== null);
}
