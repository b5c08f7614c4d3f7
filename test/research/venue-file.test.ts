import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KedgeError } from '../../src/core/errors.ts';
import { isVenueFile, venueOf } from '../../src/research/venue-file.ts';
import type { TradedInstrument } from '../../src/venue/venue.ts';
import { ROOT } from '../support/modules.ts';

const BTC: TradedInstrument = { symbol: 'BTC', kind: 'spot', contract: null, base: 'BTC', quote: 'USDT' };
const PERP: TradedInstrument = { symbol: 'BTC-PERP', kind: 'perpetual', contract: 'linear', base: 'BTC', quote: 'USDT' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-venue-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(text: string): KedgeError {
  writeFileSync(join(folder, 'wrong.yaml'), text);
  try {
    venueOf('./wrong.yaml', folder);
  } catch (error) {
    return error as KedgeError;
  }
  throw new Error('accepted');
}

test('a path is told from a name', () => {
  expect(['./v', 'v.yaml', 'V.YML', 'a/b', 'v.json'].map((text) => isVenueFile(text))).toEqual([true, true, true, true, true]);
  expect(['binance', 'yaml', ''].map((text) => isVenueFile(text))).toEqual([false, false, false]);
  expect(isVenueFile({ preset: 'a/b' })).toBe(false);
});

describe('a venue file', () => {
  test('gives its own figures, over a preset where it names one', () => {
    writeFileSync(
      join(folder, 'mine.yaml'),
      `name: my desk
source: the desk's fee sheet
seen: 2026-10-01
preset: bybit
fees: { perpetual: { maker: 0.0001, taker: 0.0003 } }
maintenance: { BTC: [{ from: 0, rate: 0.005, maxLeverage: 100 }, { from: 1000000, rate: 0.01 }] }
`,
    );
    const venue = venueOf('mine.yaml', folder);
    expect(venue.name).toBe('my desk');
    expect(venue.terms(PERP)).toMatchObject({ fees: { taker: 0.0003 }, step: 0.001, liquidationFee: 0.005 });
    expect(venue.terms(BTC).fees.taker).toBe(0.001);
    expect(venue.sources([PERP])).toContainEqual({
      figure: 'maintenance: linear perpetual (BTC)',
      source: "the desk's fee sheet",
      asOf: '2026-10-01',
    });
  });

  test('may be JSON, and is named as the source where it states none', () => {
    writeFileSync(
      join(folder, 'plain.json'),
      '{ "name": "plain", "preset": "none", "fees": { "spot": { "maker": 0, "taker": 0.002 } } }',
    );
    const venue = venueOf('plain.json', folder);
    expect(venue.terms(BTC).fees.taker).toBe(0.002);
    expect(venue.sources([BTC])).toContainEqual({ figure: 'fees: spot (BTC)', source: 'plain.json', asOf: 'not stated' });
  });

  test('without a preset knows nothing but what it says: half a file is not a free venue', () => {
    writeFileSync(join(folder, 'half.yaml'), 'name: half\nfees: { spot: { maker: 0.001, taker: 0.001 } }\n');
    const venue = venueOf('half.yaml', folder);
    expect(() => venue.terms(BTC)).toThrow(
      expect.objectContaining({
        code: 'venue-fact-unknown',
        message: 'the venue file of "half" does not know halfSpread and impact of BTC (spot, BTC in USDT)',
        hint: 'give it in that file: slippage: { halfSpread: 0.0001, impact: 0 }; or name a preset there whose figures hold',
      }),
    );
    expect(() => venue.collateral('BTC')).toThrow('the venue file of "half" does not know what of BTC counts as collateral');
  });

  test('in the documentation is one', () => {
    const page = readFileSync(join(ROOT, 'docs/venues.md'), 'utf8');
    const [, text] = /^```yaml my-venue\.yaml\n(.*?)^```$/ms.exec(page)!;
    writeFileSync(join(folder, 'my-venue.yaml'), text!);
    const venue = venueOf('my-venue.yaml', folder);
    expect(venue.name).toBe('my broker');
    expect(venue.terms(PERP).maintenance).toHaveLength(2);
    expect(venue.collateral('BTC')).toHaveLength(2);
  });
});

describe('a faulty venue file', () => {
  test('is told with every fault at its line and column', () => {
    const error = refusal(`name: x
fees:
  spot: { maker: 0.5, taker: 0.001 }
  perp: { maker: 0, taker: 0 }
maintainance: 0.01
`);
    expect(error.code).toBe('venue-file-invalid');
    expect(error.faults.map(({ message, at }) => [message, at?.line, at?.column])).toEqual([
      ['fees.spot.maker: expected at most 0.1, found 0.5', 3, 18],
      ['fees has no key "perp". Known: spot, perpetual, future.', 4, 3],
      ['the venue file has no key "maintainance". Did you mean "maintenance"?', 5, 1],
    ]);
  });

  test.each([
    ['name: x\nfees: {', 'venue-file-invalid', 2],
    ['', 'venue-file-invalid', 1],
    ['[1, 2]', 'venue-file-invalid', 1],
    ['preset: binance', 'venue-file-invalid', 1],
    ['name: x\npreset: binanse', 'venue-unknown', 2],
    ['name: x\nspotVenue: okex', 'venue-unknown', 2],
    ['name: x\nmaintenance: { BTC: [{ from: 5, rate: 0.01 }] }', 'maintenance-table-invalid', 2],
    ['name: x\nasOf: 2021-13-01', 'venue-file-invalid', 2],
  ])('%j is %s at line %i', (text, code, line) => {
    const error = refusal(text);
    expect([error.code, error.at?.file, error.at?.line]).toEqual([code, join(folder, 'wrong.yaml'), line]);
  });

  test('that is not there is said so, and so is a folder', () => {
    expect(() => venueOf('./nowhere.yaml', folder)).toThrow(expect.objectContaining({ code: 'venue-file-missing' }));
    expect(() => venueOf('./', folder)).toThrow(expect.objectContaining({ code: 'venue-file-missing' }));
  });
});
