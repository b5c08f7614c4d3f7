import type { Random } from '../../core/random.ts';
import { autoregress } from './volatility.ts';

/** Coins change hands less as they grow dear: coins traded fall with the square root of the price. */
const DEARNESS = -0.5;

/** Memory in days and deviation of log volume and of log open interest. */
const VOLUME = { memory: 12, deviation: 0.3 };
const INTEREST = { memory: 40, deviation: 0.25 };

/** Volume per unit of log volatility, and per unit of the day's move in usual days. */
const PER_WILDNESS = 0.8;
const PER_MOVE = 0.25;

/** Log open interest lost per unit of fall beyond an ordinary one: positions that were closed for their owners. */
const FLUSH = { beyond: 0.05, slope: 3 };

/** A day's closes and how it was, for what follows from them. */
export interface Days {
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** Volatility relative to the usual. */
  readonly wildness: Float64Array;
}

/** Coins traded each day: more in wild times and on days of large moves. */
export function dailyVolume(random: Random, { open, close, wildness }: Days, ordinary: number): Float64Array {
  let level = 0;
  return open.map((price, day) => {
    level = autoregress(level, VOLUME, random.normal());
    const move = Math.abs(Math.log(close[day]! / price)) / 0.035;
    const log = level + PER_WILDNESS * Math.log(wildness[day]!) + PER_MOVE * move;
    return ordinary * Math.exp(log) * (price / open[0]!) ** DEARNESS;
  });
}

/** Open interest at each day's close, coins: slow to build, flushed out by crashes. */
export function dailyOpenInterest(random: Random, { open, close }: Omit<Days, 'wildness'>, ordinary: number): Float64Array {
  let level = 0;
  return open.map((price, day) => {
    const flush = FLUSH.slope * Math.min(0, Math.log(close[day]! / price) + FLUSH.beyond);
    level = autoregress(level, INTEREST, random.normal()) + flush;
    return ordinary * Math.exp(level) * (close[day]! / open[0]!) ** DEARNESS;
  });
}
