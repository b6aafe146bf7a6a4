// The one polite live region: what a screen reader should hear about something that moved, saved or opened.

export const spoken = $state({ text: '' });

export function speak(text: string) {
  // The same sentence twice in a row is only read again when the text changes.
  spoken.text = spoken.text === text ? `${text}\u00a0` : text;
}
