import {
  defineStrategy,
  describeDrift,
  edgeWeights,
  firstOutside,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
  toParam,
  wakeOutside,
  z,
} from 'kedge';

/**
 * Rebalancing by tolerance: as soon as one coin leaves its band, all coins are brought to their target weights. Taxes and costs play
 * no part in the decision; this is the naive selling that hedging is usually compared with.
 */
export default defineStrategy({
  name: 'spot-band',
  summary: 'Trade every coin back to its target weight, or inside its band, as soon as one of them has left it.',
  params: z.object({ ...targetParams, to: toParam }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    return { symbols: Object.keys(rule.weights), lookbackDays: targetLookback(rule) };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    let started = hasLots;
    return {
      ...wakeOutside(aim),
      onBar(step) {
        const { portfolio, orders } = step;
        const rule = targetNow(aim, step);
        if (!started) {
          started = true;
          orders.targetWeights(rule.weights, { tag: 'buy the target' });
          return;
        }
        const symbol = firstOutside(step, rule);
        if (symbol === null) return;
        const goal = params.to === 'edge' ? edgeWeights(rule, portfolio) : rule.weights;
        orders.targetWeights(goal, { tag: describeDrift(portfolio, symbol, rule.weights[symbol]!) });
      },
    };
  },
});
