import { defineStrategy, weightsParam, z } from 'kedge';

/**
 * The portfolio left alone. Without coins at the start it buys the target once; with coins it never trades, whatever the weights
 * drift to. It shows what every other strategy is paid, or pays, for acting.
 */
export default defineStrategy({
  name: 'hold',
  summary: 'Buy the target once and never trade again; with coins owned at the start, never trade at all.',
  params: z.object({ weights: weightsParam.optional() }),
  needs: ({ weights }, { target }) => ({ symbols: Object.keys(weights ?? target.weights) }),
  setup({ params, target, hasLots }) {
    let started = hasLots;
    return {
      onBar({ orders }) {
        if (started) return;
        started = true;
        orders.targetWeights(params.weights ?? target.weights, { tag: 'buy the target' });
      },
    };
  },
});
