import type { Random } from '../../core/random.ts';
import { DAY, HOUR, YEAR } from '../../core/time.ts';
import { quarterlyExpiry } from '../calendar/expiry.ts';
import { SAMPLE_END, SAMPLE_START } from './calendar.ts';
import { autoregress } from './volatility.ts';

/** A quarterly contract of the sample's period. */
export interface Quarterly {
  /** 08:00 UTC on the last Friday of a quarter, UTC ms. */
  readonly expiry: number;
  /** First day with a bar, and the day after the last whole one, counted from the sample's start. */
  readonly firstDay: number;
  readonly endDay: number;
}

/** How long before its expiry a contract is listed. */
const LISTED = 15 * 7 * DAY;

/** Yearly carry at a level mood, per deviation of mood, and its bounds. */
const CARRY = { rest: 0.065, slope: 0.045, lowest: -0.03, highest: 0.45 };

/** Wandering of the carry: memory in hours, deviation per year. */
const WANDERING = { memory: 15 * 24, deviation: 0.025 };

/** The quarterlies that trade within the sample, by expiry. The last bar is that of the day before expiry. */
export function quarterlies(): Quarterly[] {
  const contracts: Quarterly[] = [];
  for (let quarter = 0; ; quarter++) {
    const expiry = quarterlyExpiry(2020, quarter + 1);
    const listed = Math.max(SAMPLE_START, expiry - 8 * HOUR - LISTED);
    if (listed >= SAMPLE_END) return contracts;
    const end = Math.min(SAMPLE_END, expiry - 8 * HOUR);
    contracts.push({ expiry, firstDay: (listed - SAMPLE_START) / DAY, endDay: (end - SAMPLE_START) / DAY });
  }
}

/** Yearly carry of dated futures, hour by hour: dear in manias, cheap or negative in fear. */
export function hourlyCarry(random: Random, mood: Float64Array): Float64Array {
  let wandering = WANDERING.deviation * random.normal();
  return mood.map((value) => {
    wandering = autoregress(wandering, WANDERING, random.normal());
    return Math.max(CARRY.lowest, Math.min(CARRY.highest, CARRY.rest + CARRY.slope * value + wandering));
  });
}

/** The premium of a contract over spot at every point of the sample: carry × time left, so nothing at expiry; 0 after it. */
export function basis(carry: Float64Array, expiry: number): Float64Array {
  return carry.map((rate, hour) => rate * Math.max(0, (expiry - SAMPLE_START - hour * HOUR) / YEAR));
}
