import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    // The oldest WebKit a supported macOS ships with the window.
    target: 'safari16.4',
    // The strict policy has no data: in font-src or img-src, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, strictPort: true },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test-setup.ts'],
    restoreMocks: true,
    // A form typed key by key takes seconds on a busy machine; what hangs is still found.
    testTimeout: 30_000,
    // Ark's parts read a value once more while they leave the page; only the development build remarks on it.
    onConsoleLog: (log) => !log.includes('derived_inert'),
  },
});
