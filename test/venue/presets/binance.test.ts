import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { maintenanceMargin, maxLeverage } from '../../../src/venue/margin.ts';
import { findFact, type Product } from '../../../src/venue/facts.ts';
import { binance } from '../../../src/venue/presets/binance.ts';
import { resolveVenue } from '../../../src/venue/resolve.ts';
import type { TradedInstrument } from '../../../src/venue/venue.ts';

const FACTS = '../shared/facts/venues.json';
const terms = (instrument: Partial<TradedInstrument>) =>
  resolveVenue('binance').terms({
    symbol: 'X',
    kind: 'perpetual',
    contract: 'linear',
    base: 'BTC',
    quote: 'USDT',
    ...instrument,
  });

test('a BTC perpetual of 5 million is in the 1 % band with amount 12,000', () => {
  const { maintenance } = terms({});
  expect(maintenanceMargin(maintenance, 5_000_000)).toBeCloseTo(38_000, 6);
  expect(maxLeverage(maintenance, 5_000_000)).toBe(50);
});

test('300 BTC of coin-margined contracts are in the 12.5 % band with amount 11.605 BTC', () => {
  const { maintenance } = terms({ contract: 'inverse', quote: 'USD' });
  expect(maintenanceMargin(maintenance, 300)).toBeCloseTo(300 * 0.125 - 11.605, 9);
});

test('the liquidation fee is that of the contract', () => {
  expect(terms({}).liquidationFee).toBe(0.0125);
  expect(terms({ base: 'ETH' }).liquidationFee).toBe(0.015);
  expect(terms({ contract: 'inverse', quote: 'USD' }).liquidationFee).toBe(0.015);
  expect(terms({ contract: 'inverse', quote: 'USD', kind: 'future' }).liquidationFee).toBe(0.01);
});

test('quarterly contracts ask for more than perpetuals', () => {
  const perpetual = maintenanceMargin(terms({}).maintenance, 100_000);
  expect(maintenanceMargin(terms({ kind: 'future' }).maintenance, 100_000)).toBeGreaterThan(perpetual);
});

test('steps are those of the contract, and none where they are not known', () => {
  expect(terms({})).toMatchObject({ step: 0.001, minNotional: 100, tick: 0.1 });
  expect(terms({ base: 'LINK' })).toMatchObject({ step: 0, minNotional: 5, tick: 0 });
  expect(terms({ contract: 'inverse', quote: 'USD' })).toMatchObject({ step: 100, minQuantity: 100 });
  expect(terms({ kind: 'spot', contract: null })).toMatchObject({ step: 0.00001, minNotional: 5 });
});

test('the half-spread widens with falling size', () => {
  const spreads = ['BTC', 'SOL', 'LINK', 'FTM'].map((base) => terms({ kind: 'spot', contract: null, base }).halfSpread);
  expect(spreads).toEqual([0.000025, 0.0001, 0.00025, 0.00075]);
});

describe.skipIf(!existsSync(FACTS))('the tables against the collected facts (skipped without ../shared)', () => {
  interface PublishedRow {
    readonly floor: number;
    readonly cap: number | null;
    readonly mmr: number;
    readonly maxLeverage: number;
    readonly cum: number;
  }
  type Tables = Readonly<Record<string, readonly PublishedRow[]>>;
  interface Section {
    readonly tiers: { readonly bySymbol: Tables };
    readonly tiersHistorical: readonly { readonly asOf: string; readonly bySymbol: Tables }[];
  }
  type Facts = Readonly<Record<'usdtPerp' | 'deliveryUsdt' | 'coinPerp', Section>>;
  const read = () => (JSON.parse(readFileSync(FACTS, 'utf8')) as { venues: { binance: Facts } }).venues.binance;
  const agree = (product: Product, symbol: string, date: string | null, published: readonly PublishedRow[]) => {
    const coin = symbol.replace(/USDT?(_\d+)?$/, '');
    const { brackets, upTo } = findFact(binance.facts, 'maintenance', product, coin, date)!.value;
    expect(brackets.map(({ floor, rate, maxLeverage: leverage }) => [floor, rate, leverage])).toEqual(
      published.map(({ floor, mmr, maxLeverage: leverage }) => [floor, mmr, leverage]),
    );
    published.forEach(({ cum }, k) => expect(brackets[k]!.amount).toBeCloseTo(cum, 6));
    expect(upTo).toBe(published.at(-1)!.cap);
  };

  test.each([
    ['linear perpetual', 'usdtPerp'],
    ['linear future', 'deliveryUsdt'],
    ['inverse perpetual', 'coinPerp'],
    ['inverse future', 'coinPerp'],
  ] as const)('%s, of every date', (product, key) => {
    const { tiers, tiersHistorical = [] } = read()[key];
    for (const [symbol, rows] of Object.entries(tiers.bySymbol)) agree(product, symbol, null, rows);
    for (const { asOf, bySymbol } of tiersHistorical) {
      for (const [symbol, rows] of Object.entries(bySymbol)) agree(product, symbol, `${asOf}-01`.slice(0, 10), rows);
    }
  });
});
