import { expect, test } from 'vitest';
import { runStrategy } from '../../src/engine/run.ts';
import { readTaxOtherwise } from '../../src/research/tax-readings.ts';
import { marketOf } from '../support/market.ts';
import { plainConfig } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const market = marketOf({
  spot: { BTC: [100, 100, 110, 110, 110] },
  perps: { 'BTC-PERP': [100, 100, 110, 110, 110] },
  funding: [{ time: '2024-01-03T12:00:00Z', rate: 0.01 }],
});

test('a run with contracts is read with funding as income, and in the US as a straddle', () => {
  const hedge = script(['BTC', 'BTC-PERP'], {
    0: ({ orders }) => {
      orders.market('BTC', 5, because);
      orders.market('BTC-PERP', -2, because);
    },
    3: ({ orders }) => orders.target('BTC-PERP', 0, because),
  });
  const config = plainConfig(market, hedge, { tax: { regime: 'us', rates: { short: 0.4, long: 0.2 } } });
  const readings = readTaxOtherwise(config, runStrategy(config));
  expect(readings.map(({ reading }) => reading)).toEqual([
    'funding taxed as income when it is paid',
    'hedges as straddles (26 U.S.C. 1092)',
  ]);
  // All is sold at the end, so that nothing stays deferred: the straddle changes when, not how much.
  expect(readings[1]!.taxes).toBeCloseTo(runStrategy(config).totals.taxDeferred + runStrategy(config).totals.taxAccrued, 9);
});

test('a run without contracts has one reading only', () => {
  const config = plainConfig(market, script(['BTC'], { 0: ({ orders }) => orders.market('BTC', 5, because) }), {
    tax: { regime: 'us' },
  });
  expect(readTaxOtherwise(config, runStrategy(config))).toEqual([]);
});
