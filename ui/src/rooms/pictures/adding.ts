// A file of the computer on its way into the studio: read here, judged and kept by Rust.

import { Failure } from '../../door/failure';
import { sentence, t } from '../../words/index.svelte';

/** A request carries 40 MB, and four letters for each three bytes. */
const MOST = 29_000_000;

/** Why a file is not even sent; null when it is. */
export function refusedAtOnce(file: File): string | null {
  return file.size > MOST ? t.pictures.tooLarge : null;
}

/** Rust's refusal of a picture, in this room's words. */
export function whyNot(cause: unknown): string {
  const failure = Failure.from(cause);
  if (failure.code === 'invalid' && failure.params.reason === 'too large') return t.pictures.tooLarge;
  if (failure.code === 'invalid' && failure.params.field === 'base64') return t.pictures.notPicture;
  return sentence(failure);
}

/** Read by the engine beside the page's own work, so that a large one stops nobody's typing. */
export function bytesOf(
  file: File,
  { signal, onpart }: { signal?: AbortSignal; onpart?: (part: number) => void } = {},
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.onabort = () => reject(new Error('stopped'));
    reader.onprogress = ({ loaded, total }) => onpart?.(total > 0 ? loaded / total : 0);
    const stop = () => reader.abort();
    signal?.addEventListener('abort', stop);
    // A signal outlives its files: left on it, this would hold every file's bytes for as long.
    reader.onloadend = () => signal?.removeEventListener('abort', stop);
    reader.readAsArrayBuffer(file);
  });
}
