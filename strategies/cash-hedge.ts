import {
  ANCHOR,
  carryParams,
  coinOf,
  defineStrategy,
  drawdownFrom,
  hedgeDesk,
  listedPerpetual,
  minVarianceHedge,
  spotSeries,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
  trendSignal,
  z,
  type Portfolio,
  type Step,
} from 'kedge';

const DAY = 86_400_000;
const BETA_DAYS = 90;

/**
 * The article's scenario 3 (section 3.3): in a bearish market a share of the account is moved to cash synthetically, by a short on the
 * Bitcoin perpetual, and the coins stay. The article sizes the short as that share of the account, which takes out that share of a fall
 * only if the book moves one to one with Bitcoin; `size: portfolioBeta` measures how it does move. It says to close at the bottom, which
 * nobody knows: here the signal's end, a gain, a loss or a time closes it.
 *
 * Neither `objective` nor `exit` of the anchored strategies fits it: they answer to a drift from the target, by its size, and end when it is
 * gone or the excess is sold. Here there is no drift to answer to and nothing that is to be sold.
 */
export default defineStrategy({
  name: 'cash-hedge',
  summary: 'Short Bitcoin by a share of the account while the market is bearish; keep the coins.',
  params: z.object({
    weights: targetParams.weights,
    share: z.number().positive().max(1).default(0.2).describe('of the account that is to be moved to cash'),
    size: z
      .enum(['literal', 'portfolioBeta'])
      .default('literal')
      .describe('literal: that share of equity is shorted; portfolioBeta: that share of the BTC beta of the coins'),
    signal: z
      .enum(['trend', 'drawdown'])
      .default('trend')
      .describe('bearish is: Bitcoin under its mean of `days`; or down by `drawdown` from its high of `days`'),
    days: z.number().int().min(2).max(400).default(100).describe('days that the signal looks back'),
    drawdown: z.number().positive().max(1).default(0.2).describe('for the drawdown signal; half of it won back ends it'),
    takeProfit: z
      .number()
      .positive()
      .optional()
      .describe('gain that closes the short, as a share of its notional; default: none'),
    stopLoss: z.number().positive().optional().describe('loss that closes the short, as a share of its notional; default: none'),
    maxDays: z.number().positive().optional().describe('days after which the short is closed; default: none'),
    leverage: carryParams.leverage,
    collateral: carryParams.collateral,
  }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    const { size, days, collateral } = params;
    return {
      symbols: [...new Set([...Object.keys(rule.weights), spotSeries(rule, ANCHOR)])],
      perpetuals: [ANCHOR],
      lookbackDays: Math.max(days + 1, size === 'portfolioBeta' ? BETA_DAYS + 1 : 0, targetLookback(rule)),
      ...(collateral !== undefined && { collateral }),
    };
  },
  setup({ params, target, hasLots }) {
    const { share, size, days, leverage } = params;
    const aim = targetOf(params, target);
    const anchor = spotSeries(aim, ANCHOR);
    const trend = trendSignal(anchor, days);
    const desk = hedgeDesk({ rehedge: share / 2, leverage });
    let started = hasLots;
    let openedAt = NaN;
    // After a gain, a loss or a time has closed the short, the signal must end before it counts anew.
    let waits = false;

    const isBearish = ({ market }: Step, isOpen: boolean): boolean => {
      if (params.signal === 'trend') return trend.confirms(-1, market);
      return drawdownFrom(market, anchor, days) > (isOpen ? params.drawdown / 2 : params.drawdown);
    };

    const bearishTag = ({ market }: Step): string => {
      if (params.signal === 'trend') return `bearish: ${trend.describe(market)}`;
      return `bearish: ${(100 * drawdownFrom(market, anchor, days)).toFixed(1)}% under the high of ${days} days`;
    };

    /** Null while a beta is unknown. */
    const notionalOf = ({ market, portfolio }: Step): number | null => {
      if (size === 'literal') return -share * portfolio.equity;
      const assets = Object.keys(aim.weights).map((symbol) => ({
        value: portfolio.value(symbol),
        weight: 0,
        beta: coinOf(aim, symbol) === ANCHOR ? 1 : market.beta(symbol, BETA_DAYS),
      }));
      const whole = minVarianceHedge(assets, portfolio.equity);
      return whole === null ? null : share * whole;
    };

    /** Why an open short ends though the signal holds; null: it stays. */
    const exitReason = ({ market, portfolio }: Step, perpetual: string): string | null => {
      const gain = gainOf(portfolio, perpetual);
      const { takeProfit = Infinity, stopLoss = Infinity, maxDays = Infinity } = params;
      if (gain >= takeProfit) return `the short has gained ${(100 * gain).toFixed(1)}%`;
      if (gain <= -stopLoss) return `the short has lost ${(-100 * gain).toFixed(1)}%`;
      return market.time - openedAt >= maxDays * DAY ? `${maxDays} days are over` : null;
    };

    return {
      onBar(step) {
        const { market, portfolio, orders } = step;
        if (!started) {
          started = true;
          orders.targetWeights(targetNow(aim, step).weights, { tag: 'buy the target' });
          return;
        }
        const perpetual = listedPerpetual(market, ANCHOR);
        if (perpetual === null) return;
        const isOpen = portfolio.quantity(perpetual) !== 0;
        const bearish = isBearish(step, isOpen);
        waits &&= bearish;
        if (!isOpen) {
          const notional = bearish && !waits ? notionalOf(step) : null;
          if (notional === null) return;
          openedAt = market.time;
          desk.trade(step, { base: ANCHOR, contract: perpetual, notional }, bearishTag(step));
          return;
        }
        const reason = bearish ? exitReason(step, perpetual) : 'no longer bearish';
        if (reason === null) return;
        waits = bearish;
        desk.trade(step, { base: ANCHOR, contract: perpetual, notional: 0 }, reason);
      },
    };
  },
});

/** Of an open short, as a share of its notional at entry. */
function gainOf(portfolio: Portfolio, perpetual: string): number {
  const gain = portfolio.unrealizedGain(perpetual);
  return gain / (Math.abs(portfolio.value(perpetual)) + gain);
}
