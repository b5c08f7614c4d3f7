import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { alignBars } from '../../../src/market/align.ts';
import { barsOf } from '../../../src/market/bars.ts';
import { fundingGaps } from '../../../src/market/load/funding-gaps.ts';
import { BARS, FUNDING } from '../../../src/market/load/layout.ts';
import { loadMarket } from '../../../src/market/load/load-market.ts';
import { readSeriesFile } from '../../../src/market/load/series-file.ts';
import type { Market } from '../../../src/market/market.ts';
import { requestOf } from '../../support/catalog.ts';
import { ROOT } from '../../support/modules.ts';

const DATA = join(ROOT, '..', 'shared', 'data');
const COINS = ['BTC', 'ETH', 'LTC', 'XRP', 'ADA'];

/** Column of a CSV by the plainest means there are. */
function plainColumn(file: string, index: number, from: string): number[] {
  const lines = readFileSync(join(DATA, file), 'utf8').trim().split('\n').slice(1);
  return lines.filter((line) => line >= from).map((line) => Number(line.split(',')[index]));
}

describe.skipIf(!existsSync(DATA))('real history (needs ../shared/data)', () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'kedge-cache-'));
  const load = (interval: string, from: string) =>
    loadMarket(
      requestOf(DATA, {
        ...{ interval, from, to: '2024-12-31', venue: 'binance', lookbackDays: 90, cacheDir },
        ...{ spot: COINS, perpetuals: COINS.map((base) => ({ base, contract: 'linear' as const })) },
      }),
    );
  const count = (market: Market, code: string) => market.notices.find((notice) => notice.code === code)?.count ?? 0;

  test('five coins with perpetuals load at daily bars, quickly the second time, and the same', async () => {
    const first = await load('1d', '2020-02-01');
    const began = performance.now();
    const second = await load('1d', '2020-02-01');
    expect(performance.now() - began).toBeLessThan(1000);
    expect(second.hash).toBe(first.hash);
    expect([first.length - first.first, first.first]).toEqual([1796, 90]);
    expect([...first.columns.close.subarray(first.first, first.length)]).toEqual(
      plainColumn('prices-1d/BTC.csv', 4, '2020-02-01'),
    );
    expect(first.notices.map(({ code }) => code)).toEqual(['stablecoins-as-dollars']);
    const ownFunding = first.funding.rate.filter(
      (_, k) => first.funding.instrument[k] === 5 && first.funding.time[k]! > Date.UTC(2020, 1, 1),
    );
    expect([...ownFunding]).toEqual(plainColumn('funding/BINANCE-BTCUSDT.csv', 1, '2020-02-01T01'));
  });

  test('hourly bars keep the hours in which the exchange stood still as bars without trade', async () => {
    const market = await load('1h', '2021-01-01');
    expect(market.length - market.first).toBe(1461 * 24);
    expect(market.columns.close.subarray(market.first, market.length).filter(Number.isNaN)).toHaveLength(
      count(market, 'bars-missing') / 5,
    );
    expect(market.columns.mark.every((mark) => mark > 0)).toBe(true);
    expect(market.funding.source.every((source) => source === 0)).toBe(true);
  });

  test('hourly perpetuals add up to the daily ones', async () => {
    const read = (file: string) => readSeriesFile(join(DATA, file), file, BARS);
    const [hourly, daily] = [await read('perp-1h/ETH.csv.gz'), await read('perp-1d/ETH.csv')];
    const clock = { start: daily.time[0]!, step: DAY, length: daily.time.length };
    const bars = alignBars(barsOf('hourly', hourly, HOUR, 'open'), clock);
    for (const field of ['open', 'high', 'low', 'close'] as const) expect(bars[field]).toEqual(daily.columns[field]);
  });

  test('Binance funding has no gap, where it settled every two hours neither; Gate’s has one', async () => {
    const gaps = async (file: string) => {
      const { time } = await readSeriesFile(join(DATA, 'funding', file), file, FUNDING);
      return fundingGaps(time, time[0]!, time.at(-1)!).map(({ due }) => due.length);
    };
    for (const file of readdirSync(join(DATA, 'funding')).filter((name) => name.startsWith('BINANCE'))) {
      expect([file, await gaps(file)]).toEqual([file, []]);
    }
    expect(await gaps('GATE-BTCUSDT.csv')).toEqual([93]);
  });
});
