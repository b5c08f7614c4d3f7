import { zipSync } from 'fflate';
import { sha256 } from '../../src/core/hash.ts';
import { DAY, dateTime, formatDate, HOUR, MINUTE, parseDate, parseInterval } from '../../src/core/time.ts';

/** When a symbol of the made-up exchange trades, UTC ms; `to` is exclusive. */
export interface SymbolLife {
  readonly from: number;
  readonly to: number;
}

export const life = (from: string, to = '2030-01-01'): SymbolLife => ({ from: parseDate(from), to: parseDate(to) });

/** The symbols that the made-up exchange knows unless a test says otherwise. */
export const LIVES: Readonly<Record<string, SymbolLife>> = {
  BTCUSDT: life('2017-08-17'),
  ETHUSDT: life('2017-08-17'),
  SOLUSDT: life('2020-08-11'),
};

/** A close that anybody can compute: it swings by a few per cent, and never twice to the same price. */
export function closeAt(symbol: string, time: number): number {
  const level = symbol.startsWith('BTC') ? 40_000 : symbol.startsWith('ETH') ? 2_500 : 100;
  const day = time / DAY;
  return Number((level * (1 + 0.04 * Math.sin(day / 3) + 0.01 * Math.sin(day * 7))).toFixed(2));
}

/** One bar: open, high, low, close, volume; its open is the close before. */
export function barAt(symbol: string, time: number, step: number): number[] {
  const [open, close] = [closeAt(symbol, time), closeAt(symbol, time + step)];
  const spread = 0.001 * close;
  return [
    open,
    Number((Math.max(open, close) + spread).toFixed(2)),
    Number((Math.min(open, close) - spread).toFixed(2)),
    close,
    10,
  ];
}

/** A rate of funding for the settlement at a moment. */
export function rateAt(time: number): number {
  return Number((0.0001 + 0.00005 * Math.sin(time / (3 * DAY))).toFixed(8));
}

/** The opens of a symbol's bars in a span. */
export function opensIn(symbolLife: SymbolLife, from: number, to: number, step: number): number[] {
  const opens: number[] = [];
  for (let time = Math.ceil(Math.max(from, symbolLife.from) / step) * step; time < Math.min(to, symbolLife.to); time += step) {
    opens.push(time);
  }
  return opens;
}

const SPOT_MICROSECONDS_FROM = parseDate('2025-01-01');
const FUTURES_HEADER_FROM = parseDate('2022-01-01');

/** The CSV that an archive of Binance holds for a path such as `data/spot/monthly/klines/BTCUSDT/1d/BTCUSDT-1d-2024-01`. */
export function archiveCsv(path: string, lives: Readonly<Record<string, SymbolLife>>, now: number): string | undefined {
  const match =
    /^data\/(spot|futures\/um|futures\/cm)\/(monthly|daily)\/(\w+)\/(\w+)\/(?:(\w+)\/)?[\w-]+?-(\d{4}-\d{2}(?:-\d{2})?)$/.exec(
      path,
    );
  if (match === null) return undefined;
  const [, market, period, kind, symbol, interval, name] = match as unknown as string[];
  const [year, month] = name!.split('-').map(Number) as [number, number];
  const from = period === 'daily' ? parseDate(name!) : dateTime(year, month, 1);
  const to = period === 'daily' ? from + DAY : month === 12 ? dateTime(year + 1, 1, 1) : dateTime(year, month + 1, 1);
  const known = lives[symbol!];
  // A month's file appears two days after its end, a day's file an hour after.
  if (known === undefined || now < to + (period === 'daily' ? HOUR : 2 * DAY)) return undefined;
  if (kind === 'fundingRate') return period === 'daily' ? undefined : fundingCsv(opensIn(known, from, to, 8 * HOUR));
  if (kind === 'metrics') return period === 'monthly' ? undefined : metricsCsv(symbol!, opensIn(known, from, to, 5 * MINUTE));
  const opens = opensIn(known, from, to, parseInterval(interval!));
  return klinesCsv(symbol!, opens, parseInterval(interval!), market!);
}

function klinesCsv(symbol: string, opens: readonly number[], step: number, market: string): string | undefined {
  if (opens.length === 0) return undefined;
  const spot = market === 'spot';
  const unit = spot && opens[0]! >= SPOT_MICROSECONDS_FROM ? 1_000 : 1;
  const lines = opens.map((time) => {
    const [open, high, low, close, volume] = barAt(symbol, time, step).map((value) => value.toFixed(8));
    return [time * unit, open, high, low, close, volume, (time + step) * unit - 1, '400.0', 7, '5.0', '200.0', 0].join();
  });
  const header =
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
  return [...(!spot && opens[0]! >= FUTURES_HEADER_FROM ? [header] : []), ...lines, ''].join('\n');
}

function fundingCsv(times: readonly number[]): string | undefined {
  if (times.length === 0) return undefined;
  // The exchange stamps a few milliseconds late.
  const lines = times.map((time, i) => `${time + (i % 3)},8,${rateAt(time).toFixed(8)}`);
  return ['calc_time,funding_interval_hours,last_funding_rate', ...lines, ''].join('\n');
}

function metricsCsv(symbol: string, times: readonly number[]): string | undefined {
  if (times.length === 0) return undefined;
  const lines = times.map((time) => {
    const clock = `${formatDate(time)} ${new Date(time).toISOString().slice(11, 19)}`;
    return `${clock},${symbol},${1_000 + ((time / DAY) % 7)},${(1_000 * closeAt(symbol, time)).toFixed(2)},1,1,1,1`;
  });
  const header =
    'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
    'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio';
  return [header, ...lines, ''].join('\n');
}

/** A zip of one file, always the same bytes for the same text. */
export function zipOf(name: string, text: string | Uint8Array): Buffer {
  const content = typeof text === 'string' ? Buffer.from(text) : text;
  return Buffer.from(zipSync({ [name]: content }, { mtime: '2024-01-01T00:00:00', level: 6 }));
}

/** As `sha256sum` prints it. */
export function checksumOf(zip: Uint8Array, name: string): string {
  return `${sha256(zip)}  ${name}.zip\n`;
}
