import { expect, test } from 'vitest';
import { Account } from '../../src/engine/account.ts';
import { HoldingsLog } from '../../src/engine/holdings-log.ts';
import { marketOf } from '../support/market.ts';

const market = marketOf({ spot: { BTC: [100, 110, 120, 130], ETH: [10, 10, 20, 20] } });
const equity = Float64Array.of(1_000, 1_000, 0, 1_000);

test('columns follow from what was held at the end of each bar and from the marks', () => {
  const account = new Account(market, 1_000, 1);
  const log = new HoldingsLog(market);
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
