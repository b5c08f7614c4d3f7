import type { Assessment } from '../regime.ts';
import type { AllowanceYear } from './allowance.ts';
import { broughtForwardUsed, lossesCarriedForward } from './allowance.ts';
import type { SplitYear } from './rate-periods.ts';
import { taxableEarly, taxableLate } from './rate-periods.ts';

/** Which columns hold what. */
export interface ExemptAmountColumns {
  /** Classes of gains from, and before, a change of rates within the year. */
  readonly gains: number;
  readonly earlyGains: number;
  /** Class of losses; its results are ≤ 0. */
  readonly losses: number;
  /** Class of income, which fills the lower band before gains do. */
  readonly income: number;
  /** Carried column of losses. */
  readonly carriedLoss: number;
  /** Carried column of losses on that income. */
  readonly carriedIncomeLoss: number;
}

/** Rates as fractions: below the end of the basic-rate band, and above it. */
export interface BandRates {
  readonly lower: number;
  readonly higher: number;
}

/** What gains cost once the exempt amount is off. */
export interface ExemptAmountTerms {
  readonly exemptAmount: number;
  readonly rates: BandRates;
  readonly earlyRates: BandRates;
  /** What other income leaves of the band that is taxed at the lower rates; 0 or less: everything at the higher. */
  readonly lowerRoom: number;
}

/**
 * Gains over an annual exempt amount: the year's own losses first, losses brought forward only down to the exempt amount, both set against
 * the gains that are taxed highest. Of a band at lower rates, the early gains have the first use where they save more by it.
 */
export function aboveExemptAmount(columns: ExemptAmountColumns, terms: ExemptAmountTerms): Assessment {
  const { exemptAmount, rates, earlyRates } = terms;
  const earlySavesMore = earlyRates.higher - earlyRates.lower >= rates.higher - rates.lower;
  // One object each for the life of the assessment: `bill` must not allocate.
  const year: { -readonly [K in keyof AllowanceYear]: number } = { gains: 0, losses: 0, broughtForward: 0, exemptAmount };
  const split = { early: 0, late: 0, free: 0, lateIsDearer: rates.higher >= earlyRates.higher } satisfies SplitYear;

  function read(results: Float64Array, carried: Float64Array): void {
    year.gains = results[columns.gains]! + results[columns.earlyGains]!;
    year.losses = -results[columns.losses]!;
    year.broughtForward = carried[columns.carriedLoss]!;
  }

  return {
    bill(results, carried) {
      read(results, carried);
      split.early = results[columns.earlyGains]!;
      split.late = results[columns.gains]!;
      split.free = year.losses + broughtForwardUsed(year) + exemptAmount;
      const early = taxableEarly(split);
      const late = taxableLate(split);
      const income = Math.max(0, results[columns.income]! - carried[columns.carriedIncomeLoss]!);
      const room = Math.max(0, terms.lowerRoom - income);
      const firstUse = Math.min(room, earlySavesMore ? early : late);
      const rest = Math.min(room - firstUse, earlySavesMore ? late : early);
      return tax(early, earlySavesMore ? firstUse : rest, earlyRates) + tax(late, earlySavesMore ? rest : firstUse, rates);
    },
    carry(results, carried) {
      read(results, carried);
      carried[columns.carriedLoss] = lossesCarriedForward(year);
    },
  };
}

/** @param atLower - part of the gain that falls into the lower band */
function tax(gain: number, atLower: number, { lower, higher }: BandRates): number {
  return lower * atLower + higher * (gain - atLower);
}
