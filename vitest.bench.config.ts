import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const dist = fileURLToPath(new URL('./dist/', import.meta.url));

/**
 * `npm run bench`: one process, nothing beside it, and the built modules as users run them: vitest's own transform turns every
 * imported name into a property access, which a hot loop would feel.
 */
export default defineConfig({
  resolve: { alias: { kedge: `${dist}index.js` } },
  test: {
    include: ['test/bench/**/*.test.ts'],
    testTimeout: 600_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    execArgv: ['--expose-gc'],
    server: { deps: { external: [/\/dist\/[^/]+\.js$/] } },
  },
});
