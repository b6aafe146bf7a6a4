// Both languages of the desk tell one from many; a language with more forms brings its own rule.

export function plural(n: number, forms: { one: string; other: string }): string {
  return n === 1 ? forms.one : forms.other;
}
