import { DAY } from '../core/time.ts';
import type { Market } from '../market/market.ts';

/** Days that σ and ADV of the impact model look back (accounting.md, section 3). */
export const IMPACT_DAYS = 30;
/** Daily returns below which σ counts as unknown. */
const FEWEST_RETURNS = 2;

/** σ and ADV as a decision at each bar's close may know them, one value per bar of the market. */
export interface TrailingLiquidity {
  /** Sample deviation of daily returns, a fraction; NaN until three days have closed. */
  readonly sigma: Float64Array;
  /** Mean volume per day in the series' units; NaN until one day has closed. */
  readonly adv: Float64Array;
}

/**
 * σ and ADV of the last 30 whole UTC days that had closed by each bar's close, the instrument's look-back included.
 *
 * Simple returns between last closes of days; days without a trade are left out of both.
 */
export function trailingLiquidity(market: Market, instrument: number): TrailingLiquidity {
  const { length, step, start } = market;
  const offset = instrument * length;
  const close = market.columns.close.subarray(offset, offset + length);
  const volume = market.columns.volume.subarray(offset, offset + length);
  const sigma = new Float64Array(length);
  const adv = new Float64Array(length);
  const days: Day[] = [];
  let dayClose = NaN;
  let dayVolume = 0;
  let currentSigma = NaN;
  let currentAdv = NaN;
  for (let i = 0; i < length; i++) {
    if (!Number.isNaN(close[i]!)) {
      dayClose = close[i]!;
      dayVolume += volume[i]! || 0;
    }
    if ((start + (i + 1) * step) % DAY === 0) {
      if (!Number.isNaN(dayClose)) {
        days.push({ close: dayClose, volume: dayVolume });
        if (days.length > IMPACT_DAYS + 1) days.shift();
        currentSigma = dailySigma(days);
        currentAdv = meanVolume(days.slice(-IMPACT_DAYS));
      }
      dayClose = NaN;
      dayVolume = 0;
    }
    sigma[i] = currentSigma;
    adv[i] = currentAdv;
  }
  return { sigma, adv };
}

interface Day {
  readonly close: number;
  readonly volume: number;
}

function dailySigma(days: readonly Day[]): number {
  const returns = days.slice(1).map((day, k) => day.close / days[k]!.close - 1);
  if (returns.length < FEWEST_RETURNS) return NaN;
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const squares = returns.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / (returns.length - 1));
}

function meanVolume(days: readonly Day[]): number {
  return days.reduce((sum, day) => sum + day.volume, 0) / days.length;
}
