import { describe, expect, test } from 'vitest';
import { listCatalog } from '../../src/market/list.ts';
import { barsCsv, catalogOf, fundingCsv, spotSeries } from '../support/catalog.ts';
import { SAMPLE } from '../support/sample.ts';

const list = (directory: string) => listCatalog(directory, { cacheDir: null });

describe('listing a catalog', () => {
  test('tells what each series reaches over, from its first bar to its last', async () => {
    const { series } = await list(catalogOf([spotSeries('BTC')], { 'BTC.csv': barsCsv([100, NaN, 101, 102]) }));
    expect(series).toMatchObject([
      {
        symbol: 'BTC',
        kind: 'spot',
        quote: 'USD',
        venue: 'test',
        interval: '1d',
        marked: false,
        coverage: { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 4), rows: 3, missing: 1 },
        problem: null,
      },
    ]);
  });

  test('reads a close-stamped file by the open of its bars', async () => {
    const series = [spotSeries('BTC', { stamp: 'close' })];
    const [btc] = (await list(catalogOf(series, { 'BTC.csv': barsCsv([100, 101], '2024-01-02') }))).series;
    expect(btc!.coverage).toMatchObject({ from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 2) });
  });

  test('lists funding and open interest by their first and last record', async () => {
    const series = [
      { symbol: 'BTC-FUNDING', kind: 'funding', base: 'BTC', venue: 'test', file: 'f.csv' },
      { symbol: 'BTC-OI', kind: 'open-interest', base: 'BTC', interval: '1d', file: 'oi.csv', stamp: 'open' },
    ];
    const files = { 'f.csv': fundingCsv(4), 'oi.csv': 'timestamp,open_interest\n2024-01-01,5\n2024-01-03,6\n' };
    const [funding, interest] = (await list(catalogOf(series, files))).series;
    expect(funding).toMatchObject({ quote: null, interval: null, coverage: { to: Date.UTC(2024, 0, 2), rows: 4 } });
    expect(interest).toMatchObject({ venue: 'all', coverage: { to: Date.UTC(2024, 0, 3), rows: 2, missing: 0 } });
  });

  test('lists a derived contract without coverage of its own', async () => {
    const { series, synthetic, notes } = await list(SAMPLE);
    expect(synthetic).toBe(true);
    expect(notes).toContain('synth');
    expect(series.find(({ symbol }) => symbol === 'BTC-USD-PERP')).toMatchObject({
      contract: 'inverse',
      derivedFrom: 'BTC-PERP',
      file: null,
      coverage: null,
      problem: null,
    });
    expect(series.find(({ symbol }) => symbol === 'DOGE-PERP')).toMatchObject({
      marked: true,
      funded: true,
      coverage: { rows: 1827 },
    });
  });

  test('lists a file that cannot be used with its problem', async () => {
    const series = [spotSeries('BTC'), spotSeries('ETH'), spotSeries('SOL')];
    const files = { 'ETH.csv': 'timestamp,open\n', 'SOL.csv': barsCsv([1, 2]) };
    const listed = (await list(catalogOf(series, files))).series;
    expect(listed.map(({ symbol, coverage }) => `${symbol} ${coverage === null ? 'no' : 'yes'}`)).toEqual([
      'BTC no',
      'ETH no',
      'SOL yes',
    ]);
    expect(listed[0]!.problem).toContain('BTC.csv is not there');
    expect(listed[1]!.problem).toContain('ETH.csv');
  });

  test('asks between series, so that the work can be stopped', async () => {
    const onSeries = () => {
      throw new Error('stop');
    };
    await expect(listCatalog(SAMPLE, { cacheDir: null, onSeries })).rejects.toThrow('stop');
  });
});
