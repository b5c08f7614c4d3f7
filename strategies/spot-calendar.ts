import { CALENDAR_UNITS, defineStrategy, targetLookback, targetNow, targetOf, weightsParam, z } from 'kedge';

/**
 * Rebalancing by the calendar: at the run's first bar and at the first close at or after each boundary (00:00 UTC; weeks start on
 * Monday) every coin is brought to its target weight, however far it has drifted.
 */
export default defineStrategy({
  name: 'spot-calendar',
  summary: 'Trade every coin back to its target weight at the start of each day, week, month, quarter or year.',
  params: z.object({
    weights: weightsParam.optional(),
    every: z.enum(CALENDAR_UNITS).default('month').describe('how often: at each boundary of this unit, 00:00 UTC'),
  }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    return { symbols: Object.keys(rule.weights), lookbackDays: targetLookback(rule) };
  },
  setup({ params, target }) {
    const rule = targetOf(params, target);
    const { every } = params;
    return {
      wake: { kind: 'calendar', every },
      onBar(step) {
        step.orders.targetWeights(targetNow(rule, step).weights, { tag: `start of the ${every}` });
      },
    };
  },
});
