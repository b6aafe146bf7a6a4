// Which element draws which card. A card keeps its element while the day stays, so that focus stays with it; the next
// day takes over the elements of the one before, because filling one costs a third of making one.

export interface Slot<T> {
  at: number;
  item: T;
}

export class Slots<T extends { id: string }> {
  #places = new Map<string, number>();
  #day = '';

  /** One slot for each item. Items that were there keep theirs; new ones take what is free, in their order. */
  fill(day: string, items: readonly T[]): Slot<T>[] {
    const before = day === this.#day ? this.#places : new Map<string, number>();
    const kept = new Set(items.map((item) => before.get(item.id)));
    const places = new Map<string, number>();
    let free = 0;
    for (const item of items) {
      let at = before.get(item.id);
      if (at === undefined) {
        while (kept.has(free)) free++;
        at = free++;
      }
      places.set(item.id, at);
    }
    this.#day = day;
    this.#places = places;
    return items.map((item) => ({ at: places.get(item.id) ?? 0, item })).sort((one, other) => one.at - other.at);
  }
}
