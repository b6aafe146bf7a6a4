import { expect, test } from 'vitest';
import { ariaKeys, isLetter, isReload, keyLabel, ScanListener, takesText } from './keys';

test('keys read as they are printed', () => {
  expect(keyLabel('$mod+K')).toBe('Ctrl K');
  expect(keyLabel('$mod+Shift+L')).toBe('Ctrl Shift L');
  expect(ariaKeys('$mod+K')).toBe('Control+K');
});

test('single letters are told from chords and function keys', () => {
  expect(isLetter('N')).toBe(true);
  expect(isLetter('[')).toBe(true);
  expect(isLetter('Shift+N')).toBe(true);
  expect(isLetter('F2')).toBe(false);
  expect(isLetter('$mod+K')).toBe(false);
  expect(isLetter('Escape')).toBe(false);
});

test('letters belong to whatever takes text', () => {
  document.body.innerHTML =
    '<input id="t"><input id="c" type="checkbox"><textarea id="a"></textarea><button id="b"></button><div role="listbox"><p id="o"></p></div>';
  const at = (id: string) => document.getElementById(id);
  expect(['t', 'a', 'o'].map((id) => takesText(at(id)))).toEqual([true, true, true]);
  expect(['c', 'b'].map((id) => takesText(at(id)))).toEqual([false, false]);
});

test('reload is known by every name', () => {
  expect(isReload(new KeyboardEvent('keydown', { key: 'F5' }))).toBe(true);
  expect(isReload(new KeyboardEvent('keydown', { key: 'R', ctrlKey: true, shiftKey: true }))).toBe(true);
  expect(isReload(new KeyboardEvent('keydown', { key: 'r' }))).toBe(false);
});

test('a scanner is told from a person by its pace', () => {
  const listener = new ScanListener();
  let at = 0;
  const answers = [...'7501', 'Enter'].map((key) => listener.feed(key, (at += 10)));
  expect(answers).toEqual([false, true, true, true, '7501']);
});

test('a person who types and presses Enter scans nothing', () => {
  const listener = new ScanListener();
  let at = 0;
  const answers = [...'anna', 'Enter'].map((key) => listener.feed(key, (at += 90)));
  expect(answers).toEqual([false, false, false, false, false]);
});
