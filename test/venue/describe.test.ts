import { expect, test } from 'vitest';
import { describeVenue, describeVenues } from '../../src/venue/describe.ts';
import { FIGURE_WORDS } from '../../src/venue/facts.ts';
import { presetNamed, resolveVenue, venuePresets } from '../../src/venue/resolve.ts';

test('every preset is described, with a source and a date for every figure', () => {
  const described = describeVenues();
  expect(described.map(({ name }) => name)).toEqual(Object.keys(venuePresets));
  for (const { facts } of described) {
    for (const { figure, source, asOf, products } of facts) {
      expect(Object.keys(FIGURE_WORDS)).toContain(figure);
      expect([source.length > 0, asOf.length > 0, products.length > 0]).toEqual([true, true, true]);
    }
  }
});

test('what is not known is listed, with what is known in part', () => {
  const unknown = (name: string, figure: string) =>
    describeVenue(presetNamed(name)).unknown.filter((fact) => fact.figure === figure);
  expect(unknown('bybit', 'maintenance')[0]).toEqual({
    figure: 'maintenance',
    product: 'linear perpetual',
    knownFor: [],
    knownUpTo: { BTC: 2_000_000 },
    needed: true,
  });
  expect(unknown('binance', 'maintenance').find(({ product }) => product === 'linear future')).toMatchObject({
    knownFor: ['BTC', 'ETH'],
    knownUpTo: null,
  });
  expect(unknown('binance', 'settlementFee').map(({ needed }) => needed)).toEqual([false, false]);
  expect(unknown('binance', 'fees')).toEqual([]);
  expect(describeVenue(presetNamed('none')).unknown).toEqual([]);
});

test('a figure is listed as needed and unknown just when a run is refused for it', () => {
  for (const { name, products, unknown } of describeVenues()) {
    for (const product of products.filter((each) => each !== 'spot')) {
      const [contract, kind] = product.split(' ') as ['linear' | 'inverse', 'perpetual' | 'future'];
      const instrument = { symbol: 'X', kind, contract, base: 'NOBODYKNOWS', quote: 'USD' };
      const lacking = unknown.filter((fact) => fact.product === product && fact.needed).map(({ figure }) => figure);
      const ask = () => resolveVenue(name).terms(instrument);
      if (lacking.length === 0) expect(ask).not.toThrow();
      else expect(ask).toThrow(new RegExp(lacking.join('.*')));
    }
  }
});
