import { CALENDAR_UNITS, defineStrategy, weightsParam, z } from 'kedge';

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
  needs: ({ weights }, { target }) => ({ symbols: Object.keys(weights ?? target.weights) }),
  setup({ params: { weights, every }, target }) {
    return {
      wake: { kind: 'calendar', every },
      onBar({ orders }) {
        orders.targetWeights(weights ?? target.weights, { tag: `start of the ${every}` });
      },
    };
  },
});
