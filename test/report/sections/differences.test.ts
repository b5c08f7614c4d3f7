import { expect, test } from 'vitest';
import { compareRuns } from '../../../src/analysis/compare.ts';
import { differenceTable } from '../../../src/report/sections/differences.ts';
import { openView } from '../../../src/report/view.ts';
import { literalResult } from '../../support/result.ts';

test('an interval that leaves out zero does not seem to begin there', () => {
  const results = [literalResult([100, 110, 90, 95], { id: 'a' }), literalResult([100, 105, 101, 99], { id: 'b' })];
  const comparison = compareRuns({ name: 'two', results, benchmark: 'a', seed: 1, resamples: 10 });
  const differences = (['sharpe', 'calmar'] as const).map((metric) => ({
    ...comparison.differences.find((each) => each.metric === metric)!,
    difference: 0.19,
    low: metric === 'calmar' ? 0.00175 : -0.0023,
    high: 0.71,
  }));
  const page = differenceTable(openView({ ...comparison, differences }))!.markup;
  expect(page).toContain('+0.002 to +0.71');
  expect(page).toContain('−0.002 to +0.71');
});
