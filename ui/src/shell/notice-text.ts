// One notice as a sentence to the person it is for.

import type { Notice, Role, SwitchName } from '../../bindings';
import { dayOf, money, shortDay, time, timeRange } from '../words/format';
import { t } from '../words/index.svelte';

function moment(instant: number): string {
  return `${shortDay(dayOf(instant))}, ${time(instant)}`;
}

export function noticeText(notice: Notice): string {
  const words = t.shell.bell.notices;
  const { by, details } = notice;
  const text = (name: string) => (typeof details[name] === 'string' ? details[name] : '');
  const number = (name: string) => (typeof details[name] === 'number' ? details[name] : null);
  const role = (name: string) => t.common.roles[text(name) as Role] ?? text(name);
  const until = number('until');
  const end = until === null ? null : moment(until);
  const who = by ?? t.shell.bell.somebody;

  switch (notice.kind) {
    case 'role_changed':
      return words.roleChanged(who, role('old_role'), role('new_role'), end);
    case 'switch_changed': {
      const name = t.staff.switches[text('switch') as SwitchName] ?? text('switch');
      if (typeof details.on !== 'boolean') return words.switchCleared(who, name);
      return details.on ? words.switchOn(who, name, end) : words.switchOff(who, name, end);
    }
    case 'password_reset':
      return words.passwordReset(who);
    case 'time_off': {
      const [starts, ends] = [number('starts_at'), number('ends_at')];
      if (starts === null || ends === null) return words.timeOff(text('artist'), '');
      const oneDay = dayOf(starts) === dayOf(ends - 1);
      if (notice.details['all_day'] === true) {
        const [first, last] = [shortDay(dayOf(starts)), shortDay(dayOf(ends - 1))];
        return words.timeOff(text('artist'), oneDay ? first : `${first} – ${last}`);
      }
      return words.timeOff(
        text('artist'),
        oneDay ? `${shortDay(dayOf(starts))}, ${timeRange(starts, ends)}` : `${moment(starts)} – ${moment(ends)}`,
      );
    }
    case 'client_here':
      return words.clientHere(text('client'), time(number('starts_at') ?? notice.at));
    case 'code_rotated':
      return words.codeRotated(who);
    case 'ownership':
      return text('new_role') === 'owner' ? words.nowOwner(who) : words.notOwner(text('owner'));
    case 'client_reassigned':
      return words.reassigned(who, text('client_name'));
    case 'paid_out':
      return words.paidOut(who, money(number('amount') ?? 0), number('number') ?? 0);
    case 'payout_back':
      return words.payoutBack(who, money(number('amount') ?? 0), number('reverses') ?? 0);
    case 'clock_ahead':
      return words.clockAhead(moment(number('from') ?? notice.at), moment(number('to') ?? notice.at));
    case 'supply_asked':
      return text('kind') === 'wrong'
        ? words.supplyWrong(who, text('what'), number('quantity'))
        : words.supplyNeed(who, text('what'), number('quantity'));
    case 'supply_answered': {
      const note = text('note') || null;
      switch (text('answer')) {
        case 'ordered':
          return words.supplyOrdered(who, text('what'), note);
        case 'declined':
          return words.supplyDeclined(who, text('what'), note ?? '');
        default:
          return text('kind') === 'wrong'
            ? words.supplyCorrected(who, text('what'), note)
            : words.supplyReceived(who, text('what'), note);
      }
    }
    case 'appointments_moved':
      return words.moved(number('count') ?? 0);
  }
}
