// Finding without caring for accents or case: "ines" finds "Inês".

export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether every word of `wanted` begins a word of `text`. */
export function matches(text: string, wanted: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(wanted)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
