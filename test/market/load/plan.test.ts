import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { readCatalog } from '../../../src/market/load/catalog.ts';
import { planInstruments } from '../../../src/market/load/plan.ts';
import type { MarketRequest } from '../../../src/market/request.ts';
import { catalogOf, perpetualSeries, requestOf, spotSeries } from '../../support/catalog.ts';

const directory = catalogOf([
  spotSeries('BTC', { venue: 'binance', file: 'btc-1d.csv' }),
  spotSeries('BTC', { venue: 'binance', file: 'btc-1h.csv', interval: '1h' }),
  spotSeries('BTC', { venue: 'binance', file: 'btc-15m.csv', interval: '15m' }),
  spotSeries('BTC', { venue: 'kraken', file: 'btc-kraken.csv', interval: '1h' }),
  spotSeries('ETH', { venue: 'kraken', file: 'eth.csv' }),
  spotSeries('XETH', { base: 'ETH', venue: 'kraken', file: 'xeth.csv' }),
  spotSeries('SOL', { venue: 'binance', quote: 'USDT', file: 'sol-usdt.csv' }),
  spotSeries('SOL', { venue: 'binance', quote: 'USDC', file: 'sol-usdc.csv' }),
  spotSeries('SOL-EUR', { base: 'SOL', venue: 'binance', quote: 'EUR' }),
  perpetualSeries('BTC', { venue: 'binance', funding: 'f.csv', mark: 'm.csv' }),
  perpetualSeries('BTC', { venue: 'bitmex', contract: 'inverse', interval: '1h' }),
  perpetualSeries('ETH', {
    venue: 'at-spot',
    file: undefined,
    interval: undefined,
    stamp: undefined,
    priceFrom: 'spot',
    funding: 'g.csv',
  }),
  {
    ...{ symbol: 'BTC-USD-PERP', kind: 'perpetual', contract: 'inverse', base: 'BTC', quote: 'USD', venue: 'binance' },
    ...{ priceFrom: 'BTC-PERP', fundingFrom: 'BTC-PERP' },
  },
  { symbol: 'XRP-PERP', kind: 'perpetual', base: 'XRP', quote: 'USD', venue: 'binance', priceFrom: 'spot' },
  { symbol: 'A', kind: 'perpetual', base: 'A', quote: 'USD', venue: 'binance', priceFrom: 'B' },
  { symbol: 'B', kind: 'perpetual', base: 'A', quote: 'USD', venue: 'binance', priceFrom: 'A' },
]);
const catalog = await readCatalog(directory);
const NOTHING = { spot: [], derivatives: [], perpetuals: [] };

function plan(request: Partial<Omit<MarketRequest, 'from' | 'to'>>, step = DAY) {
  return planInstruments(catalog, requestOf(directory, { venue: 'binance', ...NOTHING, ...request }), step);
}
const files = (...args: Parameters<typeof plan>) => plan(...args).map(({ prices }) => prices.file);

describe('the series of a symbol', () => {
  test('is the one of the interval, else the finest that divides it', () => {
    expect(files({ spot: ['BTC'] })).toEqual(['btc-1d.csv']);
    expect(files({ spot: ['BTC'] }, HOUR)).toEqual(['btc-1h.csv']);
    expect(files({ spot: ['BTC'] }, 4 * HOUR)).toEqual(['btc-15m.csv']);
  });

  test('comes from the venue named, the first of a list that can serve, or the one a map gives it', () => {
    expect(files({ spot: ['BTC'], venue: 'kraken' })).toEqual(['btc-kraken.csv']);
    expect(files({ spot: ['BTC', 'ETH'], venue: ['binance', 'kraken'] })).toEqual(['btc-1d.csv', 'eth.csv']);
    expect(files({ spot: ['BTC', 'ETH'], venue: { BTC: 'kraken', default: ['binance', 'kraken'] } })).toEqual([
      'btc-kraken.csv',
      'eth.csv',
    ]);
    expect(files({ spot: ['BTC'], venue: ['kraken', 'binance'] }, HOUR / 4)).toEqual(['btc-15m.csv']);
  });

  test('is not guessed: a choice between venues or quotes is an error that lists it', () => {
    expect(() => plan({ spot: ['BTC'], venue: { ETH: 'kraken' } })).toThrow(
      expect.objectContaining({
        code: 'series-ambiguous',
        message: 'BTC may be any of BTC (spot in USD on binance), BTC (spot in USD on kraken)',
      }),
    );
    expect(() => plan({ spot: ['SOL'] })).toThrow(
      /SOL may be any of SOL \(spot in USDT on binance\), SOL \(spot in USDC on binance\)/,
    );
    expect(files({ spot: ['ETH'], venue: {} })).toEqual(['eth.csv']);
  });

  test.each([
    [{ spot: ['BTCC'] }, 'symbol-unknown', 'Did you mean "BTC"?'],
    [{ spot: ['BTC-PERP'] }, 'symbol-unknown', 'Did you mean "BTC"?'],
    [{ derivatives: ['BTC-PRP'] }, 'symbol-unknown', 'Did you mean "BTC-PERP"?'],
    [{ spot: ['BTC'], venue: 'binanse' }, 'series-venue-unknown', 'Did you mean "binance"?'],
    [{ spot: ['BTC'], venue: { BTTC: 'kraken' } }, 'symbol-unknown', 'Did you mean "BTC"?'],
    [{ spot: ['ETH'] }, 'series-not-on-venue', 'add "kraken" to market.venue'],
  ])('%j is refused with the nearest', (request, code, hint) => {
    expect(() => plan(request)).toThrow(expect.objectContaining({ code, hint }));
  });

  test('is never made finer than its file', () => {
    expect(() => plan({ spot: ['SOL'], venue: 'kraken' })).toThrow(expect.objectContaining({ code: 'series-not-on-venue' }));
    expect(() => plan({ spot: ['ETH'], venue: 'kraken' }, HOUR)).toThrow(
      expect.objectContaining({ code: 'interval-too-fine', message: 'ETH is there at 1d; 1h bars cannot be made of them' }),
    );
  });
});

describe('the instruments of a market', () => {
  test('are spot first, then named derivatives, then perpetuals by coin, doubles folded', () => {
    const instruments = plan({
      spot: ['BTC', 'BTC'],
      derivatives: ['BTC-PERP'],
      perpetuals: [
        { base: 'BTC', contract: 'linear' },
        { base: 'BTC', contract: 'inverse' },
      ],
    });
    expect(instruments.map(({ instrument }) => instrument.symbol)).toEqual(['BTC', 'BTC-PERP', 'BTC-USD-PERP']);
  });

  test('a derived contract takes prices, marks and funding of its source, and says so', () => {
    const [derived] = plan({ perpetuals: [{ base: 'BTC', contract: 'inverse' }] });
    expect(derived).toMatchObject({
      instrument: { symbol: 'BTC-USD-PERP', contract: 'inverse', priceFrom: 'BTC-PERP', fundingFrom: 'BTC-PERP' },
      prices: { symbol: 'BTC-PERP', venue: 'binance' },
      mark: { mark: 'm.csv' },
      funding: { funding: 'f.csv' },
    });
  });

  test('a perpetual at spot takes the coin’s spot prices, of another venue if its own has none', () => {
    const [perpetual] = plan({ derivatives: ['ETH-PERP'], venue: ['at-spot', 'kraken'] });
    expect(perpetual).toMatchObject({ prices: { symbol: 'ETH', file: 'eth.csv' }, mark: null, funding: { funding: 'g.csv' } });
  });

  test('a perpetual at spot takes the series of its coin that the market has, whatever that is called', () => {
    const planned = plan({ spot: ['XETH'], derivatives: ['ETH-PERP'], venue: ['at-spot', 'kraken'] });
    expect(planned.map(({ prices }) => prices.symbol)).toEqual(['XETH', 'XETH']);
  });

  test('a coin without the perpetual wanted is an error that says which it has', () => {
    expect(() => plan({ perpetuals: [{ base: 'ETH', contract: 'inverse' }] })).toThrow(
      expect.objectContaining({
        code: 'perpetual-missing',
        message: 'the catalog has no inverse perpetual of ETH, and collateral in coin needs one',
        hint: expect.stringContaining('it has ETH-PERP (linear perpetual in USD on at-spot)'),
      }),
    );
    expect(() => plan({ perpetuals: [{ base: 'SOL', contract: 'linear' }] })).toThrow(
      expect.objectContaining({ code: 'perpetual-missing', hint: expect.stringContaining('it has no perpetual of SOL at all') }),
    );
  });

  test('a series named in place of its coin is told so', () => {
    const named = [{ base: 'SOL-EUR', contract: 'linear' as const }];
    const told = expect.objectContaining({ hint: 'SOL-EUR is a series of SOL: contracts go by the coin' }) as Error;
    expect(() => plan({ perpetuals: named })).toThrow(told);
    expect(() => plan({ futures: named })).toThrow(told);
  });

  test('two contracts of one symbol are refused, with the file of each and what to do', () => {
    const inverse = { base: 'BTC', contract: 'inverse' as const };
    expect(plan({ derivatives: ['BTC-PERP'], perpetuals: [inverse], venue: ['bitmex'] })).toHaveLength(1);
    const linear = { base: 'BTC', contract: 'linear' as const };
    expect(() => plan({ perpetuals: [linear, inverse], venue: { BTC: ['binance'], 'BTC-PERP': ['bitmex', 'binance'] } })).toThrow(
      expect.objectContaining({
        code: 'series-ambiguous',
        message:
          'BTC-PERP is wanted twice: as linear perpetual on binance (BTC-PERP.csv) and as inverse perpetual on bitmex (BTC-PERP.csv)',
        hint: expect.stringContaining('an experiment of their own'),
      }),
    );
  });

  test('nothing at all and contracts without an origin are refused', () => {
    expect(() => plan({})).toThrow(expect.objectContaining({ code: 'market-empty' }));
    expect(() => plan({ derivatives: ['XRP-PERP'] })).toThrow(
      /XRP-PERP trades at the spot price of XRP, which the catalog does not have/,
    );
    expect(() => plan({ derivatives: ['A'] })).toThrow(expect.objectContaining({ code: 'contract-derived-in-circle' }));
  });
});
