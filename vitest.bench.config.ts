import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** `npm run bench`: one file after another, nothing beside it. What is timed runs in a process of its own, without vitest's transform. */
export default defineConfig({
  ...base,
  test: { include: ['test/bench/**/*.test.ts'], testTimeout: 600_000, pool: 'forks', maxWorkers: 1, fileParallelism: false },
});
