import {
  anchorHedge,
  anchorNeeds,
  anchorParams,
  anchoredBar,
  CALENDAR_UNITS,
  defineStrategy,
  equalRiskShares,
  inverseVolatilityShares,
  targetOf,
  targetParams,
  z,
  type MarketView,
  type TargetRule,
} from 'kedge';

/**
 * The article's section 7.1: a coin that moves three times as much should weigh less for the same risk. What the target invests is shared
 * anew at each boundary, by inverse volatility or so that every coin contributes equally to the risk. The coins stay: as relative
 * volatility moves Bitcoin's weight, the hedge moves with it. While a volatility is unknown the target's own weights hold.
 */
export default defineStrategy({
  name: 'anchor-vol',
  summary: 'Weights by volatility; the Bitcoin hedge follows them, the coins stay.',
  params: z.object({
    ...targetParams,
    ...anchorParams('btcWeight'),
    twoSided: z.boolean().default(false).describe('also hedge Bitcoin under its weight, by a long'),
    risk: z
      .enum(['inverseVolatility', 'equalRisk'])
      .default('inverseVolatility')
      .describe(
        'inverseVolatility: shares by 1 / volatility; equalRisk: equal contributions to risk, which takes correlations too',
      ),
    volatilityDays: z.number().int().min(60).max(730).default(90).describe('days of returns that volatilities look back'),
    every: z.enum(CALENDAR_UNITS).default('month').describe('how often the weights are made anew'),
  }),
  needs(params, { target }) {
    const needs = anchorNeeds(params, targetOf(params, target));
    return { ...needs, lookbackDays: Math.max(needs.lookbackDays ?? 0, params.volatilityDays + 1) };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const coins = Object.keys(aim.weights);
    const invested = Object.values(aim.weights).reduce((sum, weight) => sum + weight, 0);
    const hedge = anchorHedge(params, aim, { side: params.twoSided ? 'both' : 'over', literal: (excess) => -excess });
    let rule: TargetRule = aim;

    const sharesOf = (market: MarketView): number[] | null => {
      const days = params.volatilityDays;
      const volatilities = coins.map((coin) => market.volatility(coin, days));
      if (params.risk === 'inverseVolatility') return inverseVolatilityShares(volatilities);
      const correlations = coins.map((a) => coins.map((b) => (a === b ? 1 : market.correlation(a, b, days))));
      return equalRiskShares(volatilities, correlations);
    };

    const ruleNow = (market: MarketView): TargetRule => {
      const shares = market.isBoundary(params.every) ? sharesOf(market) : null;
      if (shares !== null) rule = { ...aim, weights: Object.fromEntries(coins.map((coin, i) => [coin, invested * shares[i]!])) };
      return rule;
    };

    return { onBar: anchoredBar(hedge, ({ market }) => ruleNow(market), hasLots) };
  },
});
