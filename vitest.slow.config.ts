import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** `npm run test:slow`: fuzzing, interrupted commands, whole real histories: minutes, not seconds. */
export default defineConfig({
  ...base,
  test: { include: ['test/slow/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 120_000 },
});
