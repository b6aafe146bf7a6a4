// Another tool's list on its way in: the file as bytes, what was decided about it, and the report of what could not come.

import type { Args, Reply } from '../../door/ask';
import { tableText } from '../../door/save';
import { t } from '../../words/index.svelte';

export type Report = Reply<'clients.import_preview'>;
export type ImportField = NonNullable<Report['columns'][number]['field']>;

export const LARGEST = 16 * 1024 * 1024;

export const importFields = [
  'name',
  'first_name',
  'last_name',
  'phone',
  'email',
  'instagram',
  'birth_date',
  'address',
  'pronouns',
  'emergency_name',
  'emergency_phone',
  'alerts',
  'preferences',
  'source',
  'company',
] as const satisfies readonly ImportField[];

/** What somebody said about the file; null where it is to be found out. */
export interface Choices {
  mapping: (ImportField | null)[] | null;
  header: boolean | null;
  dates: Report['dates'] | null;
  skip: boolean;
}

export const untouched: Choices = { mapping: null, header: null, dates: null, skip: true };

export function argsOf(base64: string, choices: Choices): Args<'clients.import'> {
  return {
    base64,
    mapping: choices.mapping,
    header: choices.header,
    dates: choices.dates,
    skip_duplicates: choices.skip,
  };
}

/** The columns as they are now, with one of them become something else. */
export function mapped(report: Report, column: number, field: ImportField | null): (ImportField | null)[] {
  return report.columns.map((each, at) => (at === column ? field : each.field));
}

/** Whether some column says who it is. */
export function hasName(report: Report): boolean {
  return report.columns.some(({ field }) => field === 'name' || field === 'first_name' || field === 'last_name');
}

/** A file's bytes as the door takes them: what they are written in is found out there. */
export function bytesOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Every line that was refused, stays out, or looks like somebody, as a table. */
export function reportText(report: Report): string {
  const words = t.clients.import;
  const rows = [
    words.reportHeads,
    ...report.refused.map((row) => [
      String(row.line),
      words.reportRefused,
      row.field ? words.fields[row.field] : '',
      words.reasons[row.reason] ?? words.otherReason,
      row.cell,
    ]),
    ...report.duplicates.map((row) => [
      String(row.line),
      row.comes_in ? words.reportPerhaps : words.reportDuplicate,
      '',
      t.clients.twins.because[row.because],
      row.name,
    ]),
    ...report.remarks.map((row) => [
      String(row.line),
      row.left_out ? words.reportLeftOut : words.reportChanged,
      '',
      words.remarkReasons[row.reason],
      row.cell,
    ]),
  ];
  return tableText(rows);
}
