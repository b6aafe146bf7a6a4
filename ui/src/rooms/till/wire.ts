// What the core is about to say; replaced by its bindings.
import type { Tender, TenderLine } from '../../../bindings';
import { ask, type Reply } from '../../door/ask';
import { studio } from '../../door/studio.svelte';

export interface TaxLine {
  name: string;
  bp: number;
  net: number;
  tax: number;
}

export interface CartMoney {
  to_pay: number;
  deposits: { deposit_id: string; taken_at: number; amount: number }[];
  taxes: TaxLine[];
  rounding: number;
}

export interface Deposit {
  id: string;
  client_id: string;
  client_name: string;
  appointment_id: string | null;
  artist_id: string | null;
  amount: number;
  left: number;
  state: 'held' | 'applied' | 'kept' | 'returned';
  taken_at: number;
  receipt: number;
  suggestion: 'keep' | 'return' | null;
}

export interface TaxRate {
  id: string;
  name: string;
  bp: number;
  active: boolean;
}

type Soon = {
  'till.deposits': {
    args: { client_id?: string | null; appointment_id?: string | null; open_only?: boolean };
    reply: Deposit[];
  };
  'till.take_deposit': { args: { appointment_id: string; amount: number; tenders: TenderLine[] }; reply: unknown };
  'till.move_deposit': { args: { deposit_id: string; appointment_id: string }; reply: Deposit };
  'till.keep_deposit': { args: { deposit_id: string; reason?: string | null }; reply: Deposit };
  'till.return_deposit': {
    args: { deposit_id: string; amount?: number | null; tender: Tender; reason: string };
    reply: unknown;
  };
  'studio.tax_rates': { args: Record<string, never>; reply: TaxRate[] };
  'reports.x_report': { args: Record<string, never>; reply: Reply<'reports.z_report'> };
  'till.take_over': { args: { reason: string }; reply: Reply<'till.drawer'> };
  'till.reprint': { args: { sale_id: string }; reply: Reply<'till.receipt'> };
};

export const askSoon = ask as unknown as <C extends keyof Soon>(
  command: C,
  args: Soon[C]['args'],
  options?: { key?: string },
) => Promise<Soon[C]['reply']>;

export function widened(cart: Reply<'till.quote'>): Reply<'till.quote'> & CartMoney {
  const taxes =
    cart.tax > 0 ? [{ name: '', bp: studio.settings?.tax_bp ?? 0, net: cart.goods - cart.tax, tax: cart.tax }] : [];
  return { to_pay: cart.total, deposits: [], taxes, rounding: 0, ...cart };
}
