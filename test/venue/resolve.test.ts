import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/core/time.ts';
import { resolveVenue, venuePresets } from '../../src/venue/resolve.ts';
import { venueSetting, type VenueSetting } from '../../src/venue/setting.ts';
import type { TradedInstrument } from '../../src/venue/venue.ts';

const BTC: TradedInstrument = { symbol: 'BTC', kind: 'spot', contract: null, base: 'BTC', quote: 'USDT' };
const BTC_PERP: TradedInstrument = { symbol: 'BTC-PERP', kind: 'perpetual', contract: 'linear', base: 'BTC', quote: 'USDT' };
const DOT_PERP: TradedInstrument = { ...BTC_PERP, symbol: 'DOT-PERP', base: 'DOT' };

const resolve = (setting: unknown) => resolveVenue(venueSetting.parse(setting));

describe('a venue by name', () => {
  test('binance charges 0.1 % on spot and 0.02 / 0.05 % on perpetuals', () => {
    const venue = resolve('binance');
    expect(venue.terms(BTC).fees).toEqual({ maker: 0.001, taker: 0.001 });
    expect(venue.terms(BTC_PERP).fees).toEqual({ maker: 0.0002, taker: 0.0005 });
  });

  test('none is free and frictionless, with contracts that need no maintenance', () => {
    const terms = resolve('none').terms(DOT_PERP);
    expect(terms).toMatchObject({ fees: { maker: 0, taker: 0 }, halfSpread: 0, impact: 0, step: 0, liquidationFee: 0 });
    expect(terms.maintenance).toEqual([{ floor: 0, rate: 0, amount: 0, maxLeverage: null }]);
    expect(terms.participation).toBe(Infinity);
  });

  test('an unknown name offers the nearest', () => {
    expect(() => resolve('binanse')).toThrow(expect.objectContaining({ code: 'venue-unknown', hint: 'Did you mean "binance"?' }));
    expect(() => resolve('toString')).toThrow(expect.objectContaining({ code: 'venue-unknown' }));
  });
});

describe('what a preset does not know', () => {
  test('is an error that names the fact, the contract and the key that gives it', () => {
    expect(() => resolve('binance').terms(DOT_PERP)).toThrow(
      expect.objectContaining({
        code: 'venue-fact-unknown',
        message: 'the binance preset does not know maintenance of DOT-PERP (linear perpetual, DOT in USDT)',
        hint: 'give it in the experiment: venue: { preset: binance, maintenance: { DOT: 0.01 } }',
      }),
    );
  });

  test('is unknown for a quote currency that the preset does not speak of', () => {
    expect(() => resolve('binance').terms({ ...BTC, quote: 'EUR' })).toThrow(
      expect.objectContaining({ code: 'venue-fact-unknown' }),
    );
  });

  test('is named in full, with all the keys that give it', () => {
    const fees = { perpetual: { maker: 0, taker: 0 } };
    expect(() => resolve({ preset: 'binance', fees }).terms({ ...BTC_PERP, quote: 'EUR' })).toThrow(
      expect.objectContaining({
        message:
          'the binance preset does not know halfSpread, impact and maintenance of BTC-PERP (linear perpetual, BTC in EUR); it knows figures in USD, USDT, USDC only',
        hint: 'give them in the experiment: venue: { preset: binance, slippage: { halfSpread: 0.0001, impact: 0 }, maintenance: { BTC: 0.01 } }',
      }),
    );
  });

  test('a table that is known in part is not used, and the message says how far it is known', () => {
    expect(() => resolve('bybit').terms(BTC_PERP)).toThrow(
      expect.objectContaining({
        message:
          'the bybit preset does not know maintenance of BTC-PERP (linear perpetual, BTC in USDT); of maintenance it knows only positions up to 2,000,000 USDT (0.005 in the last band)',
      }),
    );
    expect(() => resolve('okx').terms(BTC_PERP)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('up to 10 BTC') as string }),
    );
  });

  test('a liquidation fee that nobody knows takes what is left: the maintenance rate', () => {
    const fee = (maintenance: number) => resolve({ preset: 'bybit', maintenance }).terms(BTC_PERP).liquidationFee;
    // But no more than is typical: a margin of 30 % is not a fee of 30 %.
    expect([fee(0.005), fee(0.3)]).toEqual([0.005, 0.015]);
    const venue = resolve({ preset: 'bybit', maintenance: 0.005 });
    expect(venue.sources([BTC_PERP])).toContainEqual({
      figure: 'liquidation fee: linear perpetual (BTC)',
      source: 'judgement: the maintenance rate, which takes what is left, but at most 1.5%',
      asOf: 'not known',
    });
  });

  test('a product that the venue does not list is another error than an unknown figure', () => {
    expect(() => resolve('cme').terms(BTC_PERP)).toThrow(
      expect.objectContaining({
        code: 'venue-without-product',
        message: 'the cme preset lists no linear perpetual, which BTC-PERP is; it lists linear future',
      }),
    );
    const everything = {
      preset: 'cme',
      fees: { perpetual: { maker: 0, taker: 0.001 } },
      slippage: { halfSpread: 0, impact: 0 },
      maintenance: 0.3,
    };
    expect(resolve(everything).terms(BTC_PERP).fees.taker).toBe(0.001);
  });

  test('can be given for one coin, and leaves the tables of the others', () => {
    const venue = resolve({ preset: 'binance', maintenance: { DOT: 0.01 } });
    expect(venue.terms(DOT_PERP).maintenance).toEqual([{ floor: 0, rate: 0.01, amount: 0, maxLeverage: null }]);
    expect(venue.terms(BTC_PERP).maintenance).toHaveLength(12);
  });
});

describe("an experiment's own figures", () => {
  test('replace those of the preset and nothing else', () => {
    const venue = resolve({
      preset: 'binance',
      fees: { spot: { maker: 0, taker: 0.0005 } },
      slippage: { halfSpread: 0.001, impact: 1 },
      maintenance: 0.02,
      liquidationFee: 0.03,
      participation: 0.1,
      feeIn: 'received',
    });
    expect(venue.feeIn).toBe('received');
    expect(venue.terms(BTC)).toMatchObject({
      fees: { maker: 0, taker: 0.0005 },
      step: 0.00001,
      maintenance: [],
      liquidationFee: 0,
    });
    expect(venue.terms(BTC_PERP)).toMatchObject({
      fees: { maker: 0.0002, taker: 0.0005 },
      halfSpread: 0.001,
      impact: 1,
      participation: 0.1,
      maintenance: [{ floor: 0, rate: 0.02, amount: 0, maxLeverage: null }],
      liquidationFee: 0.03,
    });
  });

  test('are named as such among the sources', () => {
    const sources = resolve({ preset: 'binance', fees: { spot: { maker: 0, taker: 0 } } }).sources([BTC, BTC_PERP]);
    expect(sources).toContainEqual({ figure: 'fees: spot (BTC)', source: 'the experiment', asOf: 'this run' });
    expect(sources.find(({ figure }) => figure === 'fees: linear perpetual (BTC)')?.source).toContain('third party: ccxt');
  });

  test('what of a coin counts as margin has a source only where coins are margin', () => {
    const figures = (pooled: boolean) => resolve('binance').sources([BTC, BTC_PERP], pooled);
    expect(figures(false).some(({ figure }) => figure.startsWith('collateral value'))).toBe(false);
    expect(figures(true)).toContainEqual({
      figure: 'collateral value: spot (BTC)',
      source:
        'official page: FAQ 29b45c48... on multi-assets mode (a reply of the portfolio-margin API from 2023 or later agrees on BTC, ETH and BNB)',
      asOf: '2021 to 2022',
    });
  });

  test('only figures that were used have sources', () => {
    const figures = resolve('binance')
      .sources([BTC])
      .map(({ figure }) => figure);
    expect(figures).toEqual([
      'fees: spot (BTC)',
      'half-spread: spot (BTC)',
      'impact: spot (BTC)',
      'steps and minimums: spot (BTC)',
    ]);
  });

  test('without a preset stand on a free venue', () => {
    const setting: VenueSetting = venueSetting.parse({ fees: { perpetual: { maker: 0, taker: 0.001 } } });
    const venue = resolveVenue(setting);
    expect(venue.terms(BTC).fees.taker).toBe(0);
    expect(venue.terms(BTC_PERP).fees.taker).toBe(0.001);
  });

  test('may take the spot leg from another preset', () => {
    const venue = resolve({ preset: 'none', spotVenue: 'binance' });
    expect(venue.name).toBe('none, spot binance');
    expect(venue.terms(BTC).fees.taker).toBe(0.001);
    expect(venue.terms(BTC_PERP).fees.taker).toBe(0);
  });

  test('the spot leg of a venue without spot is that of binance', () => {
    const venue = resolve('cme');
    expect(venue.name).toBe('cme, spot binance');
    expect(venue.terms(BTC).fees.taker).toBe(0.001);
    expect(venue.sources([BTC])[0]!.source).toContain('binance.js');
  });

  test('may be bands, steps, haircuts and a settlement fee', () => {
    const venue = resolve({
      preset: 'cme',
      fees: { future: { maker: 0.0001, taker: 0.0002 } },
      maintenance: {
        BTC: [
          { from: 0, rate: 0.3 },
          { from: 1_000_000, rate: 0.4, maxLeverage: 2 },
        ],
      },
      liquidationFee: 0,
      lots: { 'BTC-FUT': { step: 5 } },
      collateral: { BTC: 0.9, ETH: [{ upTo: 10, rate: 0.8 }, { rate: 0.5 }] },
    });
    const terms = venue.terms({ symbol: 'BTC-FUT', kind: 'future', contract: 'linear', base: 'BTC', quote: 'USD' });
    expect(terms).toMatchObject({ step: 5, minQuantity: 0.1, tick: 5 });
    // Nobody knows what CME charges at settlement: the taker rate.
    expect(terms.settlementFee).toBe(0.0002);
    expect(terms.maintenance[1]).toMatchObject({ floor: 1_000_000, rate: 0.4, maxLeverage: 2 });
    expect(terms.maintenance[1]!.amount).toBeCloseTo(100_000, 6);
    expect(venue.collateral('BTC')).toEqual([{ upTo: null, rate: 0.9 }]);
    expect(venue.collateral('ETH')).toEqual([
      { upTo: 10, rate: 0.8 },
      { upTo: null, rate: 0.5 },
    ]);
    expect(() => venue.collateral('SOL')).toThrow(expect.objectContaining({ code: 'venue-fact-unknown' }));
  });

  test('one step that is given leaves the minimums and the tick of the preset', () => {
    const terms = resolve({ preset: 'binance', lots: { 'BTC-PERP': { step: 0.01 } } }).terms(BTC_PERP);
    expect(terms).toMatchObject({ step: 0.01, minQuantity: 0.001, minNotional: 100, tick: 0.1 });
  });

  test('with bands that make no table are refused before any instrument asks', () => {
    expect(() => resolve({ maintenance: { BTC: [{ from: 10, rate: 0.01 }] } })).toThrow(
      expect.objectContaining({ code: 'maintenance-table-invalid' }),
    );
  });

  test('may take the figures of another day', () => {
    const fee = (asOf?: string) => resolve({ preset: 'binance', ...(asOf && { asOf }) }).terms(BTC_PERP).liquidationFee;
    expect([fee('2020-12-31'), fee('2021-01-01'), fee('2024-12-31'), fee('2025-01-01'), fee()]).toEqual([
      0.0175, 0.015, 0.015, 0.0125, 0.0125,
    ]);
    const bands = (asOf: string) => resolve({ preset: 'binance', asOf }).terms(BTC_PERP).maintenance.length;
    // The earliest table that is known stands in for the years before it.
    expect([bands('2019-06-01'), bands('2021-06-01'), bands('2026-07-01'), bands('2026-07-02')]).toEqual([10, 10, 12, 12]);
  });

  test.each([
    [{ preset: 'binance', fee: 0.1 }],
    [{ fees: { spot: { maker: 0.5, taker: 0.001 } } }],
    [{ fees: { margin: { maker: 0, taker: 0 } } }],
    [{ slippage: { halfSpread: -0.1 } }],
    [{ maintenance: 5 }],
    [{ participation: 0 }],
    [{ asOf: '2021-02-30' }],
    [{ lots: { BTC: { step: -1 } } }],
    [{ maintenance: { BTC: [] } }],
    [{ collateral: { BTC: 1.5 } }],
    [7],
  ])('that make no sense are refused: %j', (setting) => {
    expect(venueSetting.safeParse(setting).success).toBe(false);
  });
});

test('every preset is listed under its own name and dates its figures', () => {
  for (const [name, preset] of Object.entries(venuePresets)) {
    expect(preset.name).toBe(name);
    for (const { source, asOf, from, products } of preset.facts) {
      expect([source, asOf].every((text) => text.length > 0)).toBe(true);
      expect(from === undefined || !Number.isNaN(parseDate(from))).toBe(true);
      expect(products.filter((product) => !preset.products.includes(product) && product !== 'linear future')).toEqual([]);
    }
  }
});
