import { setTimeout as wait } from 'node:timers/promises';
import { wallClock } from '../../core/time.ts';

/** The time and the waiting of a fetch; tests bring their own. */
export interface FetchClock {
  /** UTC ms */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: FetchClock = {
  now: wallClock,
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
};
