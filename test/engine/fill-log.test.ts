import { expect, test } from 'vitest';
import { FillLog } from '../../src/engine/fill-log.ts';
import { TRADE, roomForTrades } from '../../src/tax/spot-trades.ts';

const NAMES = { symbols: ['BTC', 'ETH', 'LTC', 'BTC-PERP'], bases: ['BTC', 'ETH', 'LTC', 'BTC'], currency: 'USD' };
const PRICING = {
  // Three bars of three coins and a contract, instrument by instrument.
  prices: Float64Array.of(100, 200, 210, 10, 20, 21, 1, 2, 2.1, 100, 200, 210),
  bars: 3,
  first: 0,
  halfSpread: new Float64Array(4).fill(0.01),
  taker: new Float64Array(4).fill(0.001),
};

test('fills come back with their names, fees in coin and results of contracts included', () => {
  const log = new FillLog(PRICING);
  log.write(5_000, 3, 1, 2, 10, 11, 0.5, true, 2, 0, 'first', 0);
  log.write(6_000, 4, 3, -1, 100, 99, 0.1, false, 1, 7, 'second', 2);
  expect(log.columns(NAMES)).toMatchObject({
    time: Float64Array.of(5_000, 6_000),
    bar: Int32Array.of(3, 4),
    symbol: ['ETH', 'BTC-PERP'],
    quantity: Float64Array.of(2, -1),
    referencePrice: Float64Array.of(10, 100),
    price: Float64Array.of(11, 99),
    fee: Float64Array.of(0.5, 0.1),
    feeCurrency: ['ETH', 'USD'],
    slippage: Float64Array.of(2, 1),
    realised: Float64Array.of(0, 7),
    tag: ['first', 'second'],
    cause: ['strategy', 'liquidation'],
  });
});

test('a batch comes back as the market executes it: sells, largest first, then buys, smallest first', () => {
  const trades = roomForTrades(4);
  // Asset and units of rows 1 to 3; the second bar's prices are 200, 20 and 2.
  trades.assets.set([2, 0, 1], 1);
  [50, -0.25, -5].forEach((units, k) => (trades.rows[TRADE * (k + 1)] = units));
  const log = new FillLog(PRICING);
  log.write(1_000, 0, 0, 1, 100, 100, 0, false, 0, 0, 'buy', 0);
  log.writeBatch(trades, 1, 4, 2_000, 1, 'back to target');
  log.write(2_500, 1, 1, 1, 20, 20, 0, false, 0, 0, 'more', 0);
  log.writeBatch(trades, 1, 3, 3_000, 2, 'again');
  const { symbol, quantity, price, slippage, fee, tag, bar } = log.columns(NAMES);
  expect(symbol).toEqual(['BTC', 'ETH', 'BTC', 'LTC', 'ETH', 'BTC', 'LTC']);
  expect([...quantity]).toEqual([1, -5, -0.25, 50, 1, -0.25, 50]);
  expect([...price]).toEqual([100, 20 * 0.99, 200 * 0.99, 2 * 1.01, 20, 210 * 0.99, 2.1 * 1.01]);
  expect([...slippage]).toEqual([0, 1, 0.5, 1, 0, 0.25 * 210 * 0.01, 50 * 2.1 * 0.01]);
  const fees = [0, 99, 49.5, 101, 0, 0.25 * 210 * 0.99, 50 * 2.1 * 1.01];
  fee.forEach((amount, row) => expect(amount).toBeCloseTo(fees[row]! * 0.001, 12));
  expect(tag).toEqual(['buy', 'back to target', 'back to target', 'back to target', 'more', 'again', 'again']);
  expect([...bar]).toEqual([0, 1, 1, 1, 1, 2, 2]);
});
