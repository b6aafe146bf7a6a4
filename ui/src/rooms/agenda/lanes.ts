// Bookings of one artist that overlap share the width of the column, each in its own lane.

export interface Span {
  id: string;
  start: number;
  end: number;
}

export interface Lane {
  /** Which lane, from the left. */
  lane: number;
  /** How many lanes the run of overlapping spans needs. */
  of: number;
}

/** One lane for each span. Spans that merely touch do not overlap. */
export function lanes(spans: readonly Span[]): Map<string, Lane> {
  const placed = new Map<string, Lane>();
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  let run: Lane[] = [];
  let ends: number[] = [];
  let until = -Infinity;
  const close = () => {
    for (const each of run) each.of = ends.length;
    run = [];
    ends = [];
  };
  for (const span of sorted) {
    if (span.start >= until) close();
    const free = ends.findIndex((end) => end <= span.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = span.end;
    until = Math.max(until, span.end);
    const place = { lane, of: 1 };
    run.push(place);
    placed.set(span.id, place);
  }
  close();
  return placed;
}
