import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/core/time.ts';
import { loadMarket } from '../../../src/market/load/load-market.ts';
import { MARK_SOURCES, type Market } from '../../../src/market/market.ts';
import { barsCsv, catalogOf, fundingCsv, perpetualSeries, requestOf, spotSeries } from '../../support/catalog.ts';

const START = Date.UTC(2024, 0, 1);
const FIVE = barsCsv([100, 101, 102, 103, 104]);
const codes = (market: Market) => market.notices.map(({ code }) => code);
const closes = ({ columns, length }: Market, instrument = 0) => [
  ...columns.close.subarray(instrument * length, (instrument + 1) * length),
];

describe('a market of spot', () => {
  test('holds exactly the bars of the period, both days included', async () => {
    const catalog = catalogOf([spotSeries('BTC')], { 'BTC.csv': barsCsv([98, 99, 100, 101, 102, 103, 104, 105], '2023-12-30') });
    const market = await loadMarket(requestOf(catalog));
    expect(closes(market)).toEqual([100, 101, 102, 103, 104]);
    expect([market.start, market.length, market.first, market.step]).toEqual([START, 5, 0, DAY]);
    expect(market.notices).toEqual([]);
    expect(market.synthetic).toBe(false);
    expect(market.sources).toMatchObject([
      { symbol: 'BTC', venue: 'test', file: 'BTC.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  test('reads closes stamped at the close as the bars they are', async () => {
    const catalog = catalogOf([spotSeries('BTC', { stamp: 'close' })], {
      'BTC.csv': barsCsv([100, 101, 102, 103, 104], '2024-01-02'),
    });
    expect(closes(await loadMarket(requestOf(catalog)))).toEqual([100, 101, 102, 103, 104]);
  });

  test('has look-back before the period as far as the file goes, and says when that is short', async () => {
    const catalog = catalogOf([spotSeries('BTC')], { 'BTC.csv': barsCsv([98, 99, 100, 101, 102, 103, 104], '2023-12-30') });
    const enough = await loadMarket(requestOf(catalog, { lookbackDays: 2 }));
    expect([enough.first, enough.start, closes(enough)[0], codes(enough)]).toEqual([2, START - 2 * DAY, 98, []]);
    const short = await loadMarket(requestOf(catalog, { lookbackDays: 90 }));
    expect([short.first, codes(short)]).toEqual([2, ['lookback-short']]);
    const led = await loadMarket(requestOf(catalog, { lookbackDays: 1, leadDays: 90 }));
    expect([led.first, codes(led)]).toEqual([2, []]);
  });

  test('is aggregated from finer bars, and counts what they lack', async () => {
    const hours = Array.from({ length: 5 * 24 }, (_, hour) =>
      hour === 30 || hour === 31 || (hour >= 48 && hour < 72) ? NaN : 100 + hour,
    );
    const catalog = catalogOf([spotSeries('BTC', { interval: '1h' })], { 'BTC.csv': barsCsv(hours, '2024-01-01', HOUR) });
    const market = await loadMarket(requestOf(catalog));
    expect(closes(market)).toEqual([123, 147, NaN, 195, 219]);
    expect([...market.columns.volume]).toEqual([24, 22, NaN, 24, 24]);
    expect([...market.columns.mark]).toEqual([123, 147, 147, 195, 219]);
    expect(market.notices).toMatchObject([
      { code: 'bars-missing', count: 1, first: START + 2 * DAY },
      { code: 'bars-partial', count: 1, first: START + DAY },
    ]);
  });

  test('notes bars without volume, and leaves them tradable', async () => {
    const catalog = catalogOf([spotSeries('BTC')], { 'BTC.csv': FIVE.replace('101,1\n', '101,0\n') });
    const market = await loadMarket(requestOf(catalog));
    expect(market.notices).toMatchObject([{ code: 'zero-volume', count: 1, first: START + DAY }]);
    expect(closes(market)[1]).toBe(101);
  });

  test('has the same hash from the same files, another from others', async () => {
    const load = async (text: string) => (await loadMarket(requestOf(catalogOf([spotSeries('BTC')], { 'BTC.csv': text })))).hash;
    expect(await load(FIVE)).toBe(await load(FIVE));
    expect(await load(FIVE)).not.toBe(await load(FIVE.replace('104,1\n', '104,2\n')));
  });

  test('of a synthetic catalog is synthetic', async () => {
    expect((await loadMarket(requestOf(catalogOf([spotSeries('BTC')], { 'BTC.csv': FIVE }, 'synthetic')))).synthetic).toBe(true);
  });

  test('says how stamps were read that are not in UTC', async () => {
    const epoch = FIVE.replaceAll(/2024-01-0(\d)T00:00Z/g, (_, day: string) => String(START / 1000 + (Number(day) - 1) * 86_400));
    const files = {
      'BTC.csv': epoch,
      'ETH.csv': FIVE.replaceAll('Z', ''),
      'SOL.csv': FIVE.replaceAll('Z', '+00:30').replaceAll('T00:00', 'T00:30'),
    };
    const market = await loadMarket(
      requestOf(
        catalogOf(
          ['BTC', 'ETH', 'SOL'].map((coin) => spotSeries(coin)),
          files,
        ),
        { spot: ['BTC', 'ETH', 'SOL'] },
      ),
    );
    expect(closes(market, 0)).toEqual(closes(market, 1));
    expect(closes(market, 0)).toEqual(closes(market, 2));
    expect(market.notices.map(({ code, message }) => [code, message.split(': ').slice(1).join(': ')])).toEqual([
      ['epoch-stamps', 'BTC.csv: epoch seconds'],
      ['stamps-without-zone', 'ETH.csv'],
      ['stamps-with-offset', 'SOL.csv: offset +00:30'],
    ]);
  });
});

describe('where a series does not cover the period', () => {
  const load = (files: Record<string, string>, request: Parameters<typeof requestOf>[1] = {}, more: object = {}) =>
    loadMarket(
      requestOf(
        catalogOf(
          Object.keys(files).map((file) => spotSeries(file.slice(0, 3), more)),
          files,
        ),
        { spot: Object.keys(files).map((file) => file.slice(0, 3)), ...request },
      ),
    );

  test('a period that begins before or ends after all of them is an error saying what is there', async () => {
    const error = { code: 'period-not-covered', hint: expect.stringContaining('within 2024-01-01 and 2024-01-05') };
    await expect(load({ 'BTC.csv': FIVE }, { from: '2023-12-31' })).rejects.toMatchObject(error);
    await expect(load({ 'BTC.csv': FIVE }, { to: '2024-01-06' })).rejects.toMatchObject({
      ...error,
      message: 'the period 2024-01-01 to 2024-01-06 is not covered: prices run from 2024-01-01T00:00Z to 2024-01-06T00:00Z',
    });
  });

  test('one that starts late is noted and worth nothing until then', async () => {
    const market = await load({ 'BTC.csv': FIVE, 'ETH.csv': barsCsv([7, 8, 9], '2024-01-03') });
    expect([...market.columns.mark.subarray(5)]).toEqual([0, 0, 7, 8, 9]);
    expect(market.notices).toMatchObject([{ code: 'series-starts-late', count: 1, first: START + 2 * DAY }]);
  });

  test('one that ends early is an error, with the day up to which it goes', async () => {
    await expect(load({ 'BTC.csv': FIVE, 'ETH.csv': barsCsv([7, 8, 9]) })).rejects.toMatchObject({
      code: 'series-ends-early',
      message: "ETH: ETH.csv ends at 2024-01-04T00:00Z, before the period's end 2024-01-06T00:00Z",
      hint: expect.stringContaining('end the period by 2024-01-03, add data, or say "delisted": "2024-01-03"'),
    });
  });

  test('one that never trades in the period is an error', async () => {
    await expect(load({ 'BTC.csv': FIVE, 'ETH.csv': barsCsv([7], '2024-02-03') })).rejects.toMatchObject({
      code: 'series-outside-period',
    });
  });

  test('a delisted one is frozen at its last price, whatever the file goes on to say', async () => {
    const files = { 'BTC.csv': FIVE, 'ETH.csv': barsCsv([7, 8, 9, 10]) };
    const series = [spotSeries('BTC'), spotSeries('ETH', { delisted: '2024-01-02' })];
    const market = await loadMarket(requestOf(catalogOf(series, files), { spot: ['BTC', 'ETH'] }));
    expect(closes(market, 1)).toEqual([7, 8, NaN, NaN, NaN]);
    expect([...market.columns.mark.subarray(5)]).toEqual([7, 8, 8, 8, 8]);
    expect(market.instruments[1]!.delisted).toBe(START + 2 * DAY);
    expect(market.notices).toMatchObject([{ code: 'series-delisted', first: START + 2 * DAY }]);
  });

  test('some hours missing at the very end are a gap, not an end', async () => {
    const hours = Array.from({ length: 5 * 24 - 3 }, () => 100);
    const market = await load({ 'BTC.csv': barsCsv(hours, '2024-01-01', HOUR) }, { interval: '1h' }, { interval: '1h' });
    expect(market.notices).toMatchObject([{ code: 'bars-missing', count: 3, first: START + 117 * HOUR }]);
  });

  test('a period that ends before it begins is refused', async () => {
    await expect(load({ 'BTC.csv': FIVE }, { from: '2024-01-06' })).rejects.toMatchObject({ code: 'period-empty' });
  });
});

describe('a market with a perpetual', () => {
  const linear = { base: 'BTC', contract: 'linear' } as const;
  const load = (
    files: Record<string, string>,
    more: object = {},
    request: Parameters<typeof requestOf>[1] = {},
    series: object[] = [],
  ) =>
    loadMarket(
      requestOf(
        catalogOf([spotSeries('BTC'), perpetualSeries('BTC', { file: 'perp.csv', ...more }), ...series], {
          'BTC.csv': FIVE,
          'perp.csv': FIVE,
          ...files,
        }),
        {
          perpetuals: [linear],
          ...request,
        },
      ),
    );
  const events = ({ funding }: Market) =>
    Array.from(funding.time, (time, k) => [
      (time - START) / HOUR,
      funding.rate[k],
      funding.mark[k],
      MARK_SOURCES[funding.source[k]!],
    ]);

  test('may be that of another venue, which a notice and the instrument name', async () => {
    const series = [{ symbol: 'BTC-FUNDING', kind: 'funding', base: 'BTC', venue: 'else', file: 'else.csv' }];
    const files = {
      'f.csv': fundingCsv(20, '2023-12-31T16:00Z', 0.0001, 50),
      'else.csv': fundingCsv(20, '2023-12-31T16:00Z', 0.0007, 50),
    };
    const market = await load(files, { funding: 'f.csv' }, { funding: { 'BTC-PERP': 'else' } }, series);
    expect(new Set(market.funding.rate)).toEqual(new Set([0.0007]));
    expect(market.instruments[1]!.fundingFrom).toBe('BTC-FUNDING on else');
    expect(codes(market)).toContain('funding-of-other-venue');
    const own = await load(files, { funding: 'f.csv' }, { funding: { 'BTC-PERP': 'test' } }, series);
    expect(new Set(own.funding.rate)).toEqual(new Set([0.0001]));
    const wrong = (funding: Record<string, string>) => load(files, { funding: 'f.csv' }, { funding }, series);
    await expect(wrong({ 'BTC-PERP': 'nowhere' })).rejects.toMatchObject({
      code: 'funding-not-on-venue',
      hint: 'the catalog has it on test, else',
    });
    await expect(wrong({ BTC: 'else' })).rejects.toMatchObject({
      code: 'funding-of-nothing',
      hint: expect.stringContaining('BTC-PERP'),
    });
  });

  test('settles what falls after its first open, up to and with the end of the period', async () => {
    const market = await load({ 'f.csv': fundingCsv(20, '2023-12-31T16:00Z', 0.0001, 50) }, { funding: 'f.csv' });
    expect(events(market).map(([hour]) => hour)).toEqual(Array.from({ length: 15 }, (_, i) => 8 * (i + 1)));
    expect([...market.indexOf]).toEqual([0, 0]);
    expect([...market.funding.instrument]).toEqual(new Array(15).fill(1));
    expect(codes(market)).toEqual(['mark-from-last-trade']);
  });

  test('takes each mark from the event, the mark series, the finest bars, or the last price, in this order', async () => {
    const funding = ['timestamp,rate,mark_price', '2024-01-01T08:00:00.007Z,0.1,50'];
    for (let k = 2; k <= 15; k++) funding.push(`${new Date(START + k * 8 * HOUR).toISOString()},0.1,`);
    const files = {
      'f.csv': funding.join('\n'),
      'mark.csv': barsCsv([200, 201, 202, 203, 204]),
      // From 08:00 on the second day to 20:00 on the fourth.
      'fine.csv': barsCsv(
        Array.from({ length: 60 }, (_, hour) => 300 + hour),
        '2024-01-02',
        HOUR,
      ).replaceAll(/2024-01-02T0[0-7].*\n/g, ''),
    };
    const finer = perpetualSeries('BTC', { file: 'fine.csv', interval: '1h' });
    const market = await load(files, { funding: 'f.csv', mark: 'mark.csv' }, {}, [finer]);
    expect(events(market)).toEqual([
      [8, 0.1, 50, 'event'],
      [16, 0.1, 100, 'last-price'],
      [24, 0.1, 201, 'mark-series'],
      [32, 0.1, 308, 'perpetual-open'],
      [40, 0.1, 316, 'perpetual-open'],
      [48, 0.1, 202, 'mark-series'],
      [56, 0.1, 332, 'perpetual-open'],
      [64, 0.1, 340, 'perpetual-open'],
      [72, 0.1, 203, 'mark-series'],
      [80, 0.1, 356, 'perpetual-open'],
      [88, 0.1, 359, 'last-price'],
      [96, 0.1, 204, 'mark-series'],
      [104, 0.1, 104, 'last-price'],
      [112, 0.1, 104, 'last-price'],
      [120, 0.1, 104, 'last-price'],
    ]);
    expect(market.notices).toMatchObject([{ code: 'funding-mark-from-last-price', count: 5, first: START + 16 * HOUR }]);
    expect([...market.columns.mark.subarray(5)]).toEqual([200, 201, 202, 203, 204]);
  });

  test('takes the mark of funding from the finest bars that open there, where the finest of all are absent', async () => {
    const files = {
      'f.csv': fundingCsv(16),
      'hours.csv': barsCsv(
        Array.from({ length: 120 }, (_, hour) => 300 + hour),
        '2024-01-01',
        HOUR,
      ),
      'minutes.csv': barsCsv(new Array<number>(60).fill(7), '2024-01-03', MINUTE),
    };
    const finer = [
      perpetualSeries('BTC', { file: 'hours.csv', interval: '1h' }),
      perpetualSeries('BTC', { file: 'minutes.csv', interval: '1m' }),
    ];
    const market = await load(files, { funding: 'f.csv' }, {}, finer);
    expect(events(market).slice(0, 7)).toEqual([
      [8, 0.0001, 308, 'perpetual-open'],
      [16, 0.0001, 316, 'perpetual-open'],
      [24, 0.0001, 324, 'perpetual-open'],
      [32, 0.0001, 332, 'perpetual-open'],
      [40, 0.0001, 340, 'perpetual-open'],
      [48, 0.0001, 7, 'perpetual-open'],
      [56, 0.0001, 356, 'perpetual-open'],
    ]);
  });

  test('says how many marks are put together from fewer finer ones than they should be', async () => {
    const hours = Array.from({ length: 120 }, (_, hour) => (hour === 71 ? NaN : 300 + hour));
    const files = { 'f.csv': fundingCsv(16, '2024-01-01T00:00Z', 0.0001, 50), 'mark.csv': barsCsv(hours, '2024-01-01', HOUR) };
    const market = await load(files, { funding: 'f.csv', mark: 'mark.csv' });
    expect(market.notices).toMatchObject([{ code: 'bars-partial', count: 1, first: START + 2 * DAY }]);
    expect(market.columns.mark[5 + 2]).toBe(300 + 70);
  });

  test('says in how many bars of the period its mark series has no mark', async () => {
    const files = {
      'f.csv': fundingCsv(16, '2024-01-01T00:00Z', 0.0001, 50),
      'mark.csv': barsCsv([200, NaN, 202], '2024-01-01'),
    };
    const market = await load(files, { funding: 'f.csv', mark: 'mark.csv' });
    expect([...market.columns.mark.subarray(5)]).toEqual([200, 101, 202, 103, 104]);
    expect(market.notices).toMatchObject([
      {
        code: 'mark-from-last-trade',
        count: 3,
        message: expect.stringMatching(/BTC-PERP in 3 1d bars that its mark series lacks$/),
      },
    ]);
  });

  test('without funding for a part stops, naming every stretch', async () => {
    const holed = fundingCsv(15)
      .split('\n')
      .filter((line) => !/01-02T08|01-02T16|01-04T00/.test(line))
      .join('\n');
    await expect(load({ 'f.csv': holed }, { funding: 'f.csv' })).rejects.toMatchObject({
      code: 'funding-missing',
      message:
        'BTC-PERP trades without funding from 2024-01-02T00:00Z to 2024-01-03T00:00Z (2 settlements), and in 1 other stretches',
      at: { file: expect.stringMatching(/f\.csv$/) },
      faults: { length: 2 },
    });
    const zero = await load({ 'f.csv': holed }, { funding: 'f.csv' }, { missingFunding: 'zero' });
    expect(events(zero)).toHaveLength(11);
    expect(zero.notices).toContainEqual(expect.objectContaining({ code: 'funding-zero', count: 3, first: START + 32 * HOUR }));
  });

  test('may carry the rate before over what is missing; before the first there is none', async () => {
    const late = 'timestamp,rate\n2024-01-02T00:00Z,0.01\n2024-01-02T08:00Z,0.02\n2024-01-02T16:00Z,0.03\n';
    const market = await load({ 'f.csv': late }, { funding: 'f.csv' }, { missingFunding: 'carry' });
    expect(events(market).map(([hour, rate]) => [hour, rate])).toEqual([
      [8, 0],
      [16, 0],
      [24, 0.01],
      [32, 0.02],
      ...Array.from({ length: 11 }, (_, i) => [40 + 8 * i, 0.03]),
    ]);
    expect(market.notices).toContainEqual(expect.objectContaining({ code: 'funding-carry', count: 12 }));
  });

  test('without any funding stops too', async () => {
    await expect(load({})).rejects.toMatchObject({ code: 'funding-missing' });
    expect(events(await load({}, {}, { missingFunding: 'zero' }))).toEqual([]);
  });

  test('needs no funding while it does not trade', async () => {
    const listed = barsCsv([103, 104], '2024-01-04');
    const market = await load({ 'perp.csv': listed, 'f.csv': fundingCsv(6, '2024-01-04T08:00Z') }, { funding: 'f.csv' });
    expect(events(market).map(([hour]) => hour)).toEqual([80, 88, 96, 104, 112, 120]);
    expect(codes(market)).toContain('series-starts-late');
  });

  test('derived from another is named, shares its files, and counts its volume in its own units', async () => {
    const derived = {
      symbol: 'BTC-USD-PERP',
      kind: 'perpetual',
      contract: 'inverse',
      base: 'BTC',
      quote: 'USD',
      venue: 'test',
      priceFrom: 'BTC-PERP',
      fundingFrom: 'BTC-PERP',
    };
    const market = await load(
      { 'f.csv': fundingCsv(16, '2024-01-01T00:00Z', 0.0001, 50) },
      { funding: 'f.csv' },
      { perpetuals: [{ base: 'BTC', contract: 'inverse' }] },
      [derived],
    );
    expect(market.instruments[1]).toMatchObject({
      symbol: 'BTC-USD-PERP',
      contract: 'inverse',
      priceFrom: 'BTC-PERP',
      fundingFrom: 'BTC-PERP',
    });
    expect([...market.columns.volume.subarray(5)]).toEqual([100, 101, 102, 103, 104]);
    expect(market.sources.map(({ file }) => file)).toEqual(['BTC.csv', 'perp.csv', 'f.csv']);
    expect(codes(market)).toEqual(['contract-derived', 'mark-from-last-trade']);
  });

  test('at spot trades and is marked at spot, and says so', async () => {
    const market = await load(
      { 'f.csv': fundingCsv(16, '2024-01-01T00:00Z', 0.0001, 50) },
      { priceFrom: 'spot', file: 'BTC.csv', funding: 'f.csv' },
    );
    expect([...market.columns.mark.subarray(5)]).toEqual([100, 101, 102, 103, 104]);
    expect(codes(market)).toEqual(['priced-at-spot']);
  });

  test('at spot takes the spot of its currency, not that of another that stands above it', async () => {
    const euro = spotSeries('BTC-EUR', { base: 'BTC', quote: 'EUR', file: 'euro.csv' });
    const perpetual = perpetualSeries('BTC', { priceFrom: 'spot', file: undefined, funding: 'f.csv' });
    const files = { 'f.csv': fundingCsv(16), 'euro.csv': barsCsv([7, 7, 7, 7, 7]), 'BTC.csv': FIVE };
    const request = { derivatives: ['BTC-PERP'] };
    const market = await loadMarket(requestOf(catalogOf([euro, spotSeries('BTC'), perpetual], files), request));
    expect(closes(market, 1)).toEqual([100, 101, 102, 103, 104]);
    await expect(loadMarket(requestOf(catalogOf([euro, perpetual], files), { ...request, spot: [] }))).rejects.toMatchObject({
      code: 'symbol-unknown',
      message: 'BTC-PERP trades at the spot price of BTC, which the catalog does not have in USD',
    });
  });

  test('with two spot series of one coin, says that each has lots of its own', async () => {
    const catalog = catalogOf([spotSeries('BTC'), spotSeries('XBT', { base: 'BTC' })], { 'BTC.csv': FIVE, 'XBT.csv': FIVE });
    const { notices } = await loadMarket(requestOf(catalog, { spot: ['XBT', 'BTC'] }));
    expect(notices).toMatchObject([
      { code: 'coin-in-two-series', message: expect.stringMatching(/: BTC as XBT and BTC$/) as string },
    ]);
    expect(codes(await loadMarket(requestOf(catalog, { spot: ['XBT'] })))).toEqual([]);
  });

  test('quoted in another dollar is one currency with a notice; in euros it is refused', async () => {
    const funding = { 'f.csv': fundingCsv(16) };
    expect(codes(await load(funding, { quote: 'USDT', funding: 'f.csv' }))).toContain('stablecoins-as-dollars');
    await expect(load(funding, { quote: 'EUR', funding: 'f.csv' })).rejects.toMatchObject({
      code: 'quote-currencies-mixed',
      message: 'one account cannot hold series quoted in USD (BTC), EUR (BTC-PERP)',
    });
  });
});

describe('a market with dated futures', () => {
  const future = (more: object = {}) =>
    perpetualSeries('BTC', { symbol: 'BTC-240104', kind: 'future', file: 'future.csv', expiry: '2024-01-04T08:00:00Z', ...more });
  const load = (series: object[], files: Record<string, string> = {}, request: object = {}) =>
    loadMarket(
      requestOf(catalogOf([spotSeries('BTC'), ...series], { 'BTC.csv': FIVE, 'future.csv': FIVE, ...files }), {
        derivatives: ['BTC-240104'],
        ...request,
      }),
    );

  test('settles at the price the venue published', async () => {
    const market = await load([future({ settlement: 777 })]);
    expect([...market.settlement]).toEqual([NaN, 777]);
    expect(closes(market, 1)).toEqual([100, 101, 102, 103, NaN]);
  });

  test('else at the open of the finest spot bar at its expiry, of its own venue', async () => {
    const hours = barsCsv(
      Array.from({ length: 120 }, (_, hour) => 500 + hour),
      '2024-01-01',
      HOUR,
    );
    const series = [
      future(),
      spotSeries('BTC', { interval: '1h', file: 'hours.csv' }),
      spotSeries('BTC', { interval: '1m', venue: 'else', file: 'none.csv' }),
    ];
    const market = await load(series, { 'hours.csv': hours });
    expect(market.settlement[1]).toBe(500 + 80);
    expect(codes(market)).toEqual(['mark-from-last-trade']);
  });

  test('lacks nothing in the bar of its expiry, which is put together up to that', async () => {
    const hours = barsCsv(
      Array.from({ length: 80 }, (_, hour) => 500 + hour),
      '2024-01-01',
      HOUR,
    );
    const market = await load([future({ settlement: 777, interval: '1h' })], { 'future.csv': hours });
    expect(closes(market, 1)).toEqual([523, 547, 571, 579, NaN]);
    expect(codes(market)).toEqual(['mark-from-last-trade']);
  });

  test('else never at spot in another currency', async () => {
    const euro = spotSeries('BTC-EUR', { base: 'BTC', quote: 'EUR', interval: '1h', file: 'euro.csv' });
    const market = await load([euro, future()], { 'euro.csv': barsCsv(new Array<number>(120).fill(7), '2024-01-01', HOUR) });
    expect(market.settlement[1]).toBe(103);
  });

  test('else at the open of the bar it expires in, with a notice', async () => {
    const market = await load([future()]);
    expect(market.settlement[1]).toBe(103);
    expect(codes(market)).toContain('settlement-before-expiry');
  });

  test('else at what a coarser series knows, when the finer ones ended long before', async () => {
    const series = [future(), spotSeries('BTC', { interval: '1h', file: 'hours.csv' })];
    const market = await load(series, { 'hours.csv': barsCsv([500, 501], '2023-12-01', HOUR) });
    expect(market.settlement[1]).toBe(103);
  });

  test('and without spot at its own last price, with a notice', async () => {
    const alone = catalogOf([future()], { 'future.csv': FIVE });
    const market = await loadMarket(requestOf(alone, { spot: [], derivatives: ['BTC-240104'], to: '2024-01-04' }));
    expect(market.settlement[0]).toBe(103);
    expect(market.indexOf[0]).toBe(-1);
    expect(codes(market)).toContain('settlement-from-future');
  });

  test('does not settle after the period', async () => {
    const market = await load([future({ expiry: '2024-03-29T08:00:00Z' })]);
    expect(market.settlement[1]).toBeNaN();
  });

  test('may be listed within the period and end less than a bar before its expiry, unremarked', async () => {
    const market = await load([future({ settlement: 777 })], { 'future.csv': barsCsv([101, 102], '2024-01-02') });
    expect(closes(market, 1)).toEqual([NaN, 101, 102, NaN, NaN]);
    expect(codes(market)).toEqual(['mark-from-last-trade']);
  });

  test('may end a week before its expiry, with a notice, but not a month', async () => {
    const files = { 'future.csv': barsCsv([100, 101, 102]) };
    const market = await load([future({ expiry: '2024-01-10T08:00:00Z' })], files);
    expect(market.notices).toContainEqual(expect.objectContaining({ code: 'future-ends-before-expiry', first: START + 3 * DAY }));
    await expect(load([future({ expiry: '2024-02-10T08:00:00Z' })], files)).rejects.toMatchObject({ code: 'series-ends-early' });
  });
});

describe('open interest', () => {
  const records = 'timestamp,open_interest_btc\n2023-12-31T00:00Z,5\n2024-01-01T00:00Z,6\n';
  const load = (series: object[], files: object = { 'oi.csv': records }) =>
    loadMarket(requestOf(catalogOf([spotSeries('BTC'), ...series], { 'BTC.csv': FIVE, ...files })));
  const oi = (more: object = {}) => ({
    symbol: 'BTC-OI',
    kind: 'open-interest',
    base: 'BTC',
    interval: '1d',
    file: 'oi.csv',
    stamp: 'open',
    ...more,
  });

  test('is known when its interval has ended, and for three intervals', async () => {
    expect([...(await load([oi()])).openInterest.BTC!]).toEqual([6, 6, 6, 6, NaN]);
    expect([...(await load([oi({ stamp: 'close' })])).openInterest.BTC!]).toEqual([6, 6, 6, NaN, NaN]);
  });

  test('comes from the venue wanted, else from all venues together, and is not guessed', async () => {
    const files = { 'oi.csv': records, 'own.csv': 'timestamp,open_interest\n2024-01-01T00:00Z,7\n' };
    expect((await load([oi(), oi({ venue: 'test', file: 'own.csv' })], files)).openInterest.BTC![0]).toBe(7);
    expect((await load([oi({ venue: 'x', file: 'own.csv' }), oi()], files)).openInterest.BTC![0]).toBe(6);
    expect((await load([oi({ venue: 'x' }), oi({ venue: 'y', file: 'own.csv' })], files)).openInterest).toEqual({});
  });
});

describe('faulty files', () => {
  test('of one market are told all at once', async () => {
    const files = { 'BTC.csv': '', 'ETH.csv': FIVE.replace('102,1', 'x,1'), 'SOL.csv': FIVE };
    const catalog = catalogOf(
      ['BTC', 'ETH', 'SOL'].map((coin) => spotSeries(coin)),
      files,
    );
    await expect(loadMarket(requestOf(catalog, { spot: ['BTC', 'ETH', 'SOL'] }))).rejects.toMatchObject({
      code: 'files-invalid',
      message: expect.stringMatching(/^2 files are at fault; the first: BTC.csv: the file is empty/),
      faults: [{ at: { file: join(catalog, 'BTC.csv') } }, { at: { file: join(catalog, 'ETH.csv'), line: 4 } }],
    });
  });

  test('are named briefly, and placed by a path that opens from the working directory', async () => {
    const catalog = catalogOf([spotSeries('BTC')], { 'BTC.csv': FIVE.replace('102,1', 'x,1') });
    for (const directory of [catalog, relative(process.cwd(), catalog)]) {
      await expect(loadMarket(requestOf(directory))).rejects.toMatchObject({
        code: 'number-invalid',
        message: 'BTC.csv: open is "x", expected a number',
        at: { file: join(catalog, 'BTC.csv'), line: 4 },
      });
    }
  });

  test('a mark file of irregular bars is refused', async () => {
    const catalog = catalogOf([perpetualSeries('BTC', { file: 'perp.csv', mark: 'mark.csv' })], {
      'perp.csv': FIVE,
      'mark.csv': barsCsv([1, 2, 3], '2024-01-01', 7 * HOUR),
    });
    await expect(loadMarket(requestOf(catalog, { spot: [], derivatives: ['BTC-PERP'] }))).rejects.toMatchObject({
      code: 'mark-interval-unknown',
    });
  });
});

describe('all futures of a coin', () => {
  const future = (symbol: string, expiry: string, more: object = {}) => ({
    ...spotSeries(symbol, { base: 'BTC', file: `${symbol}.csv` }),
    ...{ kind: 'future', contract: 'linear', expiry, ...more },
  });
  const catalog = catalogOf(
    [
      spotSeries('BTC'),
      future('F-GONE', '2023-12-29T08:00Z'),
      future('F-NEXT', '2024-03-29T08:00Z'),
      future('F-NEAR', '2024-01-05T08:00Z'),
      future('F-LATER', '2024-06-28T08:00Z'),
      future('F-COIN', '2024-03-29T08:00Z', { contract: 'inverse' }),
    ],
    {
      'BTC.csv': FIVE,
      'F-NEXT.csv': barsCsv([110, 111, 112, 113, 114]),
      'F-NEAR.csv': barsCsv([101, 102, 103, 104]),
      'F-LATER.csv': barsCsv([120, 121], '2024-02-01'),
    },
  );
  const load = (contract: 'linear' | 'inverse', base = 'BTC') =>
    loadMarket(requestOf(catalog, { futures: [{ base, contract }] }));

  test('are those of the contract wanted that trade in the period, by expiry', async () => {
    const market = await load('linear');
    expect(market.instruments.map(({ symbol }) => symbol)).toEqual(['BTC', 'F-NEAR', 'F-NEXT']);
    expect(market.settlement[1]).toBe(104);
  });

  test('must be there', async () => {
    await expect(load('linear', 'ETH')).rejects.toMatchObject({
      code: 'futures-missing',
      hint: expect.stringContaining('no future of ETH at all'),
    });
  });

  test('must be there in the period, not only after it', async () => {
    const later = catalogOf([spotSeries('BTC'), future('F-LATER', '2024-06-28T08:00Z')], {
      'BTC.csv': FIVE,
      'F-LATER.csv': barsCsv([120, 121], '2024-02-01'),
    });
    const futures = [{ base: 'BTC', contract: 'linear' }] as const;
    await expect(loadMarket(requestOf(later, { futures }))).rejects.toMatchObject({
      code: 'futures-missing',
      message: 'the catalog has no linear dated futures of BTC in the period',
      hint: expect.stringContaining('at other times'),
    });
  });
});
