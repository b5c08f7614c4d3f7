import { expect, test } from 'vitest';
import { compareRuns } from '../../../src/analysis/compare.ts';
import { openLots } from '../../../src/report/sections/open-lots.ts';
import { openView } from '../../../src/report/view.ts';
import type { LotView } from '../../../src/tax/ledger.ts';
import { fakeResult } from '../../support/result.ts';

const START = Date.UTC(2024, 0, 1);
const plain = fakeResult({ bars: 20, seed: 6, family: 'spot' });
const lot = (asset: string, quantity: number, cost: number): LotView => ({
  asset,
  acquired: START,
  quantity,
  cost,
  longTerm: false,
});

/** The report's table for a run that ends with an equity of 1,000, half of it in BTC. */
function tableOf(lots: readonly LotView[], longAfterYears: number | null = 1): string {
  return tableOfRuns(lots, [longAfterYears]);
}

/** The same with a run for each way of looking at the time held. */
function tableOfRuns(lots: readonly LotView[], years: readonly (number | null)[]): string {
  const half = plain.equity.map(() => 0.5);
  const equity = plain.equity.slice().fill(1_000, -1);
  const full = { ...plain.full!, lots, columns: { ...plain.full!.columns, weights: { BTC: half } } };
  const results = years.map((longAfterYears, index) => {
    const assumptions = { ...plain.assumptions, tax: { ...plain.assumptions.tax, longAfterYears } };
    return { ...plain, id: `run ${index}`, equity, full, assumptions };
  });
  return openLots(openView(compareRuns({ name: 'lots', results, benchmark: 'run 0', seed: 1, resamples: 20 })))!.markup;
}

function row(page: string, head: string): string[] {
  const [, cells = ''] = new RegExp(`<th scope="row">${head}</th>([\\s\\S]*?)</tr>`).exec(page) ?? [];
  return [...cells.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) => cell!.trim());
}

test('lots share the value of their coin, and are summed up', () => {
  const page = tableOf([lot('BTC', 1, 100), lot('BTC', 3, 150)]);
  expect(row(page, '2024-01-01')).toEqual(['BTC', '3', '$150', '$375', '$225', 'no']);
  expect(row(page, 'In all')).toEqual(['', '', '$250', '$500', '$250', '']);
  expect(page).not.toContain('stablecoin');
  expect(row(tableOf([lot('BTC', 1, 100)]), 'In all')).toEqual([]);
});

test('the rest of many lots is one row, which the sum counts too', () => {
  const page = tableOf(Array.from({ length: 20 }, () => lot('BTC', 1, 10)));
  expect(row(page, 'and 8 more')).toEqual(['', '', '$80', '$200', '$120', '']);
  expect(row(page, 'In all')).toEqual(['', '', '$200', '$500', '$300', '']);
});

test('stablecoin cash is a row at its face, so that costs add up to what the portfolio cost', () => {
  const page = tableOf([lot('BTC', 2.5, 200), lot('cash', 500, 800)]);
  expect(page).toContain('<td>cash</td>');
  expect(row(page, 'In all')).toEqual(['', '', '$1,000', '$1,000', '$0', '']);
  expect(page).toContain('Cash is a stablecoin and so one of the coins');
});

test('nothing is long-term or not where the time held makes no difference', () => {
  const untimed = tableOf([lot('BTC', 1, 100), lot('BTC', 3, 150)], null);
  expect(row(untimed, '2024-01-01')).toEqual(['BTC', '3', '$150', '$375', '$225']);
  expect(row(untimed, 'In all')).toHaveLength(5);
  expect(untimed).not.toContain('Long-term');
  expect(untimed).toContain('How long a coin was held makes no difference to its tax.');
  expect(tableOf([lot('BTC', 1, 100)], 1)).toContain('Long-term: held for more than a year.');
});

test('beside runs to which time matters, the others show a dash', () => {
  const mixed = tableOfRuns([lot('BTC', 1, 100)], [1, null]);
  expect([...mixed.matchAll(/<td>(yes|no|–)<\/td>/g)].map(([, cell]) => cell)).toEqual(['no', '–']);
  expect(mixed).toContain('Long-term: held for more than a year. –: the time held makes no difference');
});
