// Arrow keys over things that stand in rows: left and right in their order, up and down to the nearest of the next row.

/** The one of `cards` that an arrow key leads to, if the focus is in one of them. */
export function nextByArrow(cards: HTMLElement[], key: string): HTMLElement | undefined {
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const from = cards[here]?.getBoundingClientRect();
  if (!from) return undefined;
  if (key === 'ArrowRight') return cards[here + 1];
  if (key === 'ArrowLeft') return cards[here - 1];
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  // Rows break where the window is full, so places are asked, not counted.
  const rest = key === 'ArrowDown' ? cards.slice(here + 1) : cards.slice(0, here).reverse();
  const off = (card: HTMLElement) => Math.abs(card.getBoundingClientRect().left - from.left);
  const top = rest.map((card) => card.getBoundingClientRect().top).find((each) => Math.abs(each - from.top) > 4);
  return rest
    .filter((card) => top !== undefined && Math.abs(card.getBoundingClientRect().top - top) <= 4)
    .sort((one, other) => off(one) - off(other))[0];
}
