import { BollingerBands, EMA, MACD, ROC, RSI, SMA } from 'trading-signals';
import { StrategyError } from '../../core/errors.ts';

/** A technical indicator that is fed one value at a time. Its formula is that of the package `trading-signals`. */
export interface Indicator<Value = number> {
  /** Values it must have been fed before its value means anything. */
  readonly warmup: number;
  /** The value after the last `add`; null until there were enough. */
  readonly value: Value | null;
  /** Takes the next value and returns the new one, null until there were enough. */
  add(input: number): Value | null;
}

// Smoothed indicators remember all they were fed; after this many lengths an exponential average carries e⁻⁸ of what came before.
const SMOOTHING_LENGTHS = 4;

/** Arithmetic mean of the last `length` values. */
export function simpleAverage(length: number): Indicator {
  return wrap(new SMA(checked(length, 1)), length);
}

/** Exponential average with the weight 2 / (length + 1) on the newest value, begun with the first. */
export function exponentialAverage(length: number): Indicator {
  return wrap(new EMA(checked(length, 1)), SMOOTHING_LENGTHS * length);
}

/** Change over `length` values, as a fraction of the older one. */
export function rateOfChange(length: number): Indicator {
  return wrap(new ROC(checked(length, 1)), length + 1);
}

/** Relative strength index with Wilder's smoothing (weight 1 / length), 0 to 100. */
export function relativeStrength(length: number): Indicator {
  return wrap(new RSI(checked(length, 2)), 2 * SMOOTHING_LENGTHS * length + 1);
}

/** Lower, middle and upper band: the mean of the last `length` values ± `deviations` population deviations. */
export interface Bands {
  readonly lower: number;
  readonly middle: number;
  readonly upper: number;
}

/** Bollinger bands. */
export function bollingerBands(length: number, deviations = 2): Indicator<Bands> {
  return wrap(new BollingerBands(checked(length, 2), deviations), length);
}

/** Difference of two exponential averages, its own average, and what is between them. */
export interface Convergence {
  readonly macd: number;
  readonly signal: number;
  readonly histogram: number;
}

/** Moving-average convergence and divergence. */
export function movingAverageConvergence(short = 12, long = 26, signal = 9): Indicator<Convergence> {
  const convergence = new MACD(new EMA(checked(short, 1)), new EMA(checked(long, 1)), new EMA(checked(signal, 1)));
  return wrap(convergence, SMOOTHING_LENGTHS * (long + signal));
}

interface Wrapped<Value> {
  add(input: number): Value | null;
}

function wrap<Value>(wrapped: Wrapped<Value>, warmup: number): Indicator<Value> {
  let value: Value | null = null;
  return {
    warmup,
    get value() {
      return value;
    },
    add: (input) => (value = wrapped.add(input)),
  };
}

function checked(length: number, least: number): number {
  if (Number.isInteger(length) && length >= least) return length;
  throw new StrategyError('indicator-length-wrong', `an indicator's length is ${length}, expected a whole number from ${least}`, {
    hint: 'lengths count values: bars or days',
  });
}
