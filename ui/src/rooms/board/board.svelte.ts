// Today at the reception, and what is done there. A step shows at once; a refusal puts back what was there.

import type { Board, Card, VisitStatus } from '../../../bindings';
import { ask } from '../../door/ask';
import { session } from '../../door/session.svelte';
import { Loading } from '../../parts/loading.svelte';
import { tell, tellFailure } from '../../parts/toasts.svelte';
import { t } from '../../words/index.svelte';
import { whoFits, type Freed } from '../agenda/freed';
import { papersMissing } from '../agenda/papers';
import { isOpen } from '../agenda/status';
import { canMove, laneOf, moves, type Move } from './lanes';

interface Stopped {
  card: Card;
  to: VisitStatus;
  change: () => Promise<Card>;
  missing: number;
}

export class Reception {
  now = $state.raw<Board | null>(null);
  /** A time that was given back just now, and who could come in it. */
  freed = $state.raw<Freed | null>(null);
  /** A step that waits for papers. */
  stopped = $state.raw<Stopped | null>(null);
  readonly loading = new Loading();
  #asked = 0;
  #busy = 0;

  async load() {
    // While a step is on its way the answer would show the visit where it no longer is.
    if (this.#busy > 0) return;
    const mine = ++this.#asked;
    await this.loading.run(async () => {
      const board = await ask('board.today', {});
      if (mine === this.#asked) this.now = board;
    });
  }

  show(board: Board) {
    this.#asked++;
    this.now = board;
  }

  find(id: string | null): Card | null {
    return this.now?.cards.find((card) => card.id === id) ?? null;
  }

  /** Whether the person may bring this visit there, and it can go. */
  may(card: Card, move: Move): boolean {
    if (!canMove(move, laneOf(card))) return false;
    if (move === 'complete') return session.canFor('agenda.complete', card.artist_id);
    if (move === 'noShow') return session.canFor('agenda.no_show', card.artist_id);
    return session.can('agenda.board');
  }

  async step(card: Card, move: Move) {
    const { to } = moves[move];
    const visit = { appointment_id: card.id };
    await this.#turn(card, to, () => {
      if (to === 'completed') return ask('agenda.complete', visit);
      if (to === 'no_show') return ask('agenda.no_show', visit);
      return ask('board.step', { ...visit, to });
    });
  }

  async cancel(card: Card, reason: string) {
    await this.#turn(card, 'cancelled', () =>
      ask('agenda.cancel', { appointment_id: card.id, reason: reason || null }),
    );
  }

  /** A card that was changed elsewhere. */
  put(card: Card) {
    this.#put(card);
  }

  #put(card: Card) {
    if (!this.now) return;
    this.now = { ...this.now, cards: this.now.cards.map((each) => (each.id === card.id ? card : each)) };
  }

  /** Takes the step that papers had stopped. */
  async retry({ card, to, change }: Stopped) {
    await this.load();
    await this.#turn(this.find(card.id) ?? card, to, change);
  }

  async #turn(card: Card, to: VisitStatus, change: () => Promise<Card>) {
    const { detail } = card;
    if (!detail) return;
    const from = detail.status;
    this.#busy++;
    this.#put({ ...card, detail: { ...detail, status: to } });
    try {
      this.#put(await change());
      this.freed = to === 'cancelled' || to === 'no_show' ? await whoFits(card) : null;
      // A step is taken back as a change of the agenda; whoever has the board alone moves on.
      const undo =
        isOpen(from) && session.canFor('agenda.edit', card.artist_id) ? () => void this.#reopen(card, from) : undefined;
      tell(t.agenda.said.status(card.client_name, t.agenda.statuses[to]), undo);
    } catch (cause) {
      this.#put(card);
      const missing = papersMissing(cause);
      if (missing > 0) this.stopped = { card, to, change, missing };
      else tellFailure(cause);
    } finally {
      this.#busy--;
    }
    await this.load();
  }

  async #reopen(card: Card, status: VisitStatus) {
    this.freed = null;
    try {
      await ask('agenda.reopen', { appointment_id: card.id, status });
      tell(t.agenda.said.undone);
    } catch (cause) {
      tellFailure(cause);
    }
    await this.load();
  }
}
