// Which of many rows of equal height have to be drawn.

export interface Stretch {
  /** The first row that is drawn, and the one after the last. */
  from: number;
  to: number;
  /** Heights that stand for the rows before and after them. */
  above: number;
  below: number;
}

/** What is drawn beyond the edges, so that a quick scroll shows no gap. */
const SPARE = 12;

/** A height of nothing is a window that does not lay out: enough rows for a large screen are drawn. */
export function stretch(count: number, rowHeight: number, scrolled: number, height: number): Stretch {
  const seen = height > 0 ? Math.ceil(height / rowHeight) : 40;
  const from = Math.max(0, Math.min(Math.floor(scrolled / rowHeight) - SPARE, count - seen - 2 * SPARE));
  const to = Math.min(count, from + seen + 2 * SPARE);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}

/** How far to scroll so that the row at `index` stands in the window under a head of `head`. */
export function reveal(index: number, rowHeight: number, scrolled: number, height: number, head: number): number {
  const top = index * rowHeight;
  if (top < scrolled) return top;
  const bottom = top + rowHeight - (height - head);
  return bottom > scrolled ? bottom : scrolled;
}
