import { describe, expect, test } from 'vitest';
import { checkStrategy } from '../../src/research/check/check.ts';
import { DEFAULT_EXPERIMENT } from '../../src/research/experiment.ts';
import { shippedStrategies } from '../../src/strategy/load.ts';

describe('kedge check of what is shipped', () => {
  test.each(shippedStrategies())('%s is sound', async (strategy) => {
    const request = { strategy, experiment: DEFAULT_EXPERIMENT, overrides: {}, params: [], cacheDir: null };
    const { results } = await checkStrategy(request, () => Promise.resolve());
    const findings = results.flatMap((result) => result.findings.map(({ message }) => `${result.check}: ${message}`));
    expect(findings).toEqual([]);
  });
});
