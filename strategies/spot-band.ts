import { defineStrategy, describeDrift, firstOutside, targetOf, targetParams, z } from 'kedge';

/**
 * Rebalancing by tolerance: as soon as one coin leaves its band, all coins are brought to their target weights. Taxes and costs play
 * no part in the decision; this is the naive selling that hedging is usually compared with.
 */
export default defineStrategy({
  name: 'spot-band',
  summary: 'Trade every coin back to its target weight as soon as one of them leaves its band.',
  params: z.object(targetParams),
  needs: (params, { target }) => ({ symbols: Object.keys(targetOf(params, target).weights) }),
  setup({ params, target, hasLots }) {
    const rule = targetOf(params, target);
    let started = hasLots;
    return {
      wake: { kind: 'outside', ...rule },
      onBar(step) {
        const { portfolio, orders } = step;
        if (!started) {
          started = true;
          orders.targetWeights(rule.weights, { tag: 'buy the target' });
          return;
        }
        const symbol = firstOutside(step, rule);
        if (symbol === null) return;
        orders.targetWeights(rule.weights, { tag: describeDrift(portfolio, symbol, rule.weights[symbol]!) });
      },
    };
  },
});
