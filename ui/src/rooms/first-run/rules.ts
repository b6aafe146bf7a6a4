// What a first studio must fulfil, said while it is typed. Rust decides again when the studio is made.

import { fold } from '../../words/fold';

export interface PasswordRules {
  long: boolean;
  mixed: boolean;
  ownWords: boolean;
}

/** Which rules a password keeps (D11). It may be used when all are true. */
export function passwordRules(password: string, names: string[]): PasswordRules {
  const length = [...password].length;
  const folded = fold(password);
  const named = names.some((name) => {
    const word = fold(name);
    return [...word].length >= 3 && folded.startsWith(word) && folded.length < word.length + 6;
  });
  return {
    long: length >= 8 && password.trim() !== '' && new TextEncoder().encode(password).length <= 71,
    mixed: length >= 15 || (/\p{Lu}/u.test(password) && /\p{Ll}/u.test(password) && /\d/.test(password)),
    ownWords: length > 0 && !named,
  };
}

export function isUsername(text: string): boolean {
  return /^[a-z0-9._-]{2,40}$/.test(text);
}

/** A sign-in name for a person: the first word of the name, or more of it where that is taken. */
export function suggestUsername(name: string, taken: string[] = []): string {
  const words = fold(name)
    .split(/\s+/)
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter(Boolean);
  const [first = '', ...others] = words;
  const last = others.at(-1) ?? '';
  const free = [first, `${first}.${last.charAt(0)}`, `${first}.${last}`].find(
    (candidate) => isUsername(candidate) && !candidate.endsWith('.') && !taken.includes(candidate),
  );
  if (free !== undefined) return free;
  for (let count = 2; first && count < 100; count++) {
    const candidate = `${first}${count}`;
    if (isUsername(candidate) && !taken.includes(candidate)) return candidate;
  }
  return '';
}
