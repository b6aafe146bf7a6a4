// Which card the arrow keys reach from here.

export interface Walked {
  id: string;
  column: number;
  start: number;
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Up and down stay in the column; left and right go to the nearest in time of the next column that has any. */
export function neighbour(cards: readonly Walked[], from: string, direction: Direction): string | null {
  const here = cards.find((card) => card.id === from);
  if (!here) return null;
  if (direction === 'up' || direction === 'down') {
    const column = cards
      .filter((card) => card.column === here.column)
      .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    return column[column.indexOf(here) + (direction === 'down' ? 1 : -1)]?.id ?? null;
  }
  const step = direction === 'right' ? 1 : -1;
  const beyond = cards.filter((card) => (card.column - here.column) * step > 0);
  const nearest = Math.min(...beyond.map((card) => Math.abs(card.column - here.column)));
  return (
    beyond
      .filter((card) => Math.abs(card.column - here.column) === nearest)
      .sort((a, b) => Math.abs(a.start - here.start) - Math.abs(b.start - here.start))[0]?.id ?? null
  );
}
