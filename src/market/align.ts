import type { Bars } from './bars.ts';
import type { Clock } from './rolling.ts';

/** Traded columns on a market's clock; NaN where nothing traded. */
export interface AlignedBars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN also where the file does not say. */
  readonly volume: Float64Array;
  /** How many of the file's bars each bar was put together from, and how many it takes to be whole. */
  readonly held: Uint16Array;
  readonly whole: number;
}

/**
 * Brings bars onto a clock of the same or a coarser step: first open, highest high, lowest low, last close, sum of volumes.
 *
 * @param bars - `clock.step` is a multiple of their step
 * @param until - bars that open at or after this moment are left out (delisting, expiry)
 */
export function alignBars(bars: Bars, clock: Clock, until = Infinity): AlignedBars {
  const column = () => new Float64Array(clock.length).fill(NaN);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  const held = new Uint16Array(clock.length);
  for (let row = 0; row < bars.opens.length; row++) {
    const moment = bars.opens[row]!;
    const bar = Math.floor((moment - clock.start) / clock.step);
    if (bar < 0) continue;
    if (bar >= clock.length || moment >= until) break;
    const traded = bars.volume[row]!;
    if (held[bar]!++ === 0) {
      open[bar] = bars.open[row]!;
      high[bar] = bars.high[row]!;
      low[bar] = bars.low[row]!;
      volume[bar] = traded;
    } else {
      high[bar] = Math.max(high[bar]!, bars.high[row]!);
      low[bar] = Math.min(low[bar]!, bars.low[row]!);
      if (!Number.isNaN(traded)) volume[bar] = (Number.isNaN(volume[bar]!) ? 0 : volume[bar]!) + traded;
    }
    close[bar] = bars.close[row]!;
  }
  return { open, high, low, close, volume, held, whole: clock.step / bars.step };
}

/** Valuation columns, as `Market` describes them, and how often a missing mark was taken from trades. */
export interface MarkColumns {
  readonly mark: Float64Array;
  readonly markOpen: Float64Array;
  readonly markHigh: Float64Array;
  readonly markLow: Float64Array;
  /** Bars of the period with trades but without a mark of the mark series; 0 where there is no mark series. */
  readonly fromTrades: number;
}

/**
 * Marks of every bar: the mark series where it has the bar, else the trades, else the last mark; 0 before the first trade.
 *
 * @param marks - aligned to the same clock; null: there is no mark series
 * @param first - the period's first bar
 */
export function markColumns(traded: AlignedBars, marks: AlignedBars | null, first: number): MarkColumns {
  const { length } = traded.close;
  const column = () => new Float64Array(length);
  const [mark, markOpen, markHigh, markLow] = [column(), column(), column(), column()];
  let fromTrades = 0;
  let last = 0;
  let listed = false;
  for (let bar = 0; bar < length; bar++) {
    const trades = !Number.isNaN(traded.close[bar]!);
    listed ||= trades;
    if (!listed) continue;
    const marked = marks !== null && !Number.isNaN(marks.close[bar]!);
    if (trades && marks !== null && !marked && bar >= first) fromTrades++;
    const source = marked ? marks : trades ? traded : null;
    mark[bar] = source ? source.close[bar]! : last;
    markOpen[bar] = source ? source.open[bar]! : last;
    markHigh[bar] = source ? source.high[bar]! : last;
    markLow[bar] = source ? source.low[bar]! : last;
    last = mark[bar]!;
  }
  return { mark, markOpen, markHigh, markLow, fromTrades };
}
