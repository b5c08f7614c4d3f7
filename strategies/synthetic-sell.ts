import { anchorHedge, anchorNeeds, anchorParams, anchoredBar, defineStrategy, targetNow, targetOf, targetParams, z } from 'kedge';

/**
 * The article's scenario 1 (section 3.1): Bitcoin has fallen under its target, so alternative coins weigh too much. Instead of selling
 * them, Bitcoin is shorted by the value that is missing. In weights this goes the wrong way: of 40/60 with a short of 10 points is
 * left 30/60. It is right for the BTC beta of the target only where the other coins' beta is over 1, in size only at 2; that is what
 * `objective: matchBeta` measures, and `twoLeg` shorts the coins that are over.
 */
export default defineStrategy({
  name: 'synthetic-sell',
  summary: 'Bitcoin under its target: short it by what is missing, in place of selling the other coins.',
  params: z.object({ ...targetParams, ...anchorParams('literal') }),
  needs: (params, { target }) => anchorNeeds(params, targetOf(params, target)),
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const hedge = anchorHedge(params, aim, { side: 'under', literal: (excess) => excess });
    return { onBar: anchoredBar(hedge, (step) => targetNow(aim, step), hasLots) };
  },
});
