import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/result/run-result.ts';
import { ClaimGround } from '../../../src/research/claims/ground.ts';
import { SCENARIOS } from '../../../src/research/claims/scenarios.ts';
import { TACTIC } from '../../../src/research/claims/tactic.ts';
import { venueOf } from '../../../src/research/venue-file.ts';
import { marketOf } from '../../support/market.ts';
import { literalColumns, literalFull, literalResult } from '../../support/result.ts';

const YEAR_DAYS = 365.25;
const PRICES = [50_000, 45_000, 35_000, 40_000, 60_000, 55_000, 58_000];
const EQUITY = 100_000;

/** A run whose equity stands still, with fills [bar, quantity, price] of Bitcoin's perpetual. */
function runOf(contract: 'linear' | 'inverse', rows: readonly (readonly [number, number, number])[]): RunResult {
  const equity = PRICES.map(() => EQUITY);
  const columns = literalColumns(equity.length, { afterLiquidation: Float64Array.from(equity) });
  const of = (value: (row: readonly [number, number, number]) => number) => Float64Array.from(rows, value);
  const zero = of(() => 0);
  const price = of(([, , value]) => value);
  const full = {
    ...literalFull(columns),
    fills: {
      ...{ time: zero, fee: zero, slippage: zero, realised: zero, price, referencePrice: price },
      bar: Int32Array.from(rows, ([bar]) => bar),
      symbol: rows.map(() => 'BTC-PERP'),
      quantity: of(([, quantity]) => quantity),
      feeCurrency: rows.map(() => 'USD'),
      tag: rows.map(() => ''),
      cause: rows.map(() => 'strategy' as const),
    },
  };
  const run = literalResult(equity, { full, btc: Float64Array.from(PRICES) });
  return { ...run, instruments: run.instruments.map((each) => (each.kind === 'spot' ? each : { ...each, contract })) };
}

function groundOf(run: RunResult, venue = 'binance'): ClaimGround {
  return new ClaimGround({
    market: marketOf({ spot: { BTC: PRICES }, perps: { 'BTC-PERP': PRICES } }),
    venue: venueOf(venue, '.'),
    target: run.target,
    seed: 1,
    runs: new Map([
      ['cash-hedge', { ...run, id: 'cash-hedge' }],
      ['hold', { ...run, id: 'hold' }],
    ]),
  });
}

describe('perfect foresight', () => {
  const missed = (run: RunResult): number => {
    const { variants } = SCENARIOS.find(({ id }) => id === 21)!.test!;
    const foresight = variants!.find(({ name }) => name.startsWith('perfect foresight'))!;
    return foresight.measure(groundOf(run))!.effect * EQUITY * ((PRICES.length - 1) / YEAR_DAYS);
  };

  test('buys a linear short back at the lowest close', () => {
    // 0.14 coins at 35,000 in place of 40,000.
    const fills = [
      [1, -0.14, 50_000],
      [3, 0.14, 40_000],
    ] as const;
    expect(missed(runOf('linear', fills))).toBeCloseTo(700, 6);
  });

  test('buys an inverse short back there, which wins coins', () => {
    // 7,000 USD are 0.2 coins at 35,000 and 0.175 at 40,000.
    const fills = [
      [1, -7_000, 50_000],
      [3, 7_000, 40_000],
    ] as const;
    expect(missed(runOf('inverse', fills))).toBeCloseTo(0.025 * 40_000, 6);
  });

  test('knows no low of an earlier short, also where rounding leaves some of that', () => {
    // −0.3 + 0.1 + 0.2 is not 0; the second short has its low at 55,000.
    const fills = [
      [1, -0.3, 50_000],
      [3, 0.1, 35_000],
      [3, 0.2, 35_000],
      [4, -1, 40_000],
      [6, 1, 58_000],
    ] as const;
    expect(missed(runOf('linear', fills))).toBeCloseTo(3_000, 6);
  });
});

test('fees of a contract that the venue does not list are not compared, and leave the other claims alone', () => {
  const fees = TACTIC.find(({ id }) => id === 32)!.test!;
  expect(fees.effect(groundOf(runOf('linear', []), 'binance'))!.effect).toBeCloseTo(0.0005 - 0.001, 12);
  expect(fees.effect(groundOf(runOf('linear', []), 'bitmex'))).toBeNull();
});
