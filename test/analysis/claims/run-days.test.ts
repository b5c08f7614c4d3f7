import { describe, expect, test } from 'vitest';
import { runDays, slippageDays } from '../../../src/analysis/claims/run-days.ts';
import type { FillColumns, RunResult } from '../../../src/result/run-result.ts';
import { literalColumns, literalFull, literalResult } from '../../support/result.ts';

const column = (...values: number[]) => Float64Array.from(values);

/** Three bars with these shares of equity, by spot symbol and by coin. */
function held(shares: Record<string, Float64Array>, target: RunResult['target']): RunResult {
  const full = literalFull(literalColumns(3, { weights: shares, exposure: shares }));
  return literalResult([100, 100, 100], { target, full });
}

describe('days of a run', () => {
  test('measure a bucket as one coin, as time out of band does', () => {
    const run = held(
      { BTC: column(0.5, 0.5, 0.6), ETH: column(0.3, 0.1, 0.1), SOL: column(0.2, 0.4, 0.4) },
      {
        weights: { BTC: 0.5, ETH: 0.25, SOL: 0.25 },
        buckets: [{ name: 'ALTS', weight: 0.5, of: ['ETH', 'SOL'], by: 'value' }],
        band: 0.05,
        bandKind: 'absolute',
      },
    );
    const days = runDays(run)!;
    expect(Array.from(days.drift)).toEqual([0, expect.closeTo(0.05, 12)]);
    expect(Array.from(days.weightsOut)).toEqual([0, 1]);
  });

  test('tell what contracts hedge where spot has another name than its coin', () => {
    const run = held({ XBT: column(0.6, 0.6, 0.6) }, { weights: { XBT: 0.5 }, band: 0.05, bandKind: 'absolute' });
    const full = literalFull(
      literalColumns(3, { weights: { XBT: column(0.6, 0.6, 0.6) }, exposure: { BTC: column(0.6, 0.5, 0.5) } }),
    );
    const days = runDays({ ...run, full, instruments: [{ ...run.instruments[0]!, symbol: 'XBT', base: 'BTC' }] })!;
    expect(Array.from(days.hedged)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.1, 12)]);
    expect(Array.from(days.drift)).toEqual([0, 0]);
  });
});

test('the notional of an inverse contract is its quantity, that of others quantity × price', () => {
  const run = held({}, { weights: {}, band: 0.05, bandKind: 'absolute' });
  const fills: FillColumns = {
    time: column(0, 0),
    bar: Int32Array.of(1, 2),
    symbol: ['BTC-PERP', 'BTC-PERP'],
    quantity: column(-7000, 2000),
    referencePrice: column(50_000, 40_000),
    price: column(49_995, 40_004),
    fee: column(0, 0),
    feeCurrency: ['USD', 'USD'],
    slippage: column(0.7, 0.2),
    realised: column(0, 0),
    tag: ['', ''],
    cause: ['strategy', 'strategy'],
  };
  const full = { ...run.full!, fills };
  const notionalOf = (contract: 'linear' | 'inverse') =>
    Array.from(
      slippageDays(
        { ...run, full, instruments: run.instruments.map((each) => (each.kind === 'spot' ? each : { ...each, contract })) },
        true,
      )!.notional,
    );
  expect(notionalOf('inverse')).toEqual([7000, 2000]);
  expect(notionalOf('linear')).toEqual([7000 * 50_000, 2000 * 40_000]);
});
