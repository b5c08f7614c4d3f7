import { describe, expect, test } from 'vitest';
import { attributionOf } from '../../src/analysis/attribution.ts';
import type { Difference, JudgedRun, RunMetrics } from '../../src/analysis/comparison.ts';
import { headlineOf } from '../../src/analysis/headline.ts';
import { measure } from '../../src/analysis/measure.ts';
import { YEAR } from '../../src/core/time.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import { literalResult } from '../support/result.ts';

/** A run of 365.25 days that ends with `final` of 100, all of it after liquidation. */
function judged(id: string, final: number, metrics: Partial<RunMetrics> = {}, more: Partial<RunResult> = {}): JudgedRun {
  const result = { ...literalResult([100, final], { step: YEAR, ...more }), id };
  return {
    result,
    metrics: { ...measure(result), maxDrawdown: 0.5, timeOutOfBand: 0.25, ...metrics },
    attribution: attributionOf(result),
  };
}

function difference(id: string, value: number | null, low: number | null, high: number | null): Difference {
  return { id, benchmark: 'spot', metric: 'growthAfterLiquidation', difference: value, low, high, level: 0.95 };
}

const spot = judged('spot', 110);
const anchor = judged('anchor', 112.5, { maxDrawdown: 0.412, timeOutOfBand: 0.5 });
const hold = judged('hold', 120);

describe('the headline’s sentence', () => {
  const sentence = (runs: JudgedRun[], differences: Difference[]) => headlineOf(runs, spot, differences).sentence;

  test('names the winner when its interval lies above zero', () => {
    const headline = headlineOf([spot, anchor], spot, [difference('anchor', 0.019, 0.004, 0.032)]);
    expect(headline).toMatchObject({ winner: 'anchor', subject: 'anchor', benchmark: 'spot' });
    expect(headline.sentence).toBe('anchor kept 1.9 points a year more than spot after selling everything.');
  });

  test('says that there is no clear winner when the interval holds zero, also on its edge', () => {
    const text =
      'No clear winner: anchor kept 1.9 points a year more than spot after selling everything, and the 95% interval holds zero.';
    expect(sentence([spot, anchor], [difference('anchor', 0.019, -0.001, 0.032)])).toBe(text);
    expect(sentence([spot, anchor], [difference('anchor', 0.019, 0, 0.032)])).toBe(text);
    expect(headlineOf([spot, anchor], spot, [difference('anchor', 0.019, 0, 0.032)]).winner).toBeNull();
  });

  test('takes the best of several winners', () => {
    const differences = [difference('anchor', 0.019, 0.004, 0.032), difference('hold', 0.05, 0.01, 0.09)];
    expect(headlineOf([spot, anchor, hold], spot, differences)).toMatchObject({ winner: 'hold', subject: 'hold' });
  });

  test('prefers a smaller sure difference to a larger doubtful one', () => {
    const differences = [difference('anchor', 0.019, 0.004, 0.032), difference('hold', 0.05, -0.01, 0.09)];
    expect(headlineOf([spot, anchor, hold], spot, differences).winner).toBe('anchor');
  });

  test('says so when the benchmark beat its only rival', () => {
    expect(sentence([spot, anchor], [difference('anchor', -0.021, -0.03, -0.01)])).toBe(
      'anchor kept 2.1 points a year less than spot after selling everything.',
    );
  });

  test('says so when the benchmark beat all', () => {
    const differences = [difference('anchor', -0.021, -0.03, -0.01), difference('hold', -0.05, -0.08, -0.01)];
    expect(sentence([spot, anchor, hold], differences)).toBe(
      'None of two strategies kept up with spot: the nearest, anchor, kept 2.1 points a year less after selling everything.',
    );
  });

  test('shows a small difference with two decimals', () => {
    expect(sentence([spot, anchor], [difference('anchor', 0.0003, 0.0001, 0.0005)])).toContain('kept 0.03 points a year more');
  });

  test('calls equal what is equal', () => {
    expect(sentence([spot, anchor], [difference('anchor', 0, 0, 0)])).toBe(
      'anchor and spot kept the same after selling everything.',
    );
  });

  test('gives no verdict without an interval or a difference', () => {
    expect(sentence([spot, anchor], [difference('anchor', 0.019, null, null)])).toBe(
      'No verdict: anchor kept 1.9 points a year more than spot after selling everything, but no interval could be drawn.',
    );
    expect(sentence([spot, anchor], [difference('anchor', null, null, null)])).toBe(
      'No verdict: growth after selling everything is not defined for anchor.',
    );
  });

  test('has no verdict when the benchmark lost everything, and says that it is the benchmark', () => {
    const lost = judged('lost', 0);
    const none: Difference = { ...difference('anchor', null, null, null), benchmark: 'lost' };
    expect(headlineOf([lost, anchor], lost, [none]).sentence).toBe(
      'No verdict: growth after selling everything is not defined for lost.',
    );
  });

  test('of a run alone tells its growth', () => {
    expect(headlineOf([spot], spot, [])).toMatchObject({
      winner: null,
      subject: 'spot',
      sentence: 'spot kept 9.5 points of growth a year after selling everything.',
    });
    const lost = judged('lost', 0);
    expect(headlineOf([lost], lost, []).sentence).toBe('lost ran alone, and its growth after selling everything is not defined.');
  });

  test('ranks only runs under the benchmark’s tax regime', () => {
    const { assumptions } = spot.result;
    const untaxed = judged('untaxed', 150, {}, { assumptions: { ...assumptions, tax: { ...assumptions.tax, regime: 'none' } } });
    const differences = [difference('anchor', 0.019, 0.004, 0.032), difference('untaxed', 0.3, 0.2, 0.4)];
    const headline = headlineOf([spot, anchor, untaxed], spot, differences);
    expect(headline.winner).toBe('anchor');
    expect(headline.caveat).toContain('Runs under other tax regimes (1) are listed but not ranked.');
    expect(headlineOf([spot, untaxed], spot, differences).winner).toBe('untaxed');
  });
});

test('the paragraph explains points and sets drawdown and discipline beside them', () => {
  const { paragraph } = headlineOf([spot, anchor], spot, [difference('anchor', 0.019, -0.004, 0.032)]);
  expect(paragraph).toContain('annualised log growth, 100 × ln(end / start) / years with flows removed');
  expect(paragraph).toContain('11.8 for anchor against 9.5 for spot, which leaves $113 against $110.');
  expect(paragraph).toContain('The 95% interval of the difference runs from −0.4 to +3.2 points; zero is inside.');
  expect(paragraph).toContain('Deepest fall 41.2% against 50.0%; out of its target band 50% against 25% of the time.');
});

test('the paragraph leaves out what a lean record does not know', () => {
  const lean = judged('lean', 120, { timeOutOfBand: null });
  expect(headlineOf([spot, lean], spot, []).paragraph).not.toContain('band');
});

describe('the caveat', () => {
  const caveat = (runs: JudgedRun[], differences = [difference('anchor', 0.019, 0.004, 0.032)]) =>
    headlineOf(runs, spot, differences).caveat;

  test('names derived contracts that were traded', () => {
    const { instruments, totals } = anchor.result;
    const derived = { ...instruments[0]!, symbol: 'BTC-USD-PERP', kind: 'perpetual', priceFrom: 'BTC-PERP' } as const;
    const futures = { 'BTC-USD-PERP': { index: 1, basis: 0 } };
    const traded = judged(
      'anchor',
      112.5,
      {},
      {
        instruments: [...instruments, derived],
        totals: { ...totals, attribution: { ...totals.attribution, futures } },
      },
    );
    expect(caveat([spot, traded])).toContain('BTC-USD-PERP (at the prices of BTC-PERP) is derived');
  });

  test('says that the interval knows one path only', () => {
    expect(caveat([spot, anchor])).toContain('one price and tax path');
    expect(caveat([spot, anchor], [])).toBe('This is one price and tax path of one day, without an interval.');
  });

  test('says that synthetic prices are no evidence', () => {
    const made = judged('anchor', 112.5, {}, { manifest: { ...spot.result.manifest, synthetic: true } });
    expect(caveat([spot, made])).toMatch(/^The prices are synthetic: this is no evidence about any market\./);
  });

  test('mentions that the best of several was chosen', () => {
    expect(caveat([spot, anchor, hold])).toContain('It does not allow for the choice among two strategies.');
    expect(caveat([spot, anchor])).not.toContain('choice');
  });

  test('names liquidations and forced sales of both runs', () => {
    const forced = judged('anchor', 112.5, { liquidations: 2, forcedSales: 14 });
    expect(caveat([spot, forced])).toContain('anchor was liquidated twice and had spot sold by force in 14 fills.');
    const benchmark = judged('spot', 110, { forcedSales: 1 });
    expect(headlineOf([benchmark, anchor], benchmark, []).caveat).toContain('spot had spot sold by force in one fill.');
  });

  test('names runs that end in debt', () => {
    const owing = judged('anchor', 112.5, {}, { totals: { ...anchor.result.totals, finalEquity: -1 } });
    expect(caveat([spot, owing])).toContain('anchor ended in debt: more was withdrawn or lost than was there.');
    expect(caveat([spot, anchor])).not.toContain('debt');
    const rounded = judged('anchor', 112.5, {}, { totals: { ...anchor.result.totals, finalEquity: -1e-12 } });
    expect(caveat([spot, rounded])).not.toContain('debt');
  });

  test('names runs whose lot method their regime does not offer', () => {
    const notices = [{ code: 'tax-lots-not-offered', message: 'm', count: 1, first: 0 }];
    const hifo = judged('anchor', 112.5, {}, { notices });
    expect(caveat([spot, hifo])).toContain('anchor is taxed by a lot method that regime us does not offer: for comparison only.');
    expect(caveat([spot, anchor])).not.toContain('lot method');
  });

  test('says that the runs read different data', () => {
    const other = judged('anchor', 112.5, {}, { manifest: { ...spot.result.manifest, dataHash: 'other' } });
    expect(caveat([spot, other])).toContain('anchor and spot did not read the same market data.');
    expect(caveat([spot, anchor])).not.toContain('same market data');
  });

  test('says that filling at the close is optimistic', () => {
    const close = judged('anchor', 112.5, {}, { assumptions: { ...spot.result.assumptions, fill: 'close' } });
    expect(caveat([spot, close])).toContain('optimistic');
    expect(caveat([spot, anchor])).not.toContain('optimistic');
  });
});
