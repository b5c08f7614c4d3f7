import {
  anchorHedge,
  anchorNeeds,
  anchorParams,
  anchorSeries,
  anchoredBar,
  defineStrategy,
  fundingPerYear,
  targetNow,
  targetOf,
  targetParams,
  z,
} from 'kedge';

/** Days of volatility that count as now, and as usual. */
const NOW_DAYS = 60;
const USUAL_DAYS = 365;
const FUNDING_DAYS = 3;

/**
 * The article's scenario 2 (section 3.2): Bitcoin has grown past its target, and instead of selling it for other coins it is bought
 * once more on the perpetual, since they are expected to follow it with a higher beta. The long ends when funding spikes or the market
 * has calmed, and its profit buys the coins that are short. It is BTC exposure, not theirs: if they stay where they are, their weight
 * goes on falling, though less than without. `matchBeta` gives the size that their beta asks for, `twoLeg` goes long on the coins.
 */
export default defineStrategy({
  name: 'synthetic-buy',
  summary: 'Bitcoin over its target: go long on it in place of buying the other coins; the profit buys them later.',
  params: z.object({
    ...targetParams,
    ...anchorParams('literal', 'profitToAlts'),
    spike: z.number().positive().default(0.5).describe('yearly funding of the last 3 days that ends the long'),
    calm: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('ends the long: volatility of 60 days under this share of the volatility of a year; 0: never'),
  }),
  needs(params, { target }) {
    const needs = anchorNeeds(params, targetOf(params, target));
    return { ...needs, lookbackDays: Math.max(needs.lookbackDays ?? 0, params.calm > 0 ? USUAL_DAYS + 1 : 0) };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const anchor = anchorSeries(aim);
    const hedge = anchorHedge(params, aim, {
      side: 'over',
      literal: (excess) => excess,
      endsWhen({ market }, [leg]) {
        if (fundingPerYear(market, leg!.contract, FUNDING_DAYS) > params.spike) return 'funding spikes';
        const isCalm = market.volatility(anchor, NOW_DAYS) < params.calm * market.volatility(anchor, USUAL_DAYS);
        return isCalm ? 'the market has calmed' : null;
      },
    });
    return { onBar: anchoredBar(hedge, (step) => targetNow(aim, step), hasLots) };
  },
});
