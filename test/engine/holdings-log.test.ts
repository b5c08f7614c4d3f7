import { expect, test } from 'vitest';
import { Account } from '../../src/engine/account.ts';
import { FillLog } from '../../src/engine/fill-log.ts';
import { HoldingsLog } from '../../src/engine/holdings-log.ts';
import { TRADE, roomForTrades } from '../../src/tax/spot-trades.ts';
import { marketOf } from '../support/market.ts';

const market = marketOf({ spot: { BTC: [100, 110, 120, 130], ETH: [10, 10, 20, 20] } });
const equity = Float64Array.of(1_000, 1_000, 0, 1_000);
const pricing = {
  prices: market.columns.close,
  bars: 4,
  first: 0,
  halfSpread: new Float64Array(2),
  taker: new Float64Array(2),
};

test('columns follow from what was held at the end of each bar and from the marks', () => {
  const account = new Account(market, 1_000, 1);
  const log = new HoldingsLog(market, new FillLog(pricing));
  account.open(0, 2, 100);
  log.note(0, account);
  account.open(0, 1, 120);
  account.open(1, 5, 20);
  log.note(2, account);
  log.note(3, account);
  const bitcoin = log.columnsOf(0, equity);
  // 2 × 100 − 200, 2 × 110 − 200, then 3 × 120 − 320 and 3 × 130 − 320.
  expect([...bitcoin.priceProfit]).toEqual([0, 20, 40, 70]);
  expect([...bitcoin.share]).toEqual([0.2, 0.22, 0, 0.39]);
  const ether = log.columnsOf(1, equity);
  expect([...ether.priceProfit]).toEqual([0, 0, 0, 0]);
  expect([...ether.share]).toEqual([0, 0, 0, 0.1]);
});

test('what only batches moved is booked again when it is read; what is noted after them holds', () => {
  const account = new Account(market, 1_000, 1);
  const fills = new FillLog(pricing);
  const log = new HoldingsLog(market, fills);
  const trades = roomForTrades(2);
  const units = (...of: number[]) => of.forEach((bought, asset) => (trades.rows[TRADE * asset] = bought));
  trades.assets.set([0, 1]);
  account.open(0, 2, 100);
  log.note(0, account);
  // Two of BTC sold and five of ETH bought at the second bar's 110 and 10; nothing is noted.
  units(-2, 5);
  fills.writeBatch(trades, 0, 2, 0, 1, 'swap');
  log.seeBatch();
  // In the third the batch's two of BTC come back at 120 and leave otherwise: the holding of the last note, at another reference.
  units(2);
  fills.writeBatch(trades, 0, 1, 0, 2, 'back');
  log.seeBatch();
  account.open(1, 5, 10);
  log.note(2, account);
  expect([...log.columnsOf(0, equity).priceProfit]).toEqual([0, 20, 40, 60]);
  expect([...log.columnsOf(1, equity).priceProfit]).toEqual([0, 0, 50, 50]);
  expect([...log.columnsOf(1, equity).share]).toEqual([0, 0.05, 0, 0.1]);
});
