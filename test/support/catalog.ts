import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DAY, formatTime, HOUR, parseDate } from '../../src/core/time.ts';
import type { MarketRequest } from '../../src/market/request.ts';

/** Writes a catalog with its files into a folder of its own and returns the folder. */
export function catalogOf(
  series: readonly object[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
  kind = 'real',
): string {
  const directory = mkdtempSync(join(tmpdir(), 'kedge-catalog-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  writeFileSync(join(directory, 'catalog.json'), JSON.stringify({ name: 'test', kind, series }, null, 1));
  return directory;
}

/** A spot series on the venue `test`, in USD, daily, open-stamped, in `<symbol>.csv`. */
export function spotSeries(symbol: string, more: object = {}): object {
  return {
    symbol,
    kind: 'spot',
    base: symbol,
    quote: 'USD',
    venue: 'test',
    interval: '1d',
    file: `${symbol}.csv`,
    stamp: 'open',
    ...more,
  };
}

/** A linear perpetual `<base>-PERP`, otherwise as `spotSeries`. */
export function perpetualSeries(base: string, more: object = {}): object {
  return { ...spotSeries(`${base}-PERP`), kind: 'perpetual', contract: 'linear', base, ...more };
}

/** CSV of flat bars (open = high = low = close) with these closes, from a date on, one per `step`; NaN leaves a bar out. */
export function barsCsv(closes: readonly number[], from = '2024-01-01', step = DAY): string {
  const rows = closes.map((close, i) => [formatTime(parseDate(from) + i * step), close, close, close, close, 1].join());
  return ['timestamp,open,high,low,close,volume', ...rows.filter((_, i) => !Number.isNaN(closes[i]!))].join('\n') + '\n';
}

/** CSV of funding at one rate every eight hours, from a moment on. */
export function fundingCsv(count: number, from = '2024-01-01T00:00Z', rate = 0.0001, mark?: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const time = formatTime(Date.parse(from) + i * 8 * HOUR);
    return mark === undefined ? `${time},${rate}` : `${time},${rate},${mark}`;
  });
  return [mark === undefined ? 'timestamp,rate' : 'timestamp,rate,mark_price', ...rows].join('\n') + '\n';
}

/** A request for daily bars of the first five days of 2024 from the venue `test`, without a cache. */
export function requestOf(
  catalog: string,
  more: Partial<Omit<MarketRequest, 'from' | 'to'>> & { from?: string; to?: string } = {},
): MarketRequest {
  const { from = '2024-01-01', to = '2024-01-05', ...rest } = more;
  return {
    catalog,
    interval: '1d',
    from: parseDate(from),
    to: parseDate(to),
    venue: 'test',
    spot: ['BTC'],
    derivatives: [],
    perpetuals: [],
    lookbackDays: 0,
    missingFunding: 'stop',
    cacheDir: null,
    verify: false,
    ...rest,
  };
}
