import type { Assessment } from '../regime.ts';
import { carriedBack, rollBases } from './carry-back.ts';

/** Which columns hold what. */
export interface IncomeAndGainsColumns {
  /** Class of capital results. */
  readonly gains: number;
  /** Class of results on income account. */
  readonly income: number;
  /** Carried columns: losses that go forward, and the first of `years` with what was taxed in earlier years, the latest first. */
  readonly capitalLoss: number;
  readonly incomeLoss: number;
  readonly bases: number;
  readonly years: number;
}

/** Rates as fractions; that on gains is on the whole gain. */
export interface IncomeAndGainsRates {
  readonly gains: number;
  readonly income: number;
  /** Share of a capital gain that counts as income. */
  readonly inclusion: number;
}

/**
 * Capital results beside an income account: capital losses reduce capital gains only, of earlier years first, then of later ones without
 * limit; a loss on income account reduces the year's taxable capital gains too, and goes forward as far as nothing is left to reduce.
 */
export function incomeAndGains(columns: IncomeAndGainsColumns, rates: IncomeAndGainsRates): Assessment {
  const { gains, income, capitalLoss, incomeLoss, bases, years } = columns;
  const span = { first: bases, years };

  /** Gain that is left after losses brought forward. */
  function gainLeft(results: Float64Array, carried: Float64Array): number {
    return Math.max(0, results[gains]! - carried[capitalLoss]!);
  }

  /** Of such a gain, what a loss on income account leaves to tax. */
  function taxedGain(gain: number, incomeResult: number): number {
    return Math.max(0, gain + Math.min(0, incomeResult) / rates.inclusion);
  }

  return {
    bill(results, carried) {
      const incomeResult = results[income]! - carried[incomeLoss]!;
      const refund = rates.gains * carriedBack(Math.max(0, -results[gains]!), carried, bases, years);
      return (
        rates.gains * taxedGain(gainLeft(results, carried), incomeResult) + rates.income * Math.max(0, incomeResult) - refund
      );
    },
    carry(results, carried) {
      const incomeResult = results[income]! - carried[incomeLoss]!;
      const gain = gainLeft(results, carried);
      const loss = Math.max(0, -results[gains]!);
      const back = carriedBack(loss, carried, bases, years);
      carried[capitalLoss] = carried[capitalLoss]! - (Math.max(0, results[gains]!) - gain) + loss - back;
      carried[incomeLoss] = Math.max(0, -incomeResult - gain * rates.inclusion);
      rollBases(carried, span, back, taxedGain(gain, incomeResult));
    },
  };
}

/** Part of a capital gain that counts as income. */
export function includedGain(gain: number, inclusion: number): number {
  return gain * inclusion;
}
