import { DAY } from '../../core/time.ts';
import type { MarketView } from '../types.ts';
import type { Indicator } from './indicator.ts';

/** An indicator that keeps up with one symbol of the market. */
export interface Followed<Value> {
  /** What `needs` must ask for, so that the first reading is warm: `lookbackDays` or `lookbackBars`. */
  readonly lookback: { readonly lookbackDays?: number; readonly lookbackBars?: number };
  /** The indicator's value at the current bar; null while history is shorter than the warm-up. */
  read(market: MarketView): Value | null;
}

/**
 * Feeds an indicator with a symbol's marks, bar by bar or once per UTC day, however seldom it is read: what has closed since the last
 * reading is fed first, and before the first reading exactly the warm-up. So a run does not depend on how much look-back there is.
 *
 * @param every - `day`: the marks at 00:00 UTC, whatever the bars are
 */
export function follow<Value>(indicator: Indicator<Value>, symbol: string, every: 'bar' | 'day' = 'day'): Followed<Value> {
  const { warmup } = indicator;
  let fedTo = -1;
  let fed = 0;

  const feed = (market: MarketView): void => {
    const perValue = every === 'day' ? DAY / market.step : 1;
    const marks = market.marks(symbol, fedTo < 0 ? warmup * perValue : market.bar - fedTo);
    const opened = market.time - marks.length * market.step;
    for (let i = 0; i < marks.length; i++) {
      const isDue = every === 'bar' || (opened + (i + 1) * market.step) % DAY === 0;
      // A mark of 0 is one from before the first trade.
      if (!isDue || marks[i] === 0) continue;
      indicator.add(marks[i]!);
      fed++;
    }
    fedTo = market.bar;
  };

  return {
    lookback: every === 'day' ? { lookbackDays: warmup } : { lookbackBars: warmup },
    read(market) {
      if (market.bar !== fedTo) feed(market);
      return fed < warmup ? null : indicator.value;
    },
  };
}
