// A file of the computer on its way into the studio: handed over here, judged and kept by Rust.

import { Failure } from '../../door/failure';
import { sentence, t } from '../../words/index.svelte';

/** A request carries 40 MB, and four letters for each three bytes. */
const MOST = 29_000_000;

/** Why a file is not even sent; null when it is. */
export function refusedAtOnce(file: File): string | null {
  return file.size > MOST ? t.pictures.tooLarge : null;
}

/** Why a picture did not go in, in this room's words. */
export function whyNot(cause: unknown): string {
  if (cause instanceof DOMException) return t.pictures.unreadable;
  const failure = Failure.from(cause);
  if (failure.code === 'invalid' && failure.params.reason === 'too large') return t.pictures.tooLarge;
  if (failure.code === 'invalid' && failure.params.reason === 'cut off') return t.pictures.cutOff;
  if (failure.code === 'invalid' && failure.params.field === 'base64') return t.pictures.notPicture;
  return sentence(failure);
}
