// What belongs to this computer's window and not to the studio: theme, words, density, scale, letter keys.

const kept = 'inkpoint.preferences';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';

interface Choices {
  theme: Theme;
  /** Empty: the studio's own language. */
  language: string;
  density: Density;
  scale: number;
  letterKeys: boolean;
}

const defaults: Choices = { theme: 'system', language: '', density: 'compact', scale: 1, letterKeys: true };

function read(): Choices {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Choices>) };
  } catch {
    return { ...defaults };
  }
}

export const preferences = $state(read());

export function prefer<K extends keyof Choices>(name: K, value: Choices[K]) {
  preferences[name] = value;
  try {
    localStorage.setItem(kept, JSON.stringify(preferences));
  } catch {
    // A window that may not store anything still works until it closes.
  }
  if (name === 'theme' || name === 'scale') applyLooks();
}

const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;

/** Puts theme and scale on the document; called once before the first draw and at each change. */
export function applyLooks() {
  const root = document.documentElement;
  const theme = preferences.theme === 'system' ? (dark?.matches ? 'dark' : 'light') : preferences.theme;
  root.dataset.theme = theme;
  root.style.setProperty('--scale', String(preferences.scale));
}

dark?.addEventListener('change', applyLooks);
