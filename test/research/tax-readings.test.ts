import { describe, expect, test, vi } from 'vitest';
import * as engine from '../../src/engine/run.ts';
import { readTaxOtherwise } from '../../src/research/tax-readings.ts';
import type { TaxReading } from '../../src/result/run-result.ts';
import type { FundingReading } from '../../src/tax/funding.ts';
import { parseRegime } from '../../src/tax/regime-file.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { marketOf } from '../support/market.ts';
import { plainConfig } from '../support/run.ts';
import { because, script } from '../support/script.ts';

vi.mock(import('../../src/engine/run.ts'), { spy: true });

const PRICES = [100, 100, 90, 90, 90, 90];
// A short of 2 receives 4 of the first settlement, at 100, and pays 1.8 at the second, at 90.
const market = marketOf({
  spot: { BTC: PRICES },
  perps: { 'BTC-PERP': PRICES },
  funding: [
    { time: '2024-01-03T12:00:00Z', rate: 0.02 },
    { time: '2024-01-04T12:00:00Z', rate: -0.01 },
  ],
});
const US = { regime: 'us', rates: { short: 0.4, long: 0.2 } };

const shortOf = (coins: number) =>
  script(['BTC', 'BTC-PERP'], {
    0: ({ orders }) => {
      if (coins > 0) orders.market('BTC', coins, because);
      orders.market('BTC-PERP', -2, because);
    },
    4: ({ orders }) => orders.target('BTC-PERP', 0, because),
  });
const hedge = shortOf(5);

function read(tax: Partial<TaxSetup>, strategy = hedge, on = market): { readings: TaxReading[]; replays: number } {
  const config = plainConfig(on, strategy, { tax });
  const result = engine.runStrategy(config);
  vi.mocked(engine.runStrategy).mockClear();
  const readings = readTaxOtherwise(config, result);
  return { readings, replays: vi.mocked(engine.runStrategy).mock.calls.length };
}

describe('a run with contracts in the United States', () => {
  test('is read in the two other ways of taxing funding, and with hedges as straddles', () => {
    const { readings } = read(US);
    expect(readings.map(({ reading, tax }) => [reading, tax])).toEqual([
      ['funding received as income, funding paid lost', { funding: 'income' }],
      ['funding as income both ways, payments deducted', { funding: 'income-both-ways' }],
      ['hedges as straddles (26 U.S.C. 1092)', { straddles: true }],
    ]);
    // The coins lose 50, the hedge gains 20: as a part of that, funding is not taxed.
    expect(readings.map(({ taxes }) => taxes)).toEqual([expect.closeTo(1.6, 9), expect.closeTo(0.88, 9), 0]);
    const before = 1_000 - 50 + 20 + 4 - 1.8;
    expect(readings.map(({ finalAfterLiquidation }) => finalAfterLiquidation)).toEqual(
      [before - 1.6, before - 0.88, before].map((left) => expect.closeTo(left, 9)),
    );
  });

  test('under a regime of one’s own that extends it is read alike', () => {
    const { rates: _, ...rest } = US;
    const regime = parseRegime('extends: us\nname: home\nrates: { short: 0.4, long: 0.2, ordinary: 0.4 }\n', 'home.yaml');
    expect(read({ ...rest, regime }).readings.map(({ reading }) => reading)).toContain('hedges as straddles (26 U.S.C. 1092)');
    const pooled = parseRegime('extends: us\nname: home\nlots: average-moving\n', 'home.yaml');
    expect(read({ ...rest, regime: pooled }).readings.some(({ tax }) => tax.straddles)).toBe(false);
  });

  test('leaves out a reading that made no difference, as both ways at equal rates', () => {
    // Alone, the short owes 40 % of 20 + 4 − 1.8 under either reading.
    const { readings, replays } = read(US, shortOf(0));
    expect(readings.map(({ tax }) => tax)).toEqual([{ funding: 'income' }, { straddles: true }]);
    expect(readings[0]!.taxes).toBeCloseTo(0.4 * 24, 9);
    expect(replays).toBe(3);
  });

  test('chosen as income is read as part of the result and both ways', () => {
    const { readings } = read({ ...US, funding: 'income' });
    expect(readings.map(({ tax }) => tax)).toEqual([{ funding: 'result' }, { funding: 'income-both-ways' }, { straddles: true }]);
  });
});

describe('elsewhere', () => {
  test.each<[regime: string, setup: Partial<TaxSetup>, others: FundingReading[]]>([
    ['uk', { rates: { gains: 0.2, income: 0.4 }, fx: { GBP: 1 } }, ['income', 'income-both-ways']],
    ['germany', { fx: { EUR: 0.001 } }, ['income']],
    ['germany', { fx: { EUR: 0.001 }, funding: 'income' }, ['result']],
    ['germany', { fx: { EUR: 0.001 }, funding: 'income-both-ways' }, ['income']],
    ['canada', { fx: { CAD: 1 } }, ['income']],
    ['canada', { fx: { CAD: 1 }, funding: 'income-both-ways' }, ['result']],
    ['canada', { fx: { CAD: 1 }, contracts: 'income' }, []],
    ['australia', { fx: { AUD: 1 } }, []],
    ['france', { fx: { EUR: 1 } }, []],
    ['japan', { fx: { JPY: 1 } }, []],
    ['japan', { fx: { JPY: 1 }, funding: 'income' }, []],
    ['india', { fx: { INR: 1 } }, ['income']],
    ['switzerland', { fx: { CHF: 1 } }, []],
    ['singapore', { fx: { SGD: 1 }, profile: 'sg-trader-top' }, []],
    ['uae', { fx: { AED: 1 } }, []],
    ['none', {}, []],
  ])('%s, %j: other readings are %j, and nothing else is replayed', (regime, setup, others) => {
    const { readings, replays } = read({ regime, ...setup });
    expect(readings.map(({ tax }) => tax.funding)).toEqual(others);
    expect(replays).toBe(others.length);
  });
});

describe('nothing is replayed', () => {
  test('for a run without contracts', () => {
    const spot = script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 5, because) });
    expect(read(US, spot)).toEqual({ readings: [], replays: 0 });
  });

  test('for funding where none was settled', () => {
    const quiet = marketOf({ spot: { BTC: PRICES }, perps: { 'BTC-PERP': PRICES } });
    const config = plainConfig(quiet, hedge, { tax: US, account: { missingFunding: 'zero' } });
    const readings = readTaxOtherwise(config, engine.runStrategy(config));
    expect(readings.map(({ tax }) => tax)).toEqual([{ straddles: true }]);
  });
});
