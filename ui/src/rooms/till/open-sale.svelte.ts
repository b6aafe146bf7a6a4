// A sale that is being made. It waits for the person who began it until it is paid or emptied: a prompt for the master
// code, a lock or a look at another page loses nothing of it.

import type { Discount, Tender } from '../../../bindings';
import { SvelteMap } from 'svelte/reactivity';
import type { Args, Reply } from '../../door/ask';
import { unfinished } from '../../door/drafts.svelte';
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

/** What of a sale has to come back with its owner; the sums are Rust's. */
interface SaleDraft {
  key: string;
  appointmentId: string | null;
  client: { id: string; name: string } | null;
  lines: SaleLine[];
  discount: Discount | null;
  tipShare: number | null;
  tipAmount: number | null;
  tipArtist: string;
  taken: Taken[];
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
  /** Begun before this sign-in. */
  returned = $state(false);
  /** What it held before anybody touched it. */
  #untouched = $state.raw('');

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

  static from({ key, appointmentId, ...rest }: SaleDraft): OpenSale {
    const sale = new OpenSale(appointmentId);
    Object.assign(sale, rest, { key, returned: true });
    return sale;
  }

  draft(): SaleDraft {
    const { key, appointmentId, client, lines, discount, tipShare, tipAmount, tipArtist, taken } = this;
    return { key, appointmentId, client, lines, discount, tipShare, tipAmount, tipArtist, taken };
  }

  /** What it holds now came with the visit: nobody has to get it back. */
  filled() {
    this.#untouched = JSON.stringify(this.lines);
  }

  get begun(): boolean {
    const tipped = this.tipShare !== 0 || this.discount !== null || this.taken.length > 0;
    return this.lines.length > 0 && (tipped || JSON.stringify(this.lines) !== this.#untouched);
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

interface Draft {
  sales: SaleDraft[];
  /** The one that was in front. */
  last: string | null;
}

class OpenSales {
  #all = new SvelteMap<string | null, OpenSale>();
  #last: string | null = null;

  /** The open sale for this visit, or the one without a visit; a new one where there is none. */
  of(appointmentId: string | null): OpenSale {
    const sale = this.#all.get(appointmentId) ?? new OpenSale(appointmentId);
    this.#last = appointmentId;
    if (!this.#all.has(appointmentId)) this.#all.set(appointmentId, sale);
    return sale;
  }

  drop(sale: OpenSale) {
    this.#all.delete(sale.appointmentId);
  }

  /** Takes back that it was emptied. */
  put(sale: OpenSale) {
    this.#all.set(sale.appointmentId, sale);
  }

  read(): Draft | null {
    const sales = [...this.#all.values()].filter((sale) => sale.begun).map((sale) => sale.draft());
    if (sales.length === 0) return null;
    const last = sales.some((sale) => sale.appointmentId === this.#last) ? this.#last : sales[0]?.appointmentId;
    return { sales, last: last ?? null };
  }

  restore(draft: Draft | null) {
    this.#all.clear();
    for (const sale of draft?.sales ?? []) this.#all.set(sale.appointmentId, OpenSale.from(sale));
    this.#last = draft?.last ?? null;
  }
}

export const openSales = new OpenSales();

unfinished<Draft>('till', {
  read: () => openSales.read(),
  restore: (draft) => openSales.restore(draft),
  place: ({ last }) => ({ page: 'checkout', id: last }),
});
