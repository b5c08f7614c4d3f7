import type { Assessment } from '../regime.ts';
import type { Scale } from './same-year.ts';

/** A basket of its own: a net loss reduces only its own later gains, without limit in years. */
export interface RingFenced {
  /** Class of the results. */
  readonly column: number;
  /** Carried column of the loss. */
  readonly loss: number;
  /** Of the year's result after losses, what is free: losses come first, even where that wastes it. */
  readonly allowance: number;
  readonly tax: Scale;
}

/** What is taxable of a year's gains, its losses and losses brought forward; all ≥ 0, one currency. */
export function ringFencedBase(gains: number, losses: number, allowance: number): number {
  return Math.max(0, gains - losses - allowance);
}

/**
 * Losses that a yearly cap lets through.
 *
 * @param losses - of the year and brought forward together, ≥ 0
 * @param cap - Infinity: none
 * @see section 20(6) sentence 5 EStG of 2021 (20,000 EUR a year on losses of derivatives), repealed by the Annual Tax Act 2024
 */
export function cappedLoss(losses: number, gains: number, cap: number): number {
  return Math.min(losses, gains, cap);
}

/** Results of one column with losses carried forward. */
export function ringFenced({ column, loss, allowance, tax }: RingFenced): Assessment {
  return {
    bill: (results, carried) => tax(ringFencedBase(results[column]!, carried[loss]!, allowance)),
    carry(results, carried) {
      carried[loss] = Math.max(0, carried[loss]! - results[column]!);
    },
  };
}
