/** Hours between settlements; they fall at 00:00, 08:00 and 16:00 UTC. */
export const SETTLEMENT_HOURS = 8;

/** Interest for 8 hours, half-width of the band inside which it is the rate, and bounds of the rate. */
const INTEREST = 0.0001;
const BAND = 0.0005;
const BOUND = 0.003;

/**
 * Funding rate for 8 hours from the average premium P of those hours: P + clamp(interest − P, ±0.05 %), within ±0.30 %.
 *
 * @see Binance, "Introduction to Binance Futures funding rates": interest 0.01 %, band 0.05 %; the bounds are those that
 *   BTCUSDT prints of 2020 to 2026 kept (read 2026-11)
 */
export function fundingRate(premium: number): number {
  const rate = premium + clamp(INTEREST - premium, BAND);
  return clamp(rate, BOUND);
}

function clamp(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}
