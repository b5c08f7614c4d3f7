import { createRandom } from '../../core/random.ts';
import { HOUR } from '../../core/time.ts';
import { SAMPLE_HOURS, SAMPLE_START } from './calendar.ts';
import type { CoinPath } from './coin-path.ts';
import { fundingRate, SETTLEMENT_HOURS } from './funding.ts';
import { basis, hourlyCarry, quarterlies, type Quarterly } from './futures.ts';
import { trailingMood } from './mood.ts';
import { atPremium, type Path } from './path.ts';
import { hourlyPremium, movingAverage } from './premium.ts';

/** Hours over which the venue smooths the premium for the mark price. */
const MARK_HOURS = 4;

/** A coin's perpetual: where it trades, where it is marked, and what it pays. */
export interface Perpetual {
  readonly traded: Path;
  readonly mark: Path;
  readonly settlements: readonly Settlement[];
}

/** One funding settlement: rate as a fraction of notional, mark in quote currency. */
export interface Settlement {
  /** Hours from the sample's start. */
  readonly hour: number;
  readonly rate: number;
  readonly mark: number;
}

/** The perpetual of a coin. It first settles 8 hours into the sample and last at the sample's end. */
export function perpetual(seed: number, path: CoinPath): Perpetual {
  const { coin, spot } = path;
  const premium = hourlyPremium(createRandom(seed, `${coin.symbol}/premium`), path);
  const settled = movingAverage(premium, SETTLEMENT_HOURS);
  const mark = atPremium(spot, movingAverage(premium, MARK_HOURS));
  const settlements: Settlement[] = [];
  for (let hour = SETTLEMENT_HOURS; hour <= SAMPLE_HOURS; hour += SETTLEMENT_HOURS) {
    settlements.push({ hour, rate: fundingRate(settled[hour]!), mark: mark.points[hour]! });
  }
  return { traded: atPremium(spot, premium), mark, settlements };
}

/** A quarterly future of a coin. */
export interface Future extends Quarterly {
  /** Over the whole sample; the contract's bars are those of `firstDay` to `endDay`. */
  readonly traded: Path;
  /** Spot at the expiry; null when that lies after the sample. */
  readonly settlement: number | null;
}

/** The quarterly futures of a coin, by expiry; all of them share one carry. */
export function futures(seed: number, { coin, spot, usual }: CoinPath): Future[] {
  const carry = hourlyCarry(createRandom(seed, `${coin.symbol}/carry`), trailingMood(spot.points, usual));
  return quarterlies().map((contract) => {
    const settlement = spot.points[(contract.expiry - SAMPLE_START) / HOUR] ?? null;
    return { ...contract, settlement, traded: atPremium(spot, basis(carry, contract.expiry)) };
  });
}
