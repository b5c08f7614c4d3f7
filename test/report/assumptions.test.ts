import { expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { renderReport } from '../../src/report/html.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { fakeResult } from '../support/result.ts';

const spot = fakeResult({ bars: 200, seed: 6, family: 'spot' });
const hedge = fakeResult({ bars: 200, seed: 6, family: 'hedge' });

const report = (...results: RunResult[]): Promise<string> =>
  renderReport(compareRuns({ name: 'terms', results, benchmark: spot.id, seed: 1, resamples: 20 }));

test('the report says how far cash may be borrowed, where it may', async () => {
  const assumptions = { ...hedge.assumptions, collateral: 'multi-asset' as const, borrowLimit: 2_500 };
  const page = await report(spot, { ...hedge, assumptions });
  expect(page).toContain('<dt>Borrow limit</dt>');
  expect(page).toContain(`${hedge.id}: Cash may go below zero by $2,500, at interest`);
  expect(page).toContain(`${spot.id}: none`);
});

test('the report says nothing of borrowing where cash may not go below zero', async () => {
  expect(await report(spot, hedge)).not.toContain('Borrow limit');
});

test('the report writes shares and rates that were set with all their decimals', async () => {
  const assumptions = {
    ...spot.assumptions,
    riskFree: 0.0425,
    interest: { cash: 0.0325, borrow: 0.0875 },
    marginCall: { at: 0.125, to: 1, from: 'spot' as const },
  };
  const page = await report({ ...spot, assumptions });
  expect(page).toContain('4.25%');
  expect(page).toContain('3.25% on cash, 8.75% on borrowing');
  expect(page).toContain('Under 12.5% of the initial margin at a close, the balance is brought to 100%');
});
