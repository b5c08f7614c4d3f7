import { describe, expect, test } from 'vitest';
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
        hint: expect.stringContaining('maintenance: { DOT: 0.01 }') as string,
      }),
    );
  });

  test('is unknown for a quote currency that the preset does not speak of', () => {
    expect(() => resolve('binance').terms({ ...BTC, quote: 'EUR' })).toThrow(
      expect.objectContaining({ code: 'venue-fact-unknown' }),
    );
  });

  test.each([
    ['halfSpread', {}, 'slippage: { halfSpread:'],
    ['impact', { slippage: { halfSpread: 0 } }, 'slippage: { impact:'],
    ['maintenance', { slippage: { halfSpread: 0, impact: 0 } }, 'maintenance: 0.01'],
    ['liquidationFee', { slippage: { halfSpread: 0, impact: 0 }, maintenance: 0.01 }, 'liquidationFee: 0.015'],
  ])('says which key gives %s', (fact, figures, key) => {
    const fees = { perpetual: { maker: 0, taker: 0 } };
    expect(() => resolve({ preset: 'binance', fees, ...figures }).terms({ ...BTC_PERP, quote: 'EUR' })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`does not know ${fact} of`) as string,
        hint: expect.stringContaining(key) as string,
      }),
    );
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
    const { sources } = resolve({
      preset: 'binance',
      fees: { spot: { maker: 0, taker: 0 } },
      slippage: { halfSpread: 0, impact: 0 },
    });
    const spot = sources.filter(({ figure }) => figure === 'spot fees');
    expect(spot).toEqual([{ figure: 'spot fees', source: 'the experiment', asOf: 'this run' }]);
    expect(sources.find(({ figure }) => figure === 'perpetual fees')?.source).toContain('ccxt');
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
    expect(venue.sources.map(({ figure }) => figure)).toContain('spot fees');
  });

  test.each([
    [{ preset: 'binance', fee: 0.1 }],
    [{ fees: { spot: { maker: 0.5, taker: 0.001 } } }],
    [{ fees: { margin: { maker: 0, taker: 0 } } }],
    [{ slippage: { halfSpread: -0.1 } }],
    [{ maintenance: 5 }],
    [{ participation: 0 }],
    [7],
  ])('that make no sense are refused: %j', (setting) => {
    expect(venueSetting.safeParse(setting).success).toBe(false);
  });
});

test('every preset is listed under its own name and dates its figures', () => {
  for (const [name, preset] of Object.entries(venuePresets)) {
    expect(preset.name).toBe(name);
    for (const { source, asOf } of preset.sources) expect([source, asOf].every((text) => text.length > 0)).toBe(true);
  }
});
