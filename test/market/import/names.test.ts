import { expect, test } from 'vitest';
import { coinOfSpot, identityFromCell, identityFromName } from '../../../src/market/import/names.ts';

test.each([
  ['BTCUSDT-1h-2024-01.csv', { symbol: 'BTC', base: 'BTC', quote: 'USDT' }],
  ['Binance_BTCUSDT_d.csv', { symbol: 'BTC', base: 'BTC', quote: 'USDT', venue: 'binance' }],
  ['BTC_USDT_USDT-1h-futures.parquet', { symbol: 'BTC-PERP', base: 'BTC', quote: 'USDT', kind: 'perpetual' }],
  ['ETH_USDT_USDT-8h-funding_rate.parquet', { symbol: 'ETH-FUNDING', base: 'ETH', quote: 'USDT', kind: 'funding' }],
  ['BTC_USDT_USDT-1h-mark.csv.gz', { symbol: 'BTC-PERP', base: 'BTC', quote: 'USDT', kind: 'mark' }],
  ['kraken-XBTUSD.csv', { symbol: 'BTC', base: 'BTC', quote: 'USD', venue: 'kraken' }],
  ['DOTUSD.csv', { symbol: 'DOT', base: 'DOT', quote: 'USD' }],
  ['BTCBUSD.csv', { symbol: 'BTC', base: 'BTC', quote: 'BUSD' }],
  ['coinbase-ETH-EUR.csv', { symbol: 'ETH', base: 'ETH', quote: 'EUR', venue: 'coinbase' }],
  ['prices.csv', {}],
])('the name %s says %j', (name, expected) => expect(identityFromName(name)).toEqual(expected));

test.each([
  ['BTC/USDT', 'BTC', 'USDT'],
  ['ETHUSD', 'ETH', 'USD'],
])('the cell %s is %s in %s', (cell, base, quote) => {
  expect(identityFromCell(cell)).toEqual({ symbol: base, base, quote });
});

test.each([
  ['XBT', 'BTC'],
  ['btc', 'BTC'],
  ['BTC-USDT', 'BTC'],
  ['XBTUSD', 'BTC'],
  ['FOO/USDC', 'FOO'],
  ['PYUSD', undefined],
  ['bitcoin', undefined],
])('a spot series called %s is of %s', (symbol, base) => expect(coinOfSpot(symbol)).toBe(base));
