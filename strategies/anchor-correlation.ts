import {
  anchorHedge,
  anchorNeeds,
  anchorParams,
  anchorSeries,
  anchoredBar,
  buyShortfalls,
  coinsIn,
  defineStrategy,
  firstOutside,
  meanCorrelation,
  targetNow,
  targetOf,
  targetParams,
  z,
  type Step,
} from 'kedge';

const DAYS = 90;

/**
 * The article's section 7.3: a Bitcoin hedge can stand in for the other coins only while they move with Bitcoin. At the start of each week
 * the mean correlation of the other coins with Bitcoin is looked at, weighted by their values. While it is high enough, the drift is
 * hedged on Bitcoin's perpetual alone. While it is not, or is unknown, the strategy falls back: to trading the coins, to a hedge on each
 * coin's own perpetual, or to nothing.
 */
export default defineStrategy({
  name: 'anchor-correlation',
  summary: 'Hedge with Bitcoin while the other coins move with it; fall back to spot, or to a hedge on each coin.',
  params: z.object({
    ...targetParams,
    ...anchorParams('matchBeta'),
    minCorrelation: z
      .number()
      .min(-1)
      .max(1)
      .default(0.6)
      .describe('mean correlation of the last 90 days under which Bitcoin is no stand-in'),
    minBeta: z.number().default(0).describe('mean beta to Bitcoin under which it is none either'),
    fallback: z
      .enum(['spot', 'twoLeg', 'none'])
      .default('spot')
      .describe('spot: trade the coins back to target; twoLeg: hedge each coin on its own perpetual; none: leave the drift'),
  }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    const needs = anchorNeeds(params, rule);
    return {
      ...needs,
      perpetuals: params.fallback === 'twoLeg' ? coinsIn(rule) : needs.perpetuals!,
      lookbackDays: Math.max(needs.lookbackDays ?? 0, DAYS + 1),
    };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const sides = { side: 'over', literal: (excess: number) => -excess } as const;
    const near = anchorHedge(params, aim, sides);
    const apart = anchorHedge({ ...params, objective: 'twoLeg' }, aim, sides);
    const anchor = anchorSeries(aim);
    const others = Object.keys(aim.weights).filter((symbol) => symbol !== anchor);
    const nearBar = anchoredBar(near, (step) => targetNow(aim, step), hasLots);
    let isNear: boolean | null = null;
    let started = hasLots;

    const movesWithBitcoin = (step: Step): boolean => {
      const { correlation, beta } = meanCorrelation(step, others, anchor, DAYS);
      return correlation >= params.minCorrelation && beta >= params.minBeta;
    };

    const fallBack = (step: Step): void => {
      const rule = targetNow(aim, step);
      if (params.fallback === 'twoLeg') {
        const { legs, isDone } = apart.follow(step, rule);
        if (!isDone) buyShortfalls(step, rule, legs, false);
      } else if (params.fallback === 'spot' && firstOutside(step, rule) !== null) {
        step.orders.targetWeights(rule.weights, { tag: 'Bitcoin is no stand-in for the others: trade back to target' });
      }
    };

    return {
      onBar(step) {
        const was = isNear;
        if (isNear === null || step.market.isBoundary('week')) isNear = movesWithBitcoin(step);
        if (!started || (isNear && was !== false)) {
          started = true;
          nearBar(step);
        } else if (isNear) {
          // Legs on other coins go first; the Bitcoin hedge finds its size from the next bar on.
          apart.close(step, targetNow(aim, step), 'Bitcoin can stand in for the others again');
        } else if (was === true && params.fallback !== 'twoLeg') {
          near.close(step, targetNow(aim, step), 'Bitcoin is no stand-in for the others');
        } else {
          fallBack(step);
        }
      },
    };
  },
});
