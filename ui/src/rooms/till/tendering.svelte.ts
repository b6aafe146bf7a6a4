// How a sum is being paid: one tender at a time, until nothing is left.

import type { Tender } from '../../../bindings';
import { session } from '../../door/session.svelte';
import { studio } from '../../door/studio.svelte';
import { drawer } from '../../shell/drawer-chip.svelte';
import type { Taken } from './open-sale.svelte';
import { handed } from './sums';

export class Tendering {
  tender = $state<Tender>('cash');
  /** Less than all of what is left; null for all of it. */
  partial = $state<number | null>(null);
  given = $state<number | null>(null);
  tried = $state(false);
  /** Rust said that cash has no drawer to go into. */
  refused = $state(false);
  readonly #left: () => number;
  readonly #inCash: () => number;
  /** Whether anything may be taken but the whole. */
  readonly parts: boolean;

  /** `inCash` is what is left when all of it is paid in cash: there is no smaller coin than the smallest. */
  constructor(left: () => number, inCash: () => number = left, parts = true) {
    this.#left = left;
    this.#inCash = inCash;
    this.parts = parts;
  }

  get left(): number {
    return this.#left();
  }

  readonly cash = $derived(this.tender === 'cash');
  /** What the whole rest comes to by this tender. */
  readonly whole = $derived.by(() => (this.cash ? this.#inCash() : this.left));
  readonly amount = $derived(this.partial ?? this.whole);
  readonly splits = $derived(this.partial !== null && this.partial < this.left);
  readonly tooMuch = $derived(this.amount > Math.max(this.left, this.whole) || this.amount <= 0);
  readonly tooLittle = $derived(this.cash && this.given !== null && this.given < this.amount);
  readonly change = $derived.by(() =>
    this.cash && this.given !== null && this.given > this.amount ? this.given - this.amount : 0,
  );
  readonly suggestions = $derived(handed(this.amount, studio.card?.denominations ?? []));
  readonly mayOpen = $derived(session.can('till.open_session'));
  readonly noDrawer = $derived.by(
    () => this.cash && (this.mayOpen ? drawer.now !== null && drawer.now.open === null : this.refused),
  );

  choose(wanted: Tender) {
    this.tender = wanted;
    this.given = null;
    this.tried = false;
  }

  /** What is taken now; null while something about it is wrong, which the fields then say. */
  take(): Taken | null {
    this.tried = true;
    if (this.tooMuch || this.tooLittle || this.noDrawer) return null;
    return {
      tender: this.tender,
      amount: this.amount,
      given: this.cash ? this.given : null,
    };
  }

  /** Ready for the next part. */
  again() {
    this.partial = null;
    this.given = null;
    this.tried = false;
  }
}
