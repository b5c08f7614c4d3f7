import { defineStrategy, targetLookback, targetNow, targetOf, weightsParam, z } from 'kedge';

/**
 * The portfolio left alone. Without coins at the start it buys the target once; with coins it never trades, whatever the weights
 * drift to. It shows what every other strategy is paid, or pays, for acting.
 */
export default defineStrategy({
  name: 'hold',
  summary: 'Buy the target once and never trade again; with coins owned at the start, never trade at all.',
  params: z.object({ weights: weightsParam.optional() }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    return { symbols: Object.keys(rule.weights), lookbackDays: targetLookback(rule) };
  },
  setup({ params, target, hasLots }) {
    const rule = targetOf(params, target);
    let started = hasLots;
    return {
      onBar(step) {
        if (started) return;
        started = true;
        step.orders.targetWeights(targetNow(rule, step).weights, { tag: 'buy the target' });
      },
    };
  },
});
