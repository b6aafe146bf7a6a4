// People's names where there is little room.

function firstLetter(word: string | undefined): string {
  return Array.from(word ?? '').find((letter) => /\p{L}/u.test(letter)) ?? '';
}

/** Mara Quill as MQ. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => firstLetter(word));
  return [firstLetter(words[0]), words.length > 1 ? firstLetter(words.at(-1)) : ''].join('').toUpperCase();
}

/** Mara Quill as Mara Q., so that eight names fit beside each other. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  return words.length > 1 && /^\p{L}/u.test(last) ? `${words[0]} ${firstLetter(last)}.` : name;
}
