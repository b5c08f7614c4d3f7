import { describe, expect, test } from 'vitest';
import { marketOf } from '../support/market.ts';
import { plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import { runStrategy } from '../../src/engine/run.ts';
import { NO_TAX, PLAIN_ACCOUNT } from '../support/run.ts';

const symbols = ['BTC', 'BTC-F'];
const EXPIRY = '2024-01-03T08:00Z';

describe('a dated contract at its expiry', () => {
  test('pays the venue’s settlement fee', () => {
    const short = script(symbols, { 0: ({ orders }) => orders.target('BTC-F', -1, because) });
    const market = marketOf({
      spot: { BTC: [100, 100, 90, 90] },
      futures: { 'BTC-F': { close: [102, 102, NaN, NaN], expiry: EXPIRY, settlement: 95 } },
    });
    const run = plainRun(market, short, { venue: { preset: 'none', settlementFee: 0.001 } });
    expect(run.totals.finalEquity).toBeCloseTo(1_000 + 7 - 0.095, 9);
    expect(run.totals.attribution.fees).toBeCloseTo(0.095, 12);
    expect(run.full.fills.cause).toEqual(['strategy', 'expiry']);
  });

  test('pays an inverse result in coin at the settlement price', () => {
    const short = script(symbols, { 0: ({ orders }) => orders.target('BTC-F', -100, because) });
    const market = marketOf({
      spot: { BTC: [100, 100, 50, 50] },
      futures: { 'BTC-F': { close: [100, 100, NaN, NaN], contract: 'inverse', expiry: EXPIRY, settlement: 50 } },
    });
    const run = plainRun(market, short, {
      account: { cash: 0, collateral: 'coin', lots: [{ asset: 'BTC', quantity: 1, cost: 1, acquired: Date.UTC(2020, 0, 1) }] },
    });
    expect([...run.equity]).toEqual([100, 100, 100, 100]);
    expect(run.full.lots.map(({ quantity }) => quantity)).toEqual([1, 1]);
  });
});

describe('daily variation', () => {
  function runOn(dailyVariation: boolean, margin: 'cross' | 'isolated' = 'cross') {
    const steps = script(symbols, {
      0: ({ orders }) => orders.target('BTC-F', -2, because),
      3: ({ orders }) => orders.target('BTC-F', -1, because),
    });
    const market = marketOf({
      spot: { BTC: [100, 100, 100, 100, 100, 100] },
      futures: { 'BTC-F': { close: [102, 102, 105, 101, 101, 101], expiry: '2024-06-28T15:00Z' } },
    });
    return runStrategy({
      ...{ id: 'run', market, strategy: steps, params: {}, strategySource: '', fill: 'next-open', seed: 1, records: 'full' },
      target: { weights: { BTC: 0.6 }, band: 0.05, bandKind: 'absolute' },
      account: { ...PLAIN_ACCOUNT, margin },
      venue: { ...resolveVenue({ preset: 'none', maintenance: 0.01 }), dailyVariation },
      tax: { ...NO_TAX, regime: 'us', payFrom: 'outside' },
    });
  }

  test('moves the result of an open contract to cash every day and changes nothing else', () => {
    const [daily, atClose] = [runOn(true), runOn(false)];
    expect([...daily.full!.columns.cash]).toEqual([1_000, 1_000, 994, 1_002, 1_002, 1_002]);
    expect([...atClose.full!.columns.cash]).toEqual([1_000, 1_000, 1_000, 1_000, 1_001, 1_001]);
    expect([...daily.equity]).toEqual([...atClose.equity]);
    expect(daily.totals.attribution).toEqual(atClose.totals.attribution);
  });

  test('leaves an isolated position as far from liquidation as it was', () => {
    const [daily, atClose] = [runOn(true, 'isolated'), runOn(false, 'isolated')];
    expect([...daily.full!.columns.marginRatio]).toEqual([...atClose.full!.columns.marginRatio]);
    expect([...daily.equity]).toEqual([...atClose.equity]);
  });

  test('is taxed as the position reduces, with all that it has paid', () => {
    const [daily, atClose] = [runOn(true), runOn(false)];
    expect([...daily.full!.gains.gain]).toEqual([...atClose.full!.gains.gain]);
    expect(daily.full!.fills.realised).toEqual(atClose.full!.fills.realised);
    expect(daily.totals.taxDeferred).toBeCloseTo(atClose.totals.taxDeferred, 9);
  });
});
