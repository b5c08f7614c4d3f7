import type { Cause } from '../tax/ledger.ts';
import type { ReportRun } from './view.ts';

/** What one coin or contract lost at one moment without the strategy asking for it, all its fills together. */
export interface ForcedTrade {
  /** UTC ms */
  readonly time: number;
  readonly symbol: string;
  /** Units (quote units for inverse contracts), positive. */
  readonly quantity: number;
  /** Mean price of the fills, by quantity. */
  readonly price: number;
  /** Account currency. */
  readonly value: number;
  readonly why: string;
}

/** Forced sales and liquidated positions of a run in order of time; none in lean records. */
export function forcedTrades({ result }: ReportRun): ForcedTrade[] {
  if (result.full === null) return [];
  const { fills, events } = result.full;
  const inverse = new Set(result.instruments.filter(({ contract }) => contract === 'inverse').map(({ symbol }) => symbol));
  const trades = new Map<
    string,
    { time: number; symbol: string; cause: Cause; tag: string; quantity: number; weighted: number }
  >();
  fills.cause.forEach((cause, index) => {
    if (cause !== 'forced' && cause !== 'liquidation') return;
    const [time, symbol, units] = [fills.time[index]!, fills.symbol[index]!, Math.abs(fills.quantity[index]!)];
    const tag = fills.tag[index]!;
    const key = `${time} ${symbol} ${cause} ${tag}`;
    const trade = trades.get(key) ?? { time, symbol, cause, tag, quantity: 0, weighted: 0 };
    trade.quantity += units;
    trade.weighted += units * fills.price[index]!;
    trades.set(key, trade);
  });
  return [...trades.values()].map(({ time, symbol, cause, tag, quantity, weighted }) => ({
    time,
    symbol,
    quantity,
    price: weighted / quantity,
    value: inverse.has(symbol) ? quantity : weighted,
    why: cause === 'liquidation' ? 'liquidated' : (BOUGHT[tag] ?? reason(events, time)),
  }));
}

/** Coins that were not sold but bought by force, by the tag the engine gives such fills. */
const BOUGHT: Readonly<Record<string, string>> = {
  'margin call': 'bought for the margin of its contracts',
  'coins owed': 'bought to pay what a contract took',
};

/** The need that a forced sale met: a margin call, a tax bill just paid, or cash below zero for another reason. */
function reason(events: NonNullable<ReportRun['result']['full']>['events'], time: number): string {
  if (events.some((event) => event.kind === 'margin-call' && event.time === time)) return 'margin call';
  const bar = events.find((event) => event.kind === 'shortfall' && event.time === time)?.bar;
  const taxed = bar !== undefined && events.some((event) => event.kind === 'tax' && bar - event.bar <= 1 && event.bar <= bar);
  return taxed ? 'tax bill beyond the cash at hand' : 'cash below zero';
}
