import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../../src/market/load/catalog.ts';
import { catalogOf, perpetualSeries, spotSeries } from '../../support/catalog.ts';

function written(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'kedge-catalog-'));
  writeFileSync(join(directory, 'catalog.json'), text);
  return directory;
}

describe('readCatalog', () => {
  test('reads every kind of series, dates as moments, what is absent as null', async () => {
    const future = perpetualSeries('BTC', {
      symbol: 'BTC-240628',
      kind: 'future',
      expiry: '2024-06-28T08:00:00.000Z',
      settlement: 61000,
    });
    const { series, synthetic, name } = await readCatalog(
      catalogOf([
        spotSeries('BTC', { delisted: '2024-03-01', sha256: 'A'.repeat(64) }),
        perpetualSeries('BTC', { funding: 'f.csv', mark: 'm.csv', multiplier: 1 }),
        future,
        { symbol: 'BTC-OI', kind: 'open-interest', base: 'BTC', interval: '1d', file: 'oi.csv', stamp: 'open' },
        { symbol: 'BTC-FUNDING', kind: 'funding', base: 'BTC', venue: 'other', file: 'g.csv' },
        { symbol: 'EURUSD', kind: 'fx', base: 'EUR', quote: 'USD', interval: '1d', file: 'fx.csv', stamp: 'close' },
        {
          symbol: 'BTC-USD-PERP',
          kind: 'perpetual',
          contract: 'inverse',
          base: 'BTC',
          quote: 'USD',
          venue: 'test',
          priceFrom: 'BTC-PERP',
          fundingFrom: 'BTC-PERP',
        },
      ]),
    );
    expect({ name, synthetic }).toEqual({ name: 'test', synthetic: false });
    expect(series[0]).toMatchObject({
      symbol: 'BTC',
      contract: null,
      step: 86_400_000,
      delisted: Date.UTC(2024, 2, 2),
      funding: null,
    });
    expect(series[0]!.place).toMatchObject({ line: 5 });
    expect(series[1]).toMatchObject({ contract: 'linear', mark: 'm.csv', funding: 'f.csv', expiry: null });
    expect(series[2]).toMatchObject({ expiry: Date.UTC(2024, 5, 28, 8), settlement: 61000 });
    expect(series[3]).toMatchObject({ venue: 'all', quote: '' });
    expect(series[4]).toMatchObject({ funding: 'g.csv', step: null });
    expect(series[6]).toMatchObject({ file: null, step: null, contract: 'inverse', priceFrom: 'BTC-PERP' });
  });

  test('says whether it is synthetic', async () => {
    expect((await readCatalog(catalogOf([], {}, 'synthetic'))).synthetic).toBe(true);
  });

  test('tells all faults at once, each with line and column', async () => {
    const directory = written(
      [
        '{ "name": "x", "kind": "reel",',
        '  "series": [',
        '    { "symbol": "BTC", "kind": "spot", "base": "BTC", "intervall": "1d" },',
        '    { "symbol": "ETH", "kind": "spot", "base": "ETH", "interval": "7h", "delisted": "soon" } ] }',
      ].join('\n'),
    );
    await expect(readCatalog(directory)).rejects.toMatchObject({
      code: 'catalog-invalid',
      faults: [
        { at: { line: 1, column: 24 }, message: expect.stringMatching(/^kind: "reel" .*"real"/) },
        { at: { line: 3, column: 55 }, message: expect.stringMatching(/intervall.*Did you mean "interval"\?/) },
        { at: { line: 4 }, message: expect.stringMatching(/^series\[1\]\.interval: "7h" is not a bar interval/) },
        { at: { line: 4 }, message: expect.stringMatching(/^series\[1\]\.delisted: "soon" is no date/) },
      ],
    });
  });

  test.each([
    ['a spot series without a venue', spotSeries('BTC', { venue: undefined }), '"venue" is missing'],
    ['a spot series without a file', spotSeries('BTC', { file: undefined }), '"file" is missing'],
    ['a file without a stamp', spotSeries('BTC', { stamp: undefined }), '"stamp" is missing'],
    ['a file without an interval', spotSeries('BTC', { interval: undefined }), '"interval" is missing'],
    ['a series without a quote', perpetualSeries('BTC', { quote: undefined }), '"quote" is missing'],
    ['a future without expiry', perpetualSeries('BTC', { kind: 'future' }), '"expiry" is missing'],
    [
      'prices from nowhere',
      perpetualSeries('BTC', { priceFrom: 'ETH-PERP' }),
      'priceFrom names "ETH-PERP", which is no other series',
    ],
    [
      'funding from itself',
      perpetualSeries('BTC', { fundingFrom: 'BTC-PERP' }),
      'fundingFrom names "BTC-PERP", which is no other series',
    ],
  ])('%s is a fault of its entry', async (_, entry, message) => {
    await expect(readCatalog(catalogOf([entry]))).rejects.toMatchObject({
      code: 'catalog-invalid',
      message: expect.stringContaining(message),
      at: { line: 5 },
    });
  });

  test('two series that nothing tells apart are a fault', async () => {
    const twice = catalogOf([spotSeries('BTC'), spotSeries('BTC', { interval: '1h' }), spotSeries('BTC', { file: 'other.csv' })]);
    await expect(readCatalog(twice)).rejects.toMatchObject({
      message: expect.stringMatching(/series\[2\] \(BTC\): a series of the same symbol/),
    });
  });

  test('broken JSON and a missing catalog say where', async () => {
    await expect(readCatalog(written('{ "name": '))).rejects.toMatchObject({ code: 'catalog-invalid', at: { line: 1 } });
    await expect(readCatalog(written(''))).rejects.toMatchObject({ code: 'catalog-invalid' });
    const nowhere = mkdtempSync(join(tmpdir(), 'kedge-catalog-'));
    await expect(readCatalog(nowhere)).rejects.toMatchObject({
      code: 'catalog-not-found',
      at: { file: join(nowhere, 'catalog.json') },
    });
  });
});
