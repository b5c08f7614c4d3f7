import { expect, test } from 'vitest';
import { findFact, productOf, type Fact } from '../../src/venue/facts.ts';

const SOURCE = { source: 'a page', asOf: '2024', confidence: 'official page' } as const;
const FACTS: readonly Fact[] = [
  { figure: 'liquidationFee', products: ['linear perpetual'], coins: ['BTC'], value: 0.02, ...SOURCE },
  { figure: 'liquidationFee', products: ['linear perpetual'], coins: ['BTC'], from: '2023-01-01', value: 0.01, ...SOURCE },
  { figure: 'liquidationFee', products: ['linear perpetual', 'linear future'], value: 0.03, ...SOURCE },
];
const fee = (product: 'linear perpetual' | 'linear future' | 'spot', coin: string, date: string | null = null) =>
  findFact(FACTS, 'liquidationFee', product, coin, date)?.value;

test('a figure of the coin comes before one of all coins', () => {
  expect(fee('linear perpetual', 'BTC')).toBe(0.01);
  expect(fee('linear perpetual', 'ETH')).toBe(0.03);
  expect(fee('linear future', 'BTC')).toBe(0.03);
});

test('without a date the latest holds, with one the latest not after it', () => {
  expect(fee('linear perpetual', 'BTC', '2022-12-31')).toBe(0.02);
  expect(fee('linear perpetual', 'BTC', '2023-01-01')).toBe(0.01);
});

test('before every date the earliest stands in', () => {
  const dated = FACTS.filter(({ from }) => from !== undefined);
  expect(findFact(dated, 'liquidationFee', 'linear perpetual', 'BTC', '2020-01-01')?.value).toBe(0.01);
});

test('what nobody states is undefined', () => {
  expect(fee('spot', 'BTC')).toBeUndefined();
  expect(findFact(FACTS, 'maintenance', 'linear perpetual', 'BTC')).toBeUndefined();
});

test('a product is named by contract and kind', () => {
  expect(productOf({ kind: 'spot', contract: null })).toBe('spot');
  expect(productOf({ kind: 'future', contract: 'inverse' })).toBe('inverse future');
});
