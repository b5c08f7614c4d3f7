import { z } from 'zod';
import { follow } from '../indicators/follow.ts';
import { rateOfChange, simpleAverage } from '../indicators/indicator.ts';
import type { MarketView } from '../types.ts';
import { fundingPercentile, openInterestChange } from './sentiment.ts';

export const CONFIRMATIONS = ['none', 'trend', 'momentum', 'openInterest', 'funding'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** Parameters of a confirmation: spread them into `z.object`. */
export const confirmParams = {
  confirm: z
    .enum(CONFIRMATIONS)
    .default('none')
    .describe(
      'what must agree before a hedge is opened. trend: price under its mean for a short, over it for a long; momentum: price change ' +
        'of that sign; openInterest: positions have grown, so that the move is leveraged; funding: the last rate is in the upper half of ' +
        'its history for a short, which is paid then, in the lower half for a long',
    ),
  confirmDays: z.number().int().min(2).max(400).default(50).describe('days that the confirmation looks back'),
};

/** A condition on the anchor's market, and its reading in words. */
export interface Signal {
  readonly lookbackDays: number;
  /**
   * Whether a position of this sign is confirmed; an unknown reading confirms nothing.
   *
   * @param direction - −1 for a short, 1 for a long
   */
  confirms(direction: number, market: MarketView): boolean;
  /** `momentum −3.2 % in 50 days`; empty for none. */
  describe(market: MarketView): string;
}

/**
 * The confirmation that the parameters ask for, of one coin.
 *
 * @param series - spot series of the coin, whose marks tell trend and momentum; called as the coin unless given
 */
export function confirmation(
  { confirm, confirmDays: days }: z.output<z.ZodObject<typeof confirmParams>>,
  coin: string,
  series = coin,
): Signal {
  switch (confirm) {
    case 'none':
      return { lookbackDays: 0, confirms: () => true, describe: () => '' };
    case 'trend':
      return trendSignal(series, days);
    case 'momentum': {
      const change = follow(rateOfChange(days), series);
      return signalOf('momentum', days + 1, days, (market) => change.read(market) ?? NaN, 'sign');
    }
    case 'openInterest':
      return signalOf('open interest', days + 1, days, (market) => openInterestChange(market, coin, days), 'growth');
    case 'funding':
      return fundingSignal(coin, days);
    default:
      return confirm satisfies never;
  }
}

/** Whether a series stands over (for a long) or under (for a short) the mean of its daily marks. */
export function trendSignal(series: string, days: number): Signal {
  const mean = follow(simpleAverage(days), series);
  return signalOf('price to mean', days, days, (market) => market.mark(series) / (mean.read(market) ?? NaN) - 1, 'sign');
}

function signalOf(
  name: string,
  lookbackDays: number,
  days: number,
  read: (market: MarketView) => number,
  agrees: 'sign' | 'growth',
): Signal {
  return {
    lookbackDays,
    confirms(direction, market) {
      const reading = read(market);
      return (agrees === 'sign' ? direction * reading : reading) > 0;
    },
    describe(market) {
      const reading = 100 * read(market);
      return `${name} ${reading >= 0 ? '+' : ''}${reading.toFixed(1)}% in ${days} days`;
    },
  };
}

/** Whether the crowd is on the other side: a short is confirmed by funding in the upper half of its history, a long in the lower. */
function fundingSignal(coin: string, days: number): Signal {
  const read = (market: MarketView): number => {
    const perpetual = market.perpetual(coin);
    return perpetual === null ? NaN : fundingPercentile(market, perpetual, days);
  };
  return {
    lookbackDays: days,
    confirms: (direction, market) => direction * (0.5 - read(market)) > 0,
    describe: (market) => `funding at percentile ${(100 * read(market)).toFixed(1)} of ${days} days`,
  };
}
