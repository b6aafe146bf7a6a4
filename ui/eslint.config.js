import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'bindings/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser } } },
  { files: ['*.config.*', 'preview/**'], languageOptions: { globals: { ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      // TypeScript already knows every name.
      'no-undef': 'off',
      // The policy forbids inline styles and nothing from the file may become markup.
      'svelte/no-at-html-tags': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style']",
          message: 'Use a class or style:property; the policy refuses style attributes.',
        },
      ],
      'svelte/no-useless-children-snippet': 'off',
      // Amounts and times are formatted with the studio's locale, never the machine's.
      'no-restricted-properties': [
        'error',
        { property: 'toLocaleString', message: 'Format through words/format.' },
        { property: 'toLocaleDateString', message: 'Format through words/format.' },
        { property: 'toLocaleTimeString', message: 'Format through words/format.' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
);
