import {
  bandOfEquity,
  defineStrategy,
  describeDrift,
  isOutside,
  nextHedge,
  purchasesWithin,
  targetOf,
  targetParams,
  weightHedge,
  z,
  type Step,
} from 'kedge';

const ANCHOR = 'BTC';
/** Free margin that covers less than this share of a change counts as lacking: the order would be cut to little, bar after bar. */
const LEAST_COVER = 0.1;

/**
 * The article's section 5: when Bitcoin has grown past its band, the coins stay and the excess is hedged with a short of the same
 * size on the Bitcoin perpetual. The hedge follows the excess and is closed when the weight has come back within half the band.
 *
 * This strategy never sells coins (margin calls may force it). Where there are none at the start it buys the target. From then on
 * what has fallen under its band is bought with spare cash: what exceeds both the hedge's whole notional, kept as its margin, and the
 * cash that the target leaves. Where coins are owned at the start, the first decision buys whatever is under its target in that way.
 */
export default defineStrategy({
  name: 'anchor-band',
  summary: 'Keep the coins; short the Bitcoin perpetual against what Bitcoin weighs beyond its target.',
  params: z.object({
    ...targetParams,
    objective: z.enum(['btcWeight']).default('btcWeight').describe('btcWeight: short what Bitcoin weighs beyond its target'),
    rehedge: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe('change of the wanted notional, as a share of equity, that re-sizes the hedge; default: half the band'),
    twoSided: z.boolean().default(false).describe('also hedge Bitcoin under its target, by a long'),
  }),
  needs: (params, { target }) => ({ symbols: Object.keys(targetOf(params, target).weights), perpetuals: [ANCHOR] }),
  setup({ params, target, hasLots }) {
    const rule = targetOf(params, target);
    const weight = rule.weights[ANCHOR];
    if (weight === undefined) throw new Error(`the target has no weight for ${ANCHOR}, which the hedge is anchored on`);
    const rehedge = params.rehedge ?? bandOfEquity(weight, rule) / 2;
    const hedgeRule = { ...rule, rehedge, twoSided: params.twoSided };
    const cashWeight = 1 - Object.values(rule.weights).reduce((sum, want) => sum + want, 0);
    let decided = false;
    let asked = 0;

    /** Orders the hedge where it must change; returns the notional that needs margin from now on. */
    const hedge = ({ portfolio, orders }: Step, perpetual: string): number => {
      const { equity } = portfolio;
      const value = portfolio.value(ANCHOR);
      const held = portfolio.value(perpetual);
      const next = nextHedge({ value, weight, equity, wanted: weightHedge({ value, weight }, equity), held }, hedgeRule);
      if (next === null) return held;
      const grows = Math.abs(next) > Math.abs(held);
      const lacksMargin = grows && portfolio.freeMargin < LEAST_COVER * Math.abs(next - held);
      // Without margin the same wish is not repeated at every bar, only once it has changed by a re-hedge.
      if (lacksMargin && Math.abs(next - asked) <= rehedge * equity) return next;
      asked = next;
      const tag = next === 0 ? `${ANCHOR} needs no hedge` : describeDrift(portfolio, ANCHOR, weight);
      orders.targetNotional(perpetual, next, { tag });
      return next;
    };

    /** Spends spare cash on coins that are short; less than a re-hedge is not worth a trade. */
    const buy = (
      { market, portfolio, orders }: Step,
      spendable: number,
      isShort: (symbol: string, want: number) => boolean,
    ): void => {
      if (spendable <= rehedge * portfolio.equity) return;
      const short = Object.entries(rule.weights).filter(([symbol, want]) => isShort(symbol, want));
      for (const { symbol, quantity } of purchasesWithin(spendable, Object.fromEntries(short), portfolio, market)) {
        orders.target(symbol, portfolio.quantity(symbol) + quantity, { tag: `${symbol} under its target` });
      }
    };

    return {
      onBar(step) {
        const { market, portfolio, orders } = step;
        const first = !decided;
        decided = true;
        if (first && !hasLots) {
          orders.targetWeights(rule.weights, { tag: 'buy the target' });
          return;
        }
        const perpetual = market.perpetual(ANCHOR);
        if (perpetual === null) return;
        const notional = hedge(step, perpetual);
        const { cash, equity } = portfolio;
        const balance = Math.min(cash, cash + portfolio.unrealizedGain(perpetual));
        const reserve = Math.max(Math.abs(notional), cashWeight * equity);
        buy(step, balance - reserve, (symbol, want) => {
          // A long hedge stands in for the coins already.
          if (symbol === ANCHOR && notional > 0) return false;
          return first || isOutside(portfolio.value(symbol), equity, want, rule);
        });
      },
    };
  },
});
