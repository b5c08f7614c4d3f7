import {
  cashWeightOf,
  defineStrategy,
  describeDrift,
  firstOutside,
  purchasesWithin,
  quantityWithoutShortTermGain,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
  wakeOutside,
  z,
  type Portfolio,
} from 'kedge';

/**
 * Rebalancing by tolerance that minds the tax bill: the fair rival of hedging. Lots are sold dearest first (HIFO). Once a coin leaves
 * its band, coins over their targets are trimmed by what realises no short-term gain: lots at a loss, lots held long enough, and
 * whatever adds nothing to this year's bill. Short-term gains wait for the wider `taxedBand`; past it everything is brought to
 * target. Coins under their targets are bought with what the sales raise and with cash above its own target.
 */
export default defineStrategy({
  name: 'spot-tax-aware',
  summary: 'Rebalance by band, selling losses and long-term lots first; short-term gains only past a wider band.',
  params: z.object({
    ...targetParams,
    taxedBand: z
      .number()
      .positive()
      .max(2)
      .optional()
      .describe('drift past which short-term gains are taken; default: twice the band'),
  }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    return { symbols: Object.keys(rule.weights), lookbackDays: targetLookback(rule), lots: 'hifo' };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const cashWeight = cashWeightOf(aim);
    let started = hasLots;

    return {
      ...wakeOutside(aim),
      onBar(step) {
        const { market, portfolio, orders } = step;
        const rule = targetNow(aim, step);
        const taxedRule = { ...rule, band: params.taxedBand ?? 2 * rule.band };
        const { weights } = rule;
        if (!started) {
          started = true;
          orders.targetWeights(weights, { tag: 'buy the target' });
          return;
        }
        const symbol = firstOutside(step, taxedRule);
        if (symbol !== null) {
          orders.targetWeights(weights, { tag: `${describeDrift(portfolio, symbol, weights[symbol]!)}: gains or not` });
          return;
        }
        const drifted = firstOutside(step, rule);
        if (drifted === null) return;
        const tag = `${describeDrift(portfolio, drifted, weights[drifted]!)}: no short-term gains`;
        let spendable = portfolio.cash - cashWeight * portfolio.equity;
        for (const [held, weight] of Object.entries(weights)) {
          const price = market.mark(held);
          const quantity = trimmed(portfolio, held, weight, price);
          if (quantity === 0) continue;
          orders.target(held, portfolio.quantity(held) - quantity, { tag });
          spendable += quantity * price;
        }
        for (const buy of purchasesWithin(spendable, weights, portfolio, market)) {
          orders.target(buy.symbol, portfolio.quantity(buy.symbol) + buy.quantity, { tag });
        }
      },
    };
  },
});

/** Units over the target that can go without a short-term gain. */
function trimmed(portfolio: Portfolio, symbol: string, weight: number, price: number): number {
  const excess = (portfolio.value(symbol) - weight * portfolio.equity) / price;
  if (!(excess > 0)) return 0;
  if (portfolio.taxIfSold(symbol, excess) <= 0) return excess;
  return Math.min(excess, quantityWithoutShortTermGain(portfolio.lots(symbol), price));
}
