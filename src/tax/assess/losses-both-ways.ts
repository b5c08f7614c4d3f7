import type { Assessment } from '../regime.ts';
import { carriedBack, rollBases } from './carry-back.ts';
import { aboveCliff } from './cliff.ts';

/** A basket whose losses go back to earlier years first and then forward, under an exemption limit. */
export interface LossesBothWays {
  /** Class of the results. */
  readonly column: number;
  /** Carried column of the loss that goes forward. */
  readonly loss: number;
  /** The first of `years` carried columns with what was taxed in earlier years, the latest first. */
  readonly bases: number;
  readonly years: number;
  /** A year's net gain below it is free; judged before losses of other years. 0: none. */
  readonly limit: number;
  /** Fraction; refunds use it too. */
  readonly rate: number;
}

/**
 * Results of one column at a flat rate: a net loss is carried back to what was taxed in the years before, the latest first, and refunded;
 * what finds no room goes forward without limit.
 */
export function lossesBothWays({ column, loss, bases, years, limit, rate }: LossesBothWays): Assessment {
  const span = { first: bases, years };
  return {
    bill(results, carried) {
      const net = results[column]!;
      if (net < 0) return -rate * carriedBack(-net, carried, bases, years);
      return rate * Math.max(0, aboveCliff(net, limit) - carried[loss]!);
    },
    carry(results, carried) {
      const net = results[column]!;
      const back = carriedBack(Math.max(0, -net), carried, bases, years);
      const taxable = aboveCliff(net, limit);
      const used = Math.min(taxable, carried[loss]!);
      carried[loss] = carried[loss]! - used + Math.max(0, -net) - back;
      rollBases(carried, span, back, taxable - used);
    },
  };
}
