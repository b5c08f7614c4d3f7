import { DAY, YEAR } from '../../core/time.ts';

/** An excess that can be sold now, or hedged for a while and sold then. Amounts in account currency. */
export interface Dilemma {
  /** Value of the excess, > 0. */
  readonly excess: number;
  readonly taxNow: number;
  /** Of the same sale at the end of the hedge. */
  readonly taxLater: number;
  /** Cost of selling the coins and buying others with them, as a share of the excess: both ways pay it, now or then. */
  readonly spotCost: number;
  /** Cost of one order on the contract, as a share of its notional: paid twice, or once where the hedge is open already. */
  readonly contractCost: number;
  readonly isOpen: boolean;
  /** Yearly cost of the hedge by funding or basis, as a share of its notional; negative: it is paid for. */
  readonly carry: number;
  /** Initial margin as a share of the notional. */
  readonly margin: number;
  /** Yearly value of money: on the margin that is tied up and on the tax that is put off. */
  readonly capitalCost: number;
}

/** What both ways cost. */
export interface BothPrices {
  readonly sell: number;
  readonly hedge: number;
}

/**
 * Prices both ways: selling now costs its tax and the spot trades; hedging for `days` costs the contract's orders, its carry, the value of
 * its margin, and the tax and trades of the sale that comes in the end, worth that much less today.
 */
export function priceBothWays(dilemma: Dilemma, days: number): BothPrices {
  const { excess, taxNow, taxLater, spotCost, contractCost, isOpen, carry, margin, capitalCost } = dilemma;
  const years = (days * DAY) / YEAR;
  const orders = excess * contractCost;
  const later = (taxLater + spotCost * excess) / (1 + capitalCost * years);
  return {
    // A hedge that is open is closed either way.
    sell: taxNow + spotCost * excess + (isOpen ? orders : 0),
    hedge: later + (isOpen ? 1 : 2) * orders + excess * years * (carry + margin * capitalCost),
  };
}

/**
 * The yearly carry at which both ways cost the same when the hedge lasts `days`: one that costs more makes selling cheaper.
 *
 * @returns share of the notional per year; null for no days
 */
export function breakEvenCarry(dilemma: Dilemma, days: number): number | null {
  if (!(days > 0)) return null;
  const { sell, hedge } = priceBothWays({ ...dilemma, carry: 0 }, days);
  return (sell - hedge) / (dilemma.excess * ((days * DAY) / YEAR));
}

/**
 * The days after which the hedge has cost what selling now costs; null where it never does, 0 where it does at once.
 */
export function breakEvenDays(dilemma: Dilemma): number | null {
  const MOST = 100 * 365.25;
  const gap = (days: number): number => {
    const { sell, hedge } = priceBothWays(dilemma, days);
    return sell - hedge;
  };
  if (gap(0) <= 0) return 0;
  if (gap(MOST) > 0) return null;
  // The gap falls from its start to its end through one zero: halving finds it.
  let [low, high] = [0, MOST];
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2;
    if (gap(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
