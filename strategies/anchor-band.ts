import { anchorHedge, anchorNeeds, anchorParams, anchoredBar, defineStrategy, targetNow, targetOf, targetParams, z } from 'kedge';

/**
 * The article's section 5: when Bitcoin has grown past its band, the coins stay and the excess is hedged with a short of the same
 * size on the Bitcoin perpetual. The hedge follows the excess and is closed when the weight has come back within half the band.
 *
 * Coins are sold only where the exit says so (margin calls may force it). Where there are none at the start the target is bought. From
 * then on what has fallen under its band is bought with spare cash: what exceeds both the hedge's whole notional, kept as its margin,
 * and the cash that the target leaves. Where coins are owned at the start, the first decision buys whatever is under its target.
 */
export default defineStrategy({
  name: 'anchor-band',
  summary: 'Keep the coins; short the Bitcoin perpetual against what Bitcoin weighs beyond its target.',
  params: z.object({
    ...targetParams,
    ...anchorParams('btcWeight'),
    twoSided: z.boolean().default(false).describe('also hedge Bitcoin under its target, by a long'),
  }),
  needs: (params, { target }) => anchorNeeds(params, targetOf(params, target)),
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const hedge = anchorHedge(params, aim, { side: params.twoSided ? 'both' : 'over', literal: (excess) => -excess });
    return { onBar: anchoredBar(hedge, (step) => targetNow(aim, step), hasLots) };
  },
});
