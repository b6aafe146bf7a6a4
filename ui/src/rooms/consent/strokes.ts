// A signature as it was drawn: points with their time, in the pixels of the pad. Drawn again as lines at any size.

import type { Signature } from '../../../bindings';

type Stroke = Signature['strokes'][number];

/** A tenth of a pixel and a millisecond are finer than any hand. */
export function rounded(stroke: { x: number; y: number; time: number; pressure: number }[], from: number): Stroke {
  return stroke.map(({ x, y, time, pressure }) => ({
    x: Math.round(x * 10) / 10,
    y: Math.round(y * 10) / 10,
    t: Math.max(0, Math.round(time - from)),
    // A mouse says the same thing all the time.
    ...(pressure > 0 && pressure !== 0.5 ? { p: Math.round(pressure * 100) / 100 } : {}),
  }));
}

/** The stroke as an SVG path through the middles between its points, which is what makes a polygon look like a hand. */
export function path(stroke: Stroke): string {
  const [first, ...rest] = stroke;
  if (!first) return '';
  const last = rest.at(-1);
  // A dot: a line of no length has round ends.
  if (!last) return `M${first.x} ${first.y}h0.01`;
  let line = `M${first.x} ${first.y}`;
  rest.slice(0, -1).forEach((point, at) => {
    const next = rest[at + 1] ?? point;
    line += `Q${point.x} ${point.y} ${middle(point.x, next.x)} ${middle(point.y, next.y)}`;
  });
  return `${line}L${last.x} ${last.y}`;
}

function middle(a: number, b: number): number {
  return Math.round(((a + b) / 2) * 10) / 10;
}
