// A sale that is being made. It stays with the person who began it until it is paid or emptied: a prompt for the master
// code, a lock or a look at another page loses nothing of it.

import type { Discount, Tender } from '../../../bindings';
import type { Args, Reply } from '../../door/ask';
import { session } from '../../door/session.svelte';
import { share, sum } from './sums';

export type Cart = Reply<'till.quote'>;

export interface SaleLine {
  id: string;
  serviceId: string | null;
  itemId: string | null;
  artistId: string | null;
  label: string;
  quantity: number;
  /** Another price than the file's; null for the usual one. */
  unitPrice: number | null;
  discount: Discount | null;
}

export interface Taken {
  tender: Tender;
  amount: number;
  given: number | null;
}

export class OpenSale {
  /** Names the one intent to take this payment, kept across retries. */
  key: string = crypto.randomUUID();
  readonly appointmentId: string | null;
  client = $state.raw<{ id: string; name: string } | null>(null);
  lines = $state<SaleLine[]>([]);
  discount = $state.raw<Discount | null>(null);
  /** Basis points of the goods, or an amount of its own. */
  tipShare = $state<number | null>(0);
  tipAmount = $state<number | null>(null);
  tipArtist = $state('');
  taken = $state<Taken[]>([]);
  /** Rust's answer to the lines of now. */
  cart = $state.raw<Cart | null>(null);

  readonly artists = $derived(
    this.lines.flatMap((line) => line.artistId ?? []).filter((artist, at, all) => all.indexOf(artist) === at),
  );
  readonly tipped = $derived(this.artists.includes(this.tipArtist) ? this.tipArtist : (this.artists[0] ?? ''));
  readonly tip = $derived(
    !this.tipped ? 0 : this.tipShare === null ? (this.tipAmount ?? 0) : share(this.cart?.goods ?? 0, this.tipShare),
  );
  readonly left = $derived((this.cart?.total ?? 0) - sum(this.taken.map((each) => each.amount)));

  constructor(appointmentId: string | null) {
    this.appointmentId = appointmentId;
  }

  add(line: Pick<SaleLine, 'label'> & Partial<SaleLine>) {
    const same = this.lines.find((each) => each.itemId !== null && each.itemId === line.itemId);
    if (same) same.quantity += 1;
    else
      this.lines.push({
        id: crypto.randomUUID(),
        serviceId: null,
        itemId: null,
        artistId: null,
        quantity: 1,
        unitPrice: null,
        discount: null,
        ...line,
      });
    this.changed();
  }

  remove(id: string) {
    this.lines = this.lines.filter((line) => line.id !== id);
    if (this.lines.length === 0) {
      this.cart = null;
      this.discount = null;
    }
    this.changed();
  }

  /** What was taken so far was for another total. */
  changed() {
    this.taken = [];
  }

  quote(): Args<'till.quote'> {
    return {
      appointment_id: this.appointmentId,
      lines: this.lines.map((line) => ({
        service_id: line.serviceId,
        item_id: line.itemId,
        artist_id: line.artistId,
        quantity: line.quantity,
        unit_price: line.unitPrice,
        discount: line.discount,
      })),
      discount: this.discount,
      tips: this.tip > 0 ? [{ artist_id: this.tipped, amount: this.tip }] : [],
    };
  }

  sell(last: Taken[]): Args<'till.sell'> {
    return {
      ...this.quote(),
      client_id: this.client?.id ?? null,
      tenders: [...this.taken, ...last].map(({ tender, amount, given }) => ({ tender, amount, given })),
    };
  }
}

class OpenSales {
  #all = new Map<string, OpenSale>();

  #name(appointmentId: string | null): string {
    return `${session.member?.id ?? ''} ${appointmentId ?? ''}`;
  }

  /** The person's open sale for this visit, or the one without a visit; a new one where there is none. */
  of(appointmentId: string | null): OpenSale {
    const name = this.#name(appointmentId);
    const sale = this.#all.get(name) ?? new OpenSale(appointmentId);
    this.#all.set(name, sale);
    return sale;
  }

  drop(sale: OpenSale) {
    this.#all.delete(this.#name(sale.appointmentId));
  }
}

export const openSales = new OpenSales();
