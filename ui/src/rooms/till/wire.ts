// What the core is about to say; replaced by its bindings.
import type { Tender, TenderLine, VisitStatus } from '../../../bindings';
import { ask, type Reply } from '../../door/ask';
import { studio } from '../../door/studio.svelte';

export interface TaxSum {
  name: string | null;
  bp: number | null;
  net: number;
  tax: number;
}

export interface CartDeposit {
  deposit_id: string;
  taken_at: number;
  amount: number;
}

export interface CartMoney {
  before_tax: number;
  tax_added: number;
  taxes: TaxSum[];
  deposits: CartDeposit[];
  to_pay: number;
  cash_to_pay: number;
  rounding: number;
}

export interface ReceiptMoney {
  lines: (Reply<'till.receipt'>['lines'][number] & { before_tax: number })[];
  before_tax: number;
  tax_added: number;
  taxes: TaxSum[];
  deposits: (CartDeposit & { receipt: number })[];
  rounding: number;
  paid: number;
  kept_deposit: boolean;
  copies: number;
  copy: boolean;
}

export interface Deposit {
  id: string;
  client_id: string;
  client_name: string;
  appointment_id: string;
  artist_id: string;
  artist_name: string;
  service_name: string;
  starts_at: number;
  status: VisitStatus;
  amount: number;
  left: number;
  state: 'held' | 'applied' | 'kept' | 'returned';
  taken_at: number;
  taken_by: string;
  receipt: number;
  suggestion: 'keep' | 'return' | null;
}

export interface DepositReceipt {
  receipt: number;
  kind: 'taken' | 'returned';
  at: number;
  by: string;
  amount: number;
  tenders: Reply<'till.receipt'>['tenders'];
  change: number;
  reason: string | null;
  deposit: Deposit;
}

export interface CardDeposit {
  due: number;
  held: number;
  state: 'none' | 'due' | 'held' | 'applied' | 'kept' | 'returned';
}

export interface TaxRate {
  id: string;
  name: string;
  bp: number;
  active: boolean;
}

export interface DepositPolicy {
  kind: 'none' | 'fixed' | 'percent';
  value: number;
  minimum: number;
}

type Soon = {
  'till.deposits': {
    args: { client_id?: string | null; appointment_id?: string | null; open_only?: boolean };
    reply: Deposit[];
  };
  'till.deposit_receipt': { args: { receipt: number }; reply: DepositReceipt };
  'till.take_deposit': {
    args: { appointment_id: string; amount: number; tenders: TenderLine[] };
    reply: DepositReceipt;
  };
  'till.move_deposit': { args: { deposit_id: string; appointment_id: string }; reply: Deposit };
  'till.keep_deposit': { args: { deposit_id: string; reason?: string | null }; reply: Reply<'till.receipt'> };
  'till.return_deposit': {
    args: { deposit_id: string; amount?: number | null; tender: Tender; reason: string };
    reply: DepositReceipt;
  };
  'studio.tax_rates': { args: Record<string, never>; reply: TaxRate[] };
  'studio.set_tax_rate': {
    args: { tax_rate_id?: string | null; name: string; bp: number; active?: boolean | null };
    reply: TaxRate;
  };
  'reports.x_report': { args: Record<string, never>; reply: XReport };
  'till.take_over': { args: { reason: string }; reply: Reply<'till.drawer'> };
  'till.reprint': { args: { sale_id: string }; reply: Reply<'till.receipt'> };
};

export const askSoon = ask as unknown as <C extends keyof Soon>(
  command: C,
  args: Soon[C]['args'],
  options?: { key?: string },
) => Promise<Soon[C]['reply']>;

export function depositOf(visit: Reply<'agenda.list'>['cards'][number] | null): CardDeposit | null {
  return (visit?.detail as { deposit?: CardDeposit } | null | undefined)?.deposit ?? null;
}

export function widened(cart: Reply<'till.quote'>): Reply<'till.quote'> & CartMoney {
  const taxes =
    cart.tax > 0 ? [{ name: null, bp: studio.settings?.tax_bp ?? 0, net: cart.goods - cart.tax, tax: cart.tax }] : [];
  return {
    to_pay: cart.total,
    cash_to_pay: cart.total,
    before_tax: cart.goods,
    tax_added: 0,
    deposits: [],
    taxes,
    rounding: 0,
    ...cart,
  };
}

export function widenedReceipt(receipt: Reply<'till.receipt'>): Omit<Reply<'till.receipt'>, 'lines'> & ReceiptMoney {
  const taxes =
    receipt.tax !== 0
      ? [{ name: null, bp: studio.settings?.tax_bp ?? 0, net: receipt.goods - receipt.tax, tax: receipt.tax }]
      : [];
  return {
    before_tax: receipt.goods,
    tax_added: 0,
    taxes,
    deposits: [],
    rounding: 0,
    paid: receipt.total,
    kept_deposit: false,
    copies: 0,
    copy: false,
    ...receipt,
    lines: receipt.lines.map((line) => ({ before_tax: line.amount, ...line })),
  };
}

export interface Takeover {
  at: number;
  member_id: string;
  by: string;
  reason: string;
}

export interface DayFigures {
  first_receipt: number | null;
  last_receipt: number | null;
  sales: number;
  refunds: number;
  voids: number;
  goods: number;
  discount: number;
  tax: number;
  taxes: TaxSum[];
  tips: number;
  tips_by_artist: { artist_id: string; name: string; amount: number }[];
  total: number;
  rounding: number;
  deposits: { taken: number; returned: number; applied: number; kept: number };
  tenders: Reply<'reports.z_report'>['tenders'];
  reversals: {
    sale_id: string;
    receipt: number;
    kind: 'sale' | 'refund' | 'void';
    at: number;
    by: string;
    total: number;
    reason: string | null;
    original_receipt: number;
  }[];
  moves: Reply<'reports.z_report'>['moves'];
  perpetual: number;
}

export interface XReport extends DayFigures {
  session_id: string;
  at: number;
  opened_at: number;
  opened_by: string;
  held_by: string;
  float: number;
  expected: number;
}

export type ZReport = Reply<'reports.z_report'> &
  DayFigures & { approved_by: string | null; waived: boolean; takeovers: Takeover[] };

export type OpenDrawer = NonNullable<Reply<'till.drawer'>['open']> & {
  held_by: string;
  held_by_id: string;
  takeovers: Takeover[];
  blind: boolean;
};

export function widenedZ(z: Reply<'reports.z_report'>): ZReport {
  return {
    taxes: z.tax !== 0 ? [{ name: null, bp: null, net: z.goods - z.tax, tax: z.tax }] : [],
    tips_by_artist: [],
    rounding: 0,
    deposits: { taken: 0, returned: 0, applied: 0, kept: 0 },
    reversals: [],
    approved_by: null,
    waived: false,
    takeovers: [],
    ...z,
  };
}

export function widenedOpen(open: Reply<'till.drawer'>['open'] | null): OpenDrawer | null {
  return open && { held_by: open.opened_by, held_by_id: '', takeovers: [], blind: false, ...open };
}
