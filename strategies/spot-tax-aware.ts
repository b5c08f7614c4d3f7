import {
  cashWeightOf,
  defineStrategy,
  describeDrift,
  edgeWeights,
  firstOutside,
  purchasesWithin,
  quantityToHarvest,
  quantityWithoutShortTermGain,
  shortfallOf,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
  toParam,
  wakeOutside,
  z,
  type Portfolio,
  type Step,
  type TargetRule,
} from 'kedge';

/**
 * Rebalancing by tolerance that minds the tax bill: the fair rival of hedging. Lots are sold dearest first (HIFO). Once a coin leaves
 * its band, coins over their targets are trimmed by what realises no short-term gain: lots at a loss, lots held long enough, and
 * whatever adds nothing to this year's bill. Short-term gains wait for the wider `taxedBand`; past it everything is brought to
 * target. Coins under their targets are bought with what the sales raise and with cash above its own target.
 *
 * From the start of each month losses are harvested, coin by coin, since one coin's loss leaves less of the bill for the next: lots that
 * lost enough and are not long-term yet are sold and bought back at once, where that saves more tax this year than it costs to trade, and
 * where the regime lets such a loss count. Their holding periods begin anew. Rebalancing comes first.
 */
export default defineStrategy({
  name: 'spot-tax-aware',
  summary: 'Rebalance by band, selling losses and long-term lots first; harvest losses; short-term gains only past a wider band.',
  params: z.object({
    ...targetParams,
    to: toParam,
    taxedBand: z
      .number()
      .positive()
      .max(2)
      .optional()
      .describe('drift past which short-term gains are taken; default: twice the band'),
    harvest: z
      .number()
      .min(0)
      .max(1)
      .default(0.2)
      .describe("loss, as a share of a lot's cost, from which it is harvested at the start of a month; 1: never"),
  }),
  needs(params, { target }) {
    const rule = targetOf(params, target);
    return { symbols: Object.keys(rule.weights), lookbackDays: targetLookback(rule), lots: 'hifo' };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const cashWeight = cashWeightOf(aim);
    const { harvest } = params;
    let started = hasLots;
    /** Coins whose losses are still to be looked at this month. */
    let unharvested: string[] = [];

    /** Sells what is over and free to go, and buys what is short; false where there is neither. */
    const trim = ({ market, portfolio, orders }: Step, goal: Readonly<Record<string, number>>, tag: string): boolean => {
      let isSelling = false;
      // What one coin's gains leave of an allowance is known when they are realised: the next coin waits for that.
      let mayAsk = true;
      const isTaxed = Object.keys(goal).some((coin) => portfolio.taxIfSold(coin, portfolio.quantity(coin)) > 0);
      const spare = portfolio.cash - cashWeight * portfolio.equity;
      // Where swaps are untaxed, what brings other coins is free to go, and none of it is kept as cash.
      let spendable = portfolio.swapsUntaxed ? Math.max(0, spare) : spare;
      let swappable = portfolio.swapsUntaxed ? shortfallOf(goal, portfolio, market) : 0;
      for (const [held, weight] of Object.entries(goal)) {
        if (!market.tradable(held)) continue;
        const price = market.mark(held);
        const { quantity, isAsking } = trimmed(portfolio, held, weight, price, swappable, mayAsk);
        if (quantity === 0) continue;
        mayAsk &&= !isAsking || !isTaxed;
        swappable = Math.max(0, swappable - quantity * price);
        orders.target(held, portfolio.quantity(held) - quantity, { tag });
        spendable += quantity * price;
        isSelling = true;
      }
      const purchases = purchasesWithin(spendable, goal, portfolio, market);
      for (const { symbol, quantity } of purchases) orders.target(symbol, portfolio.quantity(symbol) + quantity, { tag });
      return isSelling || purchases.length > 0;
    };

    /** Harvests the next coin that is worth it. */
    const harvestNext = ({ market, portfolio, orders }: Step): void => {
      for (let symbol = unharvested.shift(); symbol !== undefined; symbol = unharvested.shift()) {
        if (!market.tradable(symbol)) continue;
        const price = market.mark(symbol);
        const quantity = quantityToHarvest(portfolio, symbol, price, harvest, 2 * market.tradingCost(symbol));
        if (quantity === 0) continue;
        const tag = `harvest a loss of ${(-portfolio.taxIfSold(symbol, quantity)).toFixed(2)} in tax`;
        orders.market(symbol, -quantity, { tag });
        orders.market(symbol, quantity, { tag });
        return;
      }
    };

    /** Whether anything is traded. */
    const rebalance = (step: Step, rule: TargetRule): boolean => {
      const { portfolio, orders } = step;
      const near = firstOutside(step, rule);
      if (near === null) return false;
      const taxed = firstOutside(step, { ...rule, band: params.taxedBand ?? 2 * rule.band });
      const drifted = taxed ?? near;
      const goal = params.to === 'edge' ? edgeWeights(rule, portfolio) : rule.weights;
      const drift = describeDrift(portfolio, drifted, rule.weights[drifted]!);
      if (taxed === null) return trim(step, goal, `${drift}: no short-term gains`);
      orders.targetWeights(goal, { tag: `${drift}: gains or not` });
      return true;
    };

    return {
      ...(harvest === 1 ? wakeOutside(aim) : {}),
      onBar(step) {
        const rule = targetNow(aim, step);
        if (!started) {
          started = true;
          step.orders.targetWeights(rule.weights, { tag: 'buy the target' });
          return;
        }
        if (step.market.isBoundary('month') && step.portfolio.lossesCountAtOnce) unharvested = Object.keys(aim.weights);
        if (!rebalance(step, rule)) harvestNext(step);
      },
    };
  },
});

/**
 * Units over the goal that can go without a short-term gain, and whether that is so because this year's bill has room for one.
 *
 * @param swappable - value that is exchanged for other coins, untaxed
 * @param mayAsk - whether the bill may be asked
 */
function trimmed(
  portfolio: Portfolio,
  symbol: string,
  weight: number,
  price: number,
  swappable: number,
  mayAsk: boolean,
): { quantity: number; isAsking: boolean } {
  const excess = (portfolio.value(symbol) - weight * portfolio.equity) / price;
  if (!(excess > 0)) return { quantity: 0, isAsking: false };
  const swapped = Math.min(excess, swappable / price);
  const free = swapped + quantityWithoutShortTermGain(portfolio.lots(symbol), price, portfolio.lotMethod);
  if (free >= excess) return { quantity: excess, isAsking: false };
  const isAsking = mayAsk && portfolio.taxIfSold(symbol, excess - swapped) <= 0;
  return { quantity: isAsking ? excess : free, isAsking };
}
