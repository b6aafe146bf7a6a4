// Another program's studio on its way in: its account as a table to keep, and amounts before any studio is open.

import type { Reply } from '../../door/ask';
import { tableText } from '../../door/save';
import { language, t } from '../../words/index.svelte';

export type Account = Reply<'studio.import_tsm_preview'>;

export const LARGEST = 48 * 1024 * 1024;

/** An amount in the currency that was picked: no studio says how to write it yet. */
export function amount(account: Account, minor: number): string {
  return written(account, minor / 10 ** account.exponent);
}

/** What stood there, which may be finer than the currency's smallest coin. */
export function stood(account: Account, text: string): string {
  const value = Number(text);
  return Number.isFinite(value) ? written(account, value, text.split('.')[1]?.length) : text;
}

function written(account: Account, value: number, digits = 0): string {
  return new Intl.NumberFormat(language(), {
    style: 'currency',
    currency: account.currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: account.exponent,
    maximumFractionDigits: Math.min(Math.max(account.exponent, digits), 20),
  }).format(value);
}

/** "600.00", as the account writes what stood there. */
export function plain(account: Account, minor: number): string {
  return (minor / 10 ** account.exponent).toFixed(account.exponent);
}

export function tableName(table: string): string {
  return t.moving.arrive.tables[table] ?? table;
}

/** Every table, sum and remark, as a table of their own. */
export function accountText(account: Account): string {
  const words = t.moving.arrive;
  const rows: string[][] = [
    [words.heads.table, words.heads.rows, words.heads.imported, words.heads.changed, words.heads.left],
    ...account.tables.map((row) => [
      tableName(row.table),
      ...[row.rows, row.imported, row.changed, row.left_out].map((count) => String(count)),
    ]),
    [],
    [
      words.moneyHeads.sum,
      words.moneyHeads.there,
      words.moneyHeads.reckoned,
      words.moneyHeads.imported,
      words.moneyHeads.left,
      words.moneyHeads.rounding,
    ],
    ...account.sums.map((sum) => [
      words.sums[sum.of],
      sum.there,
      plain(account, sum.reckoned),
      plain(account, sum.imported),
      sum.left_out,
      sum.rounding,
    ]),
    [],
    [
      words.remarksHeads.table,
      words.remarksHeads.row,
      words.whyHeads.left,
      words.remarksHeads.reason,
      words.remarksHeads.column,
      words.remarksHeads.value,
    ],
    ...account.remarks.map((remark) => [
      tableName(remark.table),
      remark.row,
      remark.left_out ? words.leftOut : words.changed,
      words.reasons[remark.reason],
      remark.column ?? '',
      remark.value ?? '',
    ]),
  ];
  return tableText(rows);
}
