import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { checkCatalog } from '../../../src/market/check/check.ts';
import { barsCsv, catalogOf, fundingCsv, perpetualSeries, spotSeries } from '../../support/catalog.ts';

/** Two thousand hourly closes of a market that moves about 1 % an hour. */
const random = createRandom(6, 'check/across');
const HOURS: readonly number[] = walk(2000);
/** The same market by its closes at the end of each UTC day. */
const DAYS = HOURS.filter((_, i) => i % 24 === 23);

function walk(length: number): number[] {
  const closes = [100];
  while (closes.length < length) closes.push(closes.at(-1)! * Math.exp(0.01 * random.normal()));
  return closes;
}

/** As another market trades it: always within a few hundredths of a percent, around `factor` times the price. */
function elsewhere(closes: readonly number[], factor = 1): number[] {
  return closes.map((close) => close * factor * (1 + 0.0002 * random.normal()));
}

const hourly = (symbol: string, venue: string, more: object = {}) =>
  spotSeries(symbol, { interval: '1h', venue, base: 'BTC', file: `${venue}.csv`, ...more });
const hours = (closes: readonly number[], from = '2024-01-01') => barsCsv(closes, from, HOUR);
/** The same rows, stamped so many hours later. */
const late = (csv: string, by: number, until = Infinity) =>
  csv.replace(/^2024[^,]+/gm, (stamp) => {
    const time = Date.parse(stamp);
    return new Date(time < until ? time + by * HOUR : time).toISOString();
  });

async function found(series: readonly object[], files: Readonly<Record<string, string>>) {
  const { findings } = await checkCatalog(catalogOf(series, files));
  return findings.filter(({ code }) => !['bars-missing', 'price-jump', 'funding-missing'].includes(code));
}

const two = [hourly('BTC', 'one'), hourly('BTC', 'two')];

describe('files of one asset', () => {
  test('pass when they agree', async () => {
    const daily = spotSeries('BTC', { venue: 'one', file: 'daily.csv' });
    const perpetual = perpetualSeries('BTC', {
      venue: 'one',
      interval: '1h',
      file: 'perp.csv',
      funding: 'f.csv',
      mark: 'mark.csv',
    });
    const files = {
      'one.csv': hours(HOURS),
      'two.csv': hours(elsewhere(HOURS)),
      'daily.csv': barsCsv(DAYS),
      'perp.csv': hours(elsewhere(HOURS, 1.01)),
      'mark.csv': hours(elsewhere(HOURS, 1.01)),
      'f.csv': fundingCsv(251),
    };
    expect(await found([...two, daily, perpetual], files)).toEqual([]);
  });

  test('are found where one price is wrong, in the file that moved', async () => {
    const wrong = elsewhere(HOURS);
    wrong[700] = wrong[700]! * 1.06;
    const [finding, ...rest] = await found(two, { 'one.csv': hours(wrong), 'two.csv': hours(HOURS) });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: 'price-apart', severity: 'warning', file: 'one.csv', line: 702, count: 1 });
    expect(finding!.message).toContain('closes far from BTC at two (two.csv): 1 of 2000');
  });

  test('are found where the daily bars are not those of the hours', async () => {
    const wrong = DAYS.toSpliced(40, 1, DAYS[40]! * 1.004);
    const series = [hourly('BTC', 'one'), spotSeries('BTC', { venue: 'one', file: 'daily.csv' })];
    const findings = await found(series, { 'one.csv': hours(HOURS), 'daily.csv': barsCsv(wrong) });
    expect(findings).toMatchObject([{ code: 'price-apart', file: 'daily.csv', line: 42, count: 1 }]);
  });

  test('are found where a perpetual leaves spot for a while, but not for a basis that lasts', async () => {
    const series = [
      hourly('BTC', 'one'),
      perpetualSeries('BTC', { venue: 'one', interval: '1h', file: 'perp.csv', funding: 'f.csv' }),
    ];
    const closes = elsewhere(HOURS, 1.02);
    for (const i of [500, 501, 502]) closes[i] = closes[i]! * 0.8;
    const files = { 'one.csv': hours(HOURS), 'perp.csv': hours(closes), 'f.csv': fundingCsv(251) };
    const findings = await found(series, files);
    expect(findings).toMatchObject([{ code: 'basis-outlier', file: 'perp.csv', line: 502, count: 3 }]);
    expect(findings[0]!.message).toMatch(/the widest by 22\.\d%/);
  });

  test('are found where one is in another unit', async () => {
    const findings = await found(two, { 'one.csv': hours(HOURS), 'two.csv': hours(elsewhere(HOURS, 1000)) });
    expect(findings).toMatchObject([{ code: 'price-level', severity: 'error', file: 'two.csv', line: 2, count: 2000 }]);
    expect(findings[0]!.message).toContain('1.00e+3 times them');
  });

  test('are told apart by their quote currencies, and not compared across them', async () => {
    const [one] = two;
    const files = { 'one.csv': hours(HOURS), 'two.csv': hours(elsewhere(HOURS, 0.5)) };
    expect(await found([one!, hourly('BTC', 'two', { quote: 'EUR' })], files)).toMatchObject([
      { code: 'quotes-differ', severity: 'warning', file: 'two.csv', count: 1 },
    ]);
    const dollars = { ...files, 'two.csv': hours(elsewhere(HOURS)) };
    expect(await found([one!, hourly('BTC', 'two', { quote: 'USDT' })], dollars)).toMatchObject([
      { code: 'quotes-differ', severity: 'info', file: 'two.csv', count: 1 },
    ]);
  });
});

describe('clocks', () => {
  test.each([
    [8, '8h after'],
    [-5, '5h before'],
    [1, '1h after'],
  ])('that are %i hours off are found, with their size and direction', async (by, words) => {
    const findings = await found(two, { 'one.csv': hours(HOURS), 'two.csv': late(hours(elsewhere(HOURS)), by) });
    expect(findings).toMatchObject([{ code: 'time-shifted', severity: 'error', file: 'two.csv' }]);
    expect(findings[0]!.message).toContain(`stamps lie ${words} those of BTC at one (one.csv)`);
  });

  test('of three files are put right by the two that agree', async () => {
    const files = {
      'one.csv': late(hours(HOURS), 8),
      'two.csv': hours(elsewhere(HOURS)),
      'three.csv': hours(elsewhere(HOURS)),
    };
    const findings = await found([...two, hourly('BTC', 'three')], files);
    expect(findings).toMatchObject([{ code: 'time-shifted', file: 'one.csv' }]);
    expect(findings[0]!.message).toContain('8h after');
  });

  test('that go wrong for a part of the year are found there', async () => {
    const summer = late(hours(elsewhere(HOURS)), 1, Date.UTC(2024, 1, 25)).split('\n');
    const findings = await found(two, { 'one.csv': hours(HOURS), 'two.csv': [...new Set(summer)].join('\n') });
    // The hour that the clock was set back stands twice.
    expect(findings.map(({ code }) => code)).toContain('bars-doubled');
    const kept = summer.filter((line, i) => line.slice(0, 13) !== summer[i + 1]?.slice(0, 13));
    const [shifted] = await found(two, { 'one.csv': hours(HOURS), 'two.csv': kept.join('\n') });
    expect(shifted).toMatchObject({ code: 'time-shifted', file: 'two.csv' });
    expect(shifted!.message).toMatch(/from 2024-01-01 to 2024-0[23]-/);
  });

  test('of daily bars that are stamped with their close are found, with advice', async () => {
    const series = [hourly('BTC', 'one'), spotSeries('BTC', { venue: 'one', file: 'daily.csv' })];
    const findings = await found(series, { 'one.csv': hours(HOURS), 'daily.csv': barsCsv(DAYS, '2024-01-02') });
    expect(findings).toMatchObject([{ code: 'time-shifted', file: 'daily.csv' }]);
    expect(findings[0]!.message).toContain('stamps lie 1d after');
    expect(findings[0]!.hint).toContain('"stamp"');
  });

  test('of daily bars that end at another hour are doubted where no shift explains them', async () => {
    const elsewhen = HOURS.filter((_, i) => i % 24 === 11);
    const series = [spotSeries('BTC'), spotSeries('BTC', { venue: 'two', file: 'two.csv' })];
    const findings = await found(series, { 'BTC.csv': barsCsv(DAYS), 'two.csv': barsCsv(elsewhen) });
    expect(findings[0]).toMatchObject({ code: 'time-doubtful', severity: 'warning', file: 'two.csv' });
  });

  test('of daily bars that are cut in another zone are named as such', async () => {
    const csv = barsCsv(DAYS).replaceAll('T00:00Z', 'T16:00Z');
    const [finding] = await found([spotSeries('BTC')], { 'BTC.csv': csv });
    expect(finding).toMatchObject({ code: 'bars-off-grid', severity: 'error', count: 1 });
    expect(finding!.message).toContain('every 1d bar is stamped 16h off');
  });
});

test('minute bars are held against hours at the full hour', async () => {
  const minutes = HOURS.slice(0, 60).flatMap((close, i) => {
    const before = HOURS[i - 1] ?? close;
    return Array.from({ length: 60 }, (_, m) => before + ((close - before) * (m + 1)) / 60);
  });
  const series = [hourly('BTC', 'one'), spotSeries('BTC', { venue: 'two', interval: '1m', file: 'two.csv' })];
  const csv = barsCsv(minutes, '2024-01-01', DAY / 1440);
  expect(await found(series, { 'one.csv': hours(HOURS), 'two.csv': late(csv, 1) })).toMatchObject([
    { code: 'time-shifted', file: 'two.csv' },
  ]);
});
