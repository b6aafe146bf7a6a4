// A paper's text: paragraphs between empty lines, lists where each line begins with a dash. Nothing else, so that what
// is read here is what is printed and what was hashed.

export type Block = { kind: 'text'; text: string } | { kind: 'list'; items: string[] };

export function blocks(text: string): Block[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .flatMap(part);
}

function part(text: string): Block[] {
  const found: Block[] = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    const item = /^- (.*)$/.exec(line)?.[1]?.trim();
    const last = found.at(-1);
    if (item === undefined) {
      if (last?.kind === 'text') last.text += `\n${line.trim()}`;
      else found.push({ kind: 'text', text: line.trim() });
    } else if (last?.kind === 'list') last.items.push(item);
    else found.push({ kind: 'list', items: [item] });
  }
  return found;
}

/** What a form may stand in for. */
export const placeholders = ['client', 'birth_date', 'artist', 'service', 'studio', 'date', 'guardian'] as const;
export type Placeholder = (typeof placeholders)[number];

/** The body with examples in place of its placeholders; one that is unknown stays as it was written. */
export function filled(body: string, examples: Record<Placeholder, string>): string {
  return body.replace(/\{([a-z_]+)\}/g, (whole, name: string) =>
    placeholders.some((known) => known === name) ? examples[name as Placeholder] : whole,
  );
}

/** Placeholders that mean nothing here, as they are written. */
export function strange(body: string): string[] {
  return [...body.matchAll(/\{([a-z_]+)\}/g)]
    .filter(([, name]) => !placeholders.some((known) => known === name))
    .map(([whole]) => whole);
}
