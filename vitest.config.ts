import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm test`: everything but what needs a browser, minutes, or a quiet machine. */
export default defineConfig({
  resolve: { alias: { kedge: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/slow/**', 'test/bench/**'],
    // Two cores are what a clone may count on; the default would use one of them.
    maxWorkers: 2,
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['src/{core,market,venue,tax,engine}/**/*.ts'],
      reporter: ['text', 'html'],
      reportOnFailure: true,
      thresholds: { lines: 95 },
    },
  },
});
