import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { COMPARED_METRICS } from '../../src/analysis/comparison.ts';
import { ownDifference, yardstickOf } from '../../src/analysis/regimes.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { taxedResult } from '../support/regimes.ts';
import { fakeResult } from '../support/result.ts';

const bars = 200;
const spot = (regime: string, interest = 0) => taxedResult(regime, { label: 'spot', family: 'spot', bars, interest });
const hedge = (regime: string, interest = 0) => taxedResult(regime, { label: 'hedge', family: 'hedge', bars, interest });
const compare = (results: readonly RunResult[], benchmark = 'spot (us)') =>
  compareRuns({ name: 'regimes', results, benchmark, seed: 42, resamples: 50 });

describe('a comparison under two regimes', () => {
  const comparison = compare([spot('us'), hedge('us'), spot('germany', 0.02), hedge('germany', 0.05)]);

  test('holds every run against the benchmark, then further runs against its counterpart', () => {
    const pairs = comparison.differences.map(({ id, benchmark }) => `${id} to ${benchmark}`);
    expect(pairs).toEqual(
      [
        'hedge (us) to spot (us)',
        'spot (germany) to spot (us)',
        'hedge (germany) to spot (us)',
        'hedge (germany) to spot (germany)',
      ].flatMap((pair) => COMPARED_METRICS.map(() => pair)),
    );
  });

  test('measures the further rows as a comparison of that regime alone does', () => {
    const alone = compare([spot('germany', 0.02), hedge('germany', 0.05)], 'spot (germany)');
    expect(comparison.differences.filter(({ benchmark }) => benchmark === 'spot (germany)')).toEqual(alone.differences);
    const [german] = comparison.headline.elsewhere;
    expect(german!.sentence).toBe(`Under germany, ${alone.headline.sentence}`.replace(', No', ', no'));
    expect(german).toMatchObject({ regime: 'germany', benchmark: 'spot (germany)', runs: ['hedge (germany)'] });
  });

  test('leaves the rows and the headline of the benchmark’s regime as they are without the other', () => {
    const alone = compare([spot('us'), hedge('us')]);
    expect(comparison.differences.slice(0, COMPARED_METRICS.length)).toEqual(alone.differences);
    expect(comparison.headline).toMatchObject({
      winner: alone.headline.winner,
      sentence: alone.headline.sentence,
      paragraph: alone.headline.paragraph,
    });
    expect(comparison.headline.caveat).not.toContain('not ranked');
  });

  test('knows what each run is measured against', () => {
    expect(comparison.runs.map(({ result }) => yardstickOf(comparison, result.id))).toEqual([
      null,
      'spot (us)',
      null,
      'spot (germany)',
    ]);
    expect(ownDifference(comparison, 'hedge (germany)', 'cagr')).toBe(comparison.differences.at(-5));
    expect(ownDifference(comparison, 'spot (germany)', 'cagr')).toBeUndefined();
  });
});

test('two setups of one further regime are told apart, as their runs are', () => {
  const results = ['us', 'germany', 'germany#2'].flatMap((regime) => [spot(regime), hedge(regime)]);
  const { headline } = compare(results);
  expect(headline.elsewhere.map(({ regime, benchmark, runs }) => [regime, benchmark, ...runs])).toEqual([
    ['germany', 'spot (germany)', 'hedge (germany)'],
    ['germany#2', 'spot (germany#2)', 'hedge (germany#2)'],
  ]);
});

test('a regime of one’s own may have brackets in its name, and one be called by its code', () => {
  const german = [spot('germany'), hedge('germany')].map((run) => ({ ...run, id: run.id.replace('germany', 'de') }));
  const own = [spot('home (2026)'), hedge('home (2026)')];
  const { headline } = compare([spot('us'), hedge('us'), ...german, ...own]);
  expect(headline.elsewhere.map(({ regime, benchmark }) => [regime, benchmark])).toEqual([
    ['germany', 'spot (de)'],
    ['home (2026)', 'spot (home (2026))'],
  ]);
});

describe('no counterpart of the benchmark', () => {
  const none = (...others: RunResult[]) => {
    const { differences, headline } = compare([spot('us'), hedge('us'), ...others]);
    expect(headline.elsewhere).toEqual([]);
    expect(differences.every(({ benchmark }) => benchmark === 'spot (us)')).toBe(true);
    expect(headline.caveat).toContain(`Runs under other tax regimes (${others.length}) are listed but not ranked.`);
  };

  test('is a run that was picked from another comparison', () => {
    none(fakeResult({ id: 'spot', family: 'spot', bars, regime: 'germany' }), hedge('germany'));
  });

  test('is one with other parameters, another account or other lots', () => {
    const run = spot('germany');
    none({ ...run, strategy: { ...run.strategy, params: { band: 0.1 } } }, hedge('germany'));
    none({ ...run, assumptions: { ...run.assumptions, leverage: 2 } }, hedge('germany'));
    none({ ...run, totals: { ...run.totals, initialEquity: 1 } }, hedge('germany'));
  });

  test('nor is it of use where nothing else ran under its regime', () => {
    none(spot('germany'));
  });
});
