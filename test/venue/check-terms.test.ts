import { expect, test } from 'vitest';
import { checkTerms } from '../../src/venue/check-terms.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import type { TradedInstrument } from '../../src/venue/venue.ts';

const future = (symbol: string, base: string): TradedInstrument => ({
  ...{ symbol, base },
  kind: 'future',
  contract: 'linear',
  quote: 'USDT',
});

test('everything that a venue lacks is told at once, contracts of one coin by one of them', () => {
  const instruments = [future('BTC-240628', 'BTC'), future('BTC-240927', 'BTC'), future('ETH-240628', 'ETH')];
  expect(() => checkTerms(resolveVenue('kraken'), instruments)).toThrow(
    expect.objectContaining({
      code: 'venue-fact-unknown',
      message: 'the kraken preset does not know maintenance of BTC-240628 (linear future, BTC in USDT); and 1 more',
      faults: [
        expect.objectContaining({ message: expect.stringContaining('BTC-240628') as string }),
        expect.objectContaining({ message: expect.stringContaining('ETH-240628') as string }),
      ],
    }),
  );
});

test('the only thing that is lacking is told as it is', () => {
  expect(() => checkTerms(resolveVenue('kraken'), [future('BTC-240628', 'BTC')])).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('more') as string, faults: [] }),
  );
});

test('a venue that knows everything is silent', () => {
  expect(() => checkTerms(resolveVenue('binance'), [future('BTC-240628', 'BTC')])).not.toThrow();
});
