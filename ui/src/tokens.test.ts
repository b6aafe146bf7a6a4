import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Vitest runs in the folder of the package and empties imported style sheets.
const css = readFileSync('src/tokens.css', 'utf8');

function theme(selector: string): Record<string, string> {
  const from = css.indexOf(selector);
  const body = css.slice(css.indexOf('{', from) + 1, css.indexOf('}', from));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[\da-f]{6});/g)].map((each) => [each[1], each[2]]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'surface', 'sunken'];
const text: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3', 'accent', 'danger', 'ok', 'warn'].flatMap((ink) =>
    ['bg', 'surface'].map((ground): [string, string] => [ink, ground]),
  ),
  ['ink', 'sunken'],
  ['ink-2', 'sunken'],
  ['ink-3', 'sunken'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['accent', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['bg', 'ink'],
  ...['booked', 'confirmed', 'arrived', 'in-chair', 'done', 'no-show'].map((status): [string, string] => [
    `${status}-text`,
    `${status}-fill`,
  ]),
];

for (const [name, selector] of [
  ['light', ":root[data-theme='light'] {\n  color-scheme"],
  ['dark', ":root[data-theme='dark'] {\n  color-scheme"],
] as const) {
  const tokens = theme(selector);
  const colour = (token: string) => {
    const found = tokens[token];
    if (!found) throw new Error(`no --${token} in ${name}`);
    return found;
  };

  test.each(text)(`${name}: %s can be read on %s`, (ink, ground) => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds)(`${name}: borders of controls and the focus ring stand out from %s`, (ground) => {
    expect(contrast(colour('control'), colour(ground))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('focus'), colour(ground))).toBeGreaterThanOrEqual(3);
  });
}
