import { expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { comparisonDocument } from '../../src/analysis/json.ts';
import { renderReport } from '../../src/report/html.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { fakeResult } from '../support/result.ts';

const spot = fakeResult({ bars: 200, seed: 6, family: 'spot' });
const plain = fakeResult({ bars: 200, seed: 6, family: 'hedge' });
const hedge: RunResult = {
  ...plain,
  readings: [
    {
      reading: 'funding received as income, funding paid lost',
      tax: { funding: 'income' },
      taxes: 1_234,
      finalAfterLiquidation: plain.totals.finalAfterLiquidation - 77,
    },
    {
      reading: 'funding as income both ways, payments deducted',
      tax: { funding: 'income-both-ways' },
      taxes: 1_111,
      finalAfterLiquidation: plain.totals.finalAfterLiquidation - 33,
    },
  ],
};
const comparison = (results: RunResult[]) =>
  compareRuns({ name: 'readings', results, benchmark: spot.id, seed: 1, resamples: 20 });

/** Cells of the row with this heading. */
function cellsOf(page: string, head: string): string[] {
  const [, row = ''] = new RegExp(`<tr[^>]*>\\s*<th scope="row">${head}</th>([\\s\\S]*?)</tr>`).exec(page) ?? [];
  return [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) => cell!.trim());
}

test('the report shows every other reading with its tax and what it leaves, beside the run', async () => {
  const page = await renderReport(comparison([spot, hedge]));
  expect(page).toContain('Other readings of the law');
  const [lost, both] = [
    cellsOf(page, 'funding received as income, funding paid lost'),
    cellsOf(page, 'funding as income both ways, payments deducted'),
  ];
  expect([lost[0], lost[2]]).toEqual(['$1,234', '−$77']);
  expect([both[0], both[2]]).toEqual(['$1,111', '−$33']);
  expect(cellsOf(page, 'as run')[2]).toBe('–');
});

test('the report says nothing of readings where there are none', async () => {
  expect(await renderReport(comparison([spot, plain]))).not.toContain('Other readings of the law');
});

test('the document has the readings of the runs that have any', () => {
  const { runs } = comparisonDocument(comparison([spot, hedge]));
  expect(runs.map(({ readings }) => readings)).toEqual([undefined, hedge.readings]);
});
