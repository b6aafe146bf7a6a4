// A sale that is being made. It waits for the person who began it until it is paid or emptied: a prompt for the master
// code, a lock or a look at another page loses nothing of it. One that was put aside waits in a list of its own.

import type { CartDeposit, Discount, Tender } from '../../../bindings';
import { SvelteMap } from 'svelte/reactivity';
import type { Args, Reply } from '../../door/ask';
import { unfinished } from '../../door/drafts.svelte';
import { share, spread, sum } from './sums';

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

/** How a tip is shared: by the worth of each artist's work, evenly, as typed, or all of it to the artist of this id. */
export type TipSplit = 'work' | 'evenly' | 'typed' | (string & {});

/** What of a sale has to come back with its owner; the sums are Rust's. */
interface SaleDraft {
  id: string;
  key: string;
  appointmentId: string | null;
  client: { id: string; name: string } | null;
  lines: SaleLine[];
  discount: Discount | null;
  tipShare: number | null;
  tipAmount: number | null;
  tipSplit: TipSplit;
  tipParts: Record<string, number | null>;
  held: CartDeposit[];
  leftOut: string[];
  taken: Taken[];
  parkedAt: number | null;
  /** What it came to when it was put aside. */
  worth: number | null;
}

export class OpenSale {
  readonly id: string;
  /** Names the one intent to take this payment, kept across retries. */
  key: string = crypto.randomUUID();
  readonly appointmentId: string | null;
  client = $state.raw<{ id: string; name: string } | null>(null);
  lines = $state<SaleLine[]>([]);
  discount = $state.raw<Discount | null>(null);
  /** Basis points of the goods, or an amount of its own. */
  tipShare = $state<number | null>(0);
  tipAmount = $state<number | null>(null);
  tipSplit = $state<TipSplit>('work');
  tipParts = $state<Record<string, number | null>>({});
  held = $state.raw<CartDeposit[]>([]);
  /** Ids of the deposits that stay held this time. */
  leftOut = $state.raw<string[]>([]);
  taken = $state<Taken[]>([]);
  /** Rust's answer to the lines of `quoted`. */
  cart = $state.raw<Cart | null>(null);
  quoted = $state('');
  /** Begun before this sign-in. */
  returned = $state(false);
  /** When it was put aside; null while it is in front. */
  parkedAt = $state<number | null>(null);
  /** What it held before anybody touched it. */
  #untouched = $state.raw('');
  #worth = $state.raw<number | null>(null);

  readonly artists = $derived(
    this.lines.flatMap((line) => line.artistId ?? []).filter((artist, at, all) => all.indexOf(artist) === at),
  );
  readonly tip = $derived(
    this.artists.length === 0
      ? 0
      : this.tipSplit === 'typed'
        ? sum(this.artists.map((artist) => this.tipParts[artist] ?? 0))
        : this.tipShare === null
          ? (this.tipAmount ?? 0)
          : share(this.cart?.goods ?? 0, this.tipShare),
  );
  readonly tips = $derived.by(() => {
    const { artists, tip, tipSplit } = this;
    const parts =
      tipSplit === 'typed'
        ? artists.map((artist) => this.tipParts[artist] ?? 0)
        : spread(
            tip,
            artists.map((artist) =>
              artists.includes(tipSplit) ? Number(artist === tipSplit) : tipSplit === 'evenly' ? 1 : this.#work(artist),
            ),
          );
    return artists.map((artist_id, at) => ({ artist_id, amount: parts[at] ?? 0 })).filter(({ amount }) => amount > 0);
  });
  readonly due = $derived(this.cart?.to_pay ?? 0);
  readonly left = $derived(this.due - sum(this.taken.map((each) => each.amount)));
  /** The same when every part of it is cash, to the smallest coin. */
  readonly leftInCash = $derived(
    this.taken.every((each) => each.tender === 'cash')
      ? (this.cart?.cash_to_pay ?? 0) - sum(this.taken.map((each) => each.amount))
      : this.left,
  );
  /** What Rust is to price, as text: equal questions need no second answer. */
  readonly asks = $derived(this.lines.length > 0 ? JSON.stringify(this.quote()) : '');
  /** Whether Rust's sums are about what stands here now. */
  readonly fresh = $derived(this.cart !== null && this.quoted === this.asks);
  readonly worth = $derived(this.cart?.total ?? this.#worth);

  constructor(appointmentId: string | null, id: string = crypto.randomUUID()) {
    this.appointmentId = appointmentId;
    this.id = id;
  }

  static from({ id, appointmentId, worth, ...rest }: SaleDraft): OpenSale {
    const sale = new OpenSale(appointmentId, id);
    Object.assign(sale, rest, { returned: true });
    sale.#worth = worth;
    return sale;
  }

  draft(): SaleDraft {
    const { id, key, appointmentId, client, lines, discount, tipShare, tipAmount, tipSplit, tipParts } = this;
    const { held, leftOut, taken, parkedAt, worth } = this;
    return {
      id,
      key,
      appointmentId,
      client,
      lines,
      discount,
      tipShare,
      tipAmount,
      tipSplit,
      tipParts,
      held,
      leftOut,
      taken,
      parkedAt,
      worth,
    };
  }

  /** What the artist's lines of this sale come to. */
  #work(artist: string): number {
    return sum((this.cart?.lines ?? []).map((line) => (line.artist_id === artist ? line.amount : 0)));
  }

  /** What it holds now came with the visit: nobody has to get it back. */
  filled() {
    this.#untouched = JSON.stringify(this.lines);
  }

  get begun(): boolean {
    const touched =
      this.tipShare !== 0 || this.discount !== null || this.taken.length > 0 || this.leftOut.length > 0 || this.tip > 0;
    return this.lines.length > 0 && (touched || JSON.stringify(this.lines) !== this.#untouched);
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

  /** Rust's answer to `asks`. */
  priced(asks: string, cart: Cart) {
    this.cart = cart;
    this.quoted = asks;
    if (this.leftOut.length === 0) this.held = cart.deposits;
  }

  leaveOut(deposit: string) {
    this.leftOut = [...this.leftOut, deposit];
    this.changed();
  }

  takeIn(deposit: string) {
    this.leftOut = this.leftOut.filter((each) => each !== deposit);
    this.changed();
  }

  /** What was taken so far was for another total. */
  changed() {
    this.taken = [];
  }

  quote(): Args<'till.quote'> {
    const { held, leftOut } = this;
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
      tips: this.tips,
      // Left to Rust, it is every deposit that is held for the visit.
      deposits:
        leftOut.length === 0 ? null : held.map((each) => each.deposit_id).filter((each) => !leftOut.includes(each)),
    };
  }

  sell(last: Taken[]): Args<'till.sell'> {
    return {
      ...this.quote(),
      client_id: this.client?.id ?? null,
      tenders: [...this.taken, ...last].map(({ tender, amount, given }) => ({
        tender,
        amount,
        given,
      })),
    };
  }
}

interface Draft {
  sales: SaleDraft[];
  /** The one that was in front. */
  last: string | null;
}

class OpenSales {
  #all = new SvelteMap<string, OpenSale>();
  #last = $state.raw<OpenSale | null>(null);

  /** Begun and put aside, or left for another one; the longest waiting first. */
  readonly parked = $derived(
    [...this.#all.values()]
      .filter((sale) => sale.parkedAt !== null && sale.lines.length > 0)
      .toSorted((a, b) => (a.parkedAt ?? 0) - (b.parkedAt ?? 0)),
  );

  /** The open sale for this visit, or the one without a visit that is in front; a new one where there is none. */
  of(appointmentId: string | null): OpenSale {
    const sale =
      this.#ofVisit(appointmentId) ??
      [...this.#all.values()].find((each) => each.appointmentId === appointmentId && each.parkedAt === null) ??
      new OpenSale(appointmentId);
    if (this.#last !== sale) this.#leave();
    this.#all.set(sale.id, sale);
    sale.parkedAt = null;
    this.#last = sale;
    return sale;
  }

  #ofVisit(appointmentId: string | null): OpenSale | undefined {
    return appointmentId === null
      ? undefined
      : [...this.#all.values()].find((each) => each.appointmentId === appointmentId);
  }

  /** A visit's sale that was begun waits among the parked ones when another one comes in front. */
  #leave() {
    const before = this.#last;
    if (before?.appointmentId && before.begun) this.park(before);
  }

  park(sale: OpenSale) {
    sale.parkedAt ??= Date.now();
    if (this.#last === sale) this.#last = null;
  }

  /** Brings a parked sale without a visit to the front; one that was there is parked in its place. */
  resume(sale: OpenSale) {
    for (const other of this.#all.values())
      if (other !== sale && other.appointmentId === sale.appointmentId && other.parkedAt === null) {
        if (other.lines.length > 0) this.park(other);
        else this.#all.delete(other.id);
      }
    sale.parkedAt = null;
    this.#last = sale;
  }

  drop(sale: OpenSale) {
    this.#all.delete(sale.id);
    if (this.#last === sale) this.#last = null;
  }

  /** Takes back that it was emptied. */
  put(sale: OpenSale) {
    this.#all.set(sale.id, sale);
    this.resume(sale);
  }

  read(): Draft | null {
    const sales = [...this.#all.values()]
      .filter((sale) => sale.begun || sale.parkedAt !== null)
      .map((sale) => sale.draft());
    if (sales.length === 0) return null;
    const front = sales.find((sale) => sale.id === this.#last?.id) ?? sales.find((sale) => sale.parkedAt === null);
    return { sales, last: front?.id ?? null };
  }

  restore(draft: Draft | null) {
    this.#all.clear();
    for (const sale of draft?.sales ?? []) this.#all.set(sale.id, OpenSale.from(sale));
    this.#last = [...this.#all.values()].find((sale) => sale.id === draft?.last) ?? null;
  }
}

export const openSales = new OpenSales();

unfinished<Draft>('till', {
  read: () => openSales.read(),
  restore: (draft) => openSales.restore(draft),
  place: ({ sales, last }) => {
    const front = sales.find((sale) => sale.id === last);
    // What was only put aside does not call anybody back to the till.
    return front ? { page: 'checkout', id: front.appointmentId } : null;
  },
});
