/**
 * What the holder of a linear perpetual receives at a settlement: −quantity × mark × rate.
 *
 * A positive rate moves money from longs to shorts, so a short receives it. (The article this project tests has the sign of a
 * short in a heavily long market the other way round; every exchange settles as here.) Leverage plays no part.
 *
 * @param quantity - base units, negative for a short
 * @param mark - quote currency, at the settlement
 * @param rate - fraction of notional
 * @returns quote currency; negative is paid
 */
export function linearFunding(quantity: number, mark: number, rate: number): number {
  return -quantity * mark * rate;
}

/**
 * What the holder of an inverse perpetual receives at a settlement: −notional × rate / mark.
 *
 * @param notional - quote units, negative for a short
 * @returns coin; negative is paid
 */
export function inverseFunding(notional: number, mark: number, rate: number): number {
  return (-notional * rate) / mark;
}

/** One settlement of a perpetual. */
export interface FundingSettlement {
  /** UTC ms. */
  readonly time: number;
  readonly mark: number;
  /** Fraction of notional. */
  readonly rate: number;
}

/**
 * Which of the settlements that fall exactly on opening or closing a position count. The engine's own convention is `close`: an order
 * filled at a settlement's moment neither pays nor earns it, a position closed there does (accounting.md, section 1).
 */
export type FundingEnds = 'both' | 'open' | 'close' | 'neither';

/** Settlements that a position open from `opened` to `closed` takes part in, in their order. */
export function fundingBetween(
  events: readonly FundingSettlement[],
  opened: number,
  closed: number,
  ends: FundingEnds,
): readonly FundingSettlement[] {
  const withOpen = ends === 'both' || ends === 'open';
  const withClose = ends === 'both' || ends === 'close';
  return events.filter(
    ({ time }) => (time > opened || (withOpen && time === opened)) && (time < closed || (withClose && time === closed)),
  );
}

/** What a venue's funding formula reads; rates are fractions. */
export interface FundingFormula {
  /** Averaged premium index of the interval. */
  readonly premium: number;
  /** Interest term per 8 hours. */
  readonly interest: number;
  /** How far the interest term may stand from the premium before it is cut. */
  readonly clamp: number;
  readonly intervalHours: number;
  /** Bounds of the venue on the settled rate; default: none. */
  readonly cap?: number;
  readonly floor?: number;
}

/** Hours that premium and interest are quoted for. */
const QUOTED_HOURS = 8;

/**
 * Funding rate of one interval: `[premium + clamp(interest − premium, ±clamp)] / (8 / hours)`, then within the venue's bounds. Inside the
 * band it is exactly the interest term.
 *
 * @see Bybit help, "Introduction to Funding Rate"; Binance since 2025-09-18 (before, intervals under 8 hours used the undivided rate)
 */
export function fundingRate({
  premium,
  interest,
  clamp,
  intervalHours,
  cap = Infinity,
  floor = -Infinity,
}: FundingFormula): number {
  const rate = (premium + within(interest - premium, -clamp, clamp)) / (QUOTED_HOURS / intervalHours);
  return within(rate, floor, cap);
}

function within(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
