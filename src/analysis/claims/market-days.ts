import { pairMoments } from '../../core/moments.ts';
import { DAY, YEAR } from '../../core/time.ts';
import { barTime, type Market } from '../../market/market.ts';
import { dailyReturns, dayEnds } from '../daily.ts';

/** A market as UTC-daily columns over its period: one value per day after the first. */
export interface MarketDays {
  /** End of each day, UTC ms. */
  readonly time: Float64Array;
  /** Simple returns of each spot coin, by base. */
  readonly returns: ReadonlyMap<string, Float64Array>;
  /** Mean return of the other coins, in equal parts; null without any. */
  readonly others: Float64Array | null;
  /** Sum of the day's funding rates of Bitcoin's perpetual; null where the market has none. */
  readonly funding: Float64Array | null;
  /** Hours between consecutive settlements of all perpetuals. */
  readonly fundingHours: Float64Array;
}

export const ANCHOR = 'BTC';

/** @returns null where the market has no Bitcoin */
export function marketDays(market: Market): MarketDays | null {
  const { length, first, instruments, spotCount, columns } = market;
  const times = Float64Array.from({ length: length - first }, (_, bar) => barTime(market, first + bar));
  const ends = dayEnds(times);
  const coins = instruments.slice(0, spotCount);
  const returns = new Map(
    coins.map(({ base }, j) => {
      const marks = columns.mark.subarray(j * length + first, (j + 1) * length);
      return [base, Float64Array.from(dailyReturns(marks, ends))];
    }),
  );
  if (!returns.has(ANCHOR)) return null;
  const apart = [...returns].filter(([base]) => base !== ANCHOR).map(([, column]) => column);
  const perpetual = instruments.findIndex(
    ({ kind, base, contract }) => kind === 'perpetual' && base === ANCHOR && contract === 'linear',
  );
  return {
    time: Float64Array.from(ends.subarray(1), (bar) => times[bar]!),
    returns,
    others: apart.length === 0 ? null : apart[0]!.map((_, day) => mean(apart.map((column) => column[day]!))),
    funding: perpetual < 0 ? null : dailyFunding(market, perpetual, times, ends),
    fundingHours: settlementHours(market),
  };
}

function dailyFunding({ funding }: Market, instrument: number, times: Float64Array, ends: Int32Array): Float64Array {
  const sums = new Float64Array(Math.max(0, ends.length - 1));
  let day = 0;
  for (let row = 0; row < funding.time.length; row++) {
    if (funding.instrument[row] !== instrument || funding.time[row]! <= times[ends[0]!]!) continue;
    while (day < sums.length && funding.time[row]! > times[ends[day + 1]!]!) day++;
    if (day < sums.length) sums[day] = sums[day]! + funding.rate[row]!;
  }
  return sums;
}

function settlementHours({ funding, instruments }: Market): Float64Array {
  const last = new Float64Array(instruments.length).fill(NaN);
  const hours: number[] = [];
  for (let row = 0; row < funding.time.length; row++) {
    const j = funding.instrument[row]!;
    // Stamps may be some milliseconds late.
    if (!Number.isNaN(last[j]!)) hours.push(Math.round((funding.time[row]! - last[j]!) / (DAY / 24)));
    last[j] = funding.time[row]!;
  }
  return Float64Array.from(hours);
}

/** Return over the `days` days before each day's end; NaN while there are too few. */
export function trailingReturn(returns: Float64Array, days: number): Float64Array {
  return windowed(returns, days, (day) => day - days + 1);
}

/** Return over the `days` days after each day's end; NaN where the history ends before. */
export function comingReturn(returns: Float64Array, days: number): Float64Array {
  return windowed(returns, days, (day) => day + 1);
}

function windowed(returns: Float64Array, days: number, from: (day: number) => number): Float64Array {
  const index = new Float64Array(returns.length + 1).fill(1);
  for (let day = 0; day < returns.length; day++) index[day + 1] = index[day]! * (1 + returns[day]!);
  return returns.map((_, day) => {
    const start = from(day);
    return start < 0 || start + days > returns.length ? NaN : index[start + days]! / index[start]! - 1;
  });
}

/** Sum over the `days` days after each day's end; NaN where the history ends before. */
export function comingSum(series: Float64Array, days: number): Float64Array {
  return series.map((_, day) =>
    day + 1 + days > series.length ? NaN : series.subarray(day + 1, day + 1 + days).reduce((sum, value) => sum + value, 0),
  );
}

/** Correlation of the `days` days up to each day's end; NaN while there are too few. */
export function trailingCorrelation(x: Float64Array, y: Float64Array, days: number): Float64Array {
  return x.map((_, day) => (day + 1 < days ? NaN : moments(x, y, range(day + 1 - days, day + 1)).correlation));
}

/** Slope, correlation and yearly deviations of two daily columns over some days. */
export interface Moments {
  readonly beta: number;
  readonly correlation: number;
  readonly volatilityX: number;
  readonly volatilityY: number;
}

/** OLS of y on x, sample deviations × √365.25; days on which either has no return are left out. */
export function moments(x: Float64Array, y: Float64Array, days: ArrayLike<number>): Moments {
  const columnX = picked(x, days);
  const { count, xx, yy, xy } = pairMoments(columnX, x === y ? columnX : picked(y, days), 0, days.length);
  const yearly = (sum: number): number => Math.sqrt((sum / (count - 1)) * (YEAR / DAY));
  return { beta: xy / xx, correlation: xy / Math.sqrt(xx * yy), volatilityX: yearly(xx), volatilityY: yearly(yy) };
}

function picked(column: Float64Array, days: ArrayLike<number>): Float64Array {
  const values = new Float64Array(days.length);
  for (let k = 0; k < values.length; k++) values[k] = column[days[k]!]!;
  return values;
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, k) => from + k);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
