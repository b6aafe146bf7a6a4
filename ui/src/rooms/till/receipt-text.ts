// A receipt as plain text, for a mail that the computer's own program sends.

import type { Reply } from '../../door/ask';
import { studio } from '../../door/studio.svelte';
import { dayOf, longDay, money, shortDay, time } from '../../words/format';
import { t } from '../../words/index.svelte';
import { taxLabel } from './taxes';

export function receiptText(receipt: Reply<'till.receipt'>): string {
  const words = t.till.slip;
  const rows: [string, number][] = [
    ...receipt.lines.map((line): [string, number] => [
      line.quantity > 1 ? `${line.quantity} × ${line.label}` : line.label,
      line.before_tax,
    ]),
    ...(receipt.tax_added !== 0 ? receipt.taxes.map((tax): [string, number] => [taxLabel(tax, true), tax.tax]) : []),
    ...receipt.tips.map((tip): [string, number] => [words.tip(tip.artist_name), tip.amount]),
    [words.total, receipt.total],
    ...receipt.deposits.map((each): [string, number] => [words.deposit(shortDay(dayOf(each.taken_at))), -each.amount]),
    ...(receipt.rounding !== 0 ? [[words.rounding, receipt.rounding] as [string, number]] : []),
    ...receipt.tenders.map((each): [string, number] => [t.till.tenders[each.tender], each.amount]),
  ];
  return [
    studio.settings?.name ?? '',
    studio.settings?.receipt_note ?? '',
    '',
    t.till.numbered[receipt.kind](receipt.receipt),
    words.at(longDay(dayOf(receipt.at)), time(receipt.at)),
    '',
    ...rows.map(([label, amount]) => `${label}: ${money(amount)}`),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}
