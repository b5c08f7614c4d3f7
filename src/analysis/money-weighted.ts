import { YEAR } from '../core/time.ts';
import type { RunResult } from '../result/run-result.ts';
import { spanYears } from './annual.ts';

/** One payment between the investor and the account. */
interface Payment {
  /** Years since the start. */
  readonly years: number;
  /** Positive: received by the investor. */
  readonly amount: number;
}

/**
 * Money-weighted return per year (internal rate of return): the rate at which initial equity and flows, at their bar's close, are
 * worth final equity.
 *
 * @returns fraction; null where there are no flows, no span, or no such rate; −1 when all that was paid in is lost. Where several
 *   rates fit, the one nearest to no growth.
 */
export function moneyWeightedReturn({ time, flows, totals }: RunResult): number | null {
  const years = spanYears(time);
  if (!(years > 0) || flows.every((flow) => flow === 0)) return null;
  const payments: Payment[] = [{ years: 0, amount: -totals.initialEquity }];
  flows.forEach((flow, bar) => {
    if (flow !== 0) payments.push({ years: (time[bar]! - time[0]!) / YEAR, amount: -flow });
  });
  if (totals.finalEquity <= 0 && payments.every(({ amount }) => amount <= 0)) return -1;
  payments.push({ years, amount: totals.finalEquity });
  const logRate = solveNearestZero((rate) => presentValue(payments, rate), LARGEST_LOG_GROWTH / years);
  return logRate === null ? null : Math.expm1(logRate);
}

// Growth by e^±30 over the whole run is beyond any account.
const LARGEST_LOG_GROWTH = 30;
const SCAN_STEPS = 600;
const HALVINGS = 200;

function presentValue(payments: readonly Payment[], logRate: number): number {
  return payments.reduce((sum, { years, amount }) => sum + amount * Math.exp(-logRate * years), 0);
}

// Scans outwards from 0 for a change of sign, then halves: slower than Newton's method, and never lost.
function solveNearestZero(f: (x: number) => number, limit: number): number | null {
  const width = limit / SCAN_STEPS;
  for (let k = 0; k < SCAN_STEPS; k++) {
    for (const side of [1, -1]) {
      const near = side * k * width;
      const far = side * (k + 1) * width;
      if (Math.sign(f(near)) * Math.sign(f(far)) <= 0) return halve(f, near, far);
    }
  }
  return null;
}

function halve(f: (x: number) => number, from: number, to: number): number {
  let [a, b] = [from, to];
  const atA = Math.sign(f(a));
  if (atA === 0) return a;
  for (let i = 0; i < HALVINGS && a !== b; i++) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (Math.sign(f(middle)) === atA) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
