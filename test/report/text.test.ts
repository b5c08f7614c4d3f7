import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { comparisonText } from '../../src/report/text.ts';
import { textTables, wrapped } from '../../src/report/text-table.ts';
import picocolors from 'picocolors';
import { fakeResult } from '../support/result.ts';

const colors = picocolors.createColors(false);
const options = { bars: 400, seed: 6 };
const comparison = compareRuns({
  name: 'text',
  results: [
    fakeResult({ ...options, family: 'hold' }),
    fakeResult({ ...options, family: 'spot' }),
    fakeResult({ ...options, family: 'hedge', id: '\u001b[31mred' }),
  ],
  benchmark: 'spot-band',
  seed: 1,
  resamples: 50,
});

describe('the terminal text', () => {
  const text = comparisonText(comparison, { color: false, width: 120 });

  test('opens with the headline and marks the benchmark', () => {
    expect(text.split('\n')[0]).toContain('spot-band');
    expect(text).toMatch(/^spot-band \* +\$/m);
    expect(text).toContain('* the benchmark.');
  });

  test('shows key figures, costs and notices', () => {
    for (const part of ['If all', 'Worst', 'Slippage', 'Taxable', 'mark-from-last-trade (1×)']) expect(text).toContain(part);
  });

  test('counts forced sales as fills, where there are any', () => {
    const run = fakeResult({ ...options, family: 'hold' });
    const results = [{ ...run, totals: { ...run.totals, forcedSales: 4 } }];
    const forced = compareRuns({ name: 'forced', results, benchmark: 'hold', seed: 1, resamples: 20 });
    expect(comparisonText(forced, { color: false, width: 120 })).toMatch(/ Forced.*\n.* fills/);
    expect(text).not.toContain('Forced');
  });

  test('says where the runs’ notices of one kind differ', () => {
    const told = (id: string, message: string) => ({
      ...fakeResult({ ...options, id }),
      notices: [{ code: 'tax-fx-shipped', message, count: 1, first: null }],
    });
    const notices = (...messages: string[]) => {
      const results = messages.map((message, index) => told(`run ${index}`, message));
      const of = compareRuns({ name: 'notices', results, benchmark: 'run 0', seed: 1, resamples: 20 });
      return comparisonText(of, { color: false, width: 120 });
    };
    expect(notices('EUR at 1.08', 'GBP at 1.27')).toContain('- tax-fx-shipped (1×): one of them: EUR at 1.08');
    expect(notices('EUR at 1.08', 'EUR at 1.08')).toContain('- tax-fx-shipped (1×): EUR at 1.08');
  });

  test('has no colour when none is wanted, and no escape sequence of a name’s making', () => {
    expect(text).not.toContain('\u001b');
    expect(text).toContain('\ufffd[31mred');
    expect(comparisonText(comparison, { color: true, width: 120 })).toContain('\u001b[1m');
  });

  test.each([60, 80, 100, 160])('fits into %i columns', (width) => {
    const longest = Math.max(
      ...comparisonText(comparison, { color: false, width })
        .split('\n')
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(width);
  });

  test('of a single run has no benchmark and no difference', () => {
    const alone = compareRuns({ name: 'one', results: [fakeResult({ ...options })], benchmark: 'hold', seed: 1 });
    const single = comparisonText(alone, { color: false, width: 100 });
    expect(single).not.toContain('*');
    expect(single).not.toContain('against');
  });
});

describe('text tables', () => {
  const table = {
    head: 'Strategy',
    names: ['hold', 'band'],
    columns: [
      { head: 'Final\nvalue', cells: ['$1', '$22'] },
      { head: '\nCAGR', cells: ['1.0%', '−2.0%'] },
    ],
  };

  test('align figures to the right under two-line heads', () => {
    expect(textTables(table, 80, colors)).toEqual([
      'Strategy  Final',
      '          value   CAGR',
      'hold         $1   1.0%',
      'band        $22  −2.0%',
    ]);
  });

  test('continue below where the terminal is too narrow, with the names repeated', () => {
    expect(textTables(table, 16, colors)).toEqual([
      'Strategy  Final',
      '          value',
      'hold         $1',
      'band        $22',
      '',
      'Strategy',
      '           CAGR',
      'hold       1.0%',
      'band      −2.0%',
    ]);
  });

  test('break prose at spaces', () => {
    expect(wrapped('to be or not to be', 8)).toEqual(['to be or', 'not to', 'be']);
  });
});
