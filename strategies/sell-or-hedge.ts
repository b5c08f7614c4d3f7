import {
  ANCHOR,
  anchorSeries,
  bandOfEquity,
  carryParams,
  daysToLongTerm,
  defineStrategy,
  describeDrift,
  firstOutside,
  fundingPerYear,
  futureFor,
  hedgeDesk,
  isHedgeWanted,
  isResizeWanted,
  listedPerpetual,
  priceBothWays,
  sellExcess,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
  taxedShareOfExcess,
  z,
  type HedgeLeg,
  type Step,
  type TargetRule,
} from 'kedge';

const DAY = 86_400_000;

/**
 * Sells where selling is cheaper and hedges where hedging is. When Bitcoin has grown past its band, both ways are priced: the tax of a
 * sale now and its costs; against a short of the same size until the lots turn long-term, with what funding has cost or brought lately, or the basis of a dated future,
 * the fees of opening and closing, the margin it ties up, and the tax and costs of the sale that comes in the end. The cheaper is
 * done, and the tag has both prices. An open hedge is priced anew at the start of each week. A drift that no Bitcoin contract can stand in
 * for is traded while no hedge is open.
 */
export default defineStrategy({
  name: 'sell-or-hedge',
  summary: 'Price a sale against a hedge each time, and take the cheaper.',
  params: z.object({
    ...targetParams,
    contract: z
      .enum(['perpetual', 'dated'])
      .default('perpetual')
      .describe('perpetual: priced by the funding of fundingDays; dated: the future that outlives the wait, priced by its basis'),
    fundingDays: z.number().int().min(1).max(730).default(90).describe('days of funding that are taken for what is to come'),
    horizonDays: z
      .number()
      .positive()
      .max(3_650)
      .default(365)
      .describe('days that a hedge is priced for where the regime knows no long-term class'),
    capitalCost: z
      .number()
      .min(0)
      .max(1)
      .default(0.04)
      .describe('yearly value of money: on the margin that is tied up and on the tax that is put off'),
    leverage: carryParams.leverage,
    collateral: carryParams.collateral,
  }),
  needs({ collateral, contract, fundingDays, ...params }, { target }) {
    const rule = targetOf(params, target);
    return {
      symbols: Object.keys(rule.weights),
      ...(contract === 'dated' ? { futures: [ANCHOR] } : { perpetuals: [ANCHOR] }),
      lookbackDays: Math.max(fundingDays, targetLookback(rule)),
      lots: 'hifo',
      ...(collateral !== undefined && { collateral }),
    };
  },
  setup({ params, target, hasLots }) {
    const aim = targetOf(params, target);
    const anchor = anchorSeries(aim);
    const { fundingDays, horizonDays, capitalCost, leverage } = params;
    const rehedge = bandOfEquity(aim.weights[anchor]!, aim) / 2;
    const desk = hedgeDesk({ rehedge, leverage });
    let started = hasLots;

    /** Value of what Bitcoin weighs beyond its target, and the days until it can be sold long-term. */
    const excessOf = ({ market, portfolio }: Step, rule: TargetRule) => {
      const price = market.mark(anchor);
      const excess = portfolio.value(anchor) - rule.weights[anchor]! * portfolio.equity;
      const days = daysToLongTerm(portfolio, anchor, excess / price, price, market.time) ?? horizonDays;
      return { excess, quantity: excess / price, days };
    };

    /** The contract that carries the hedge, or would, and what a year of it costs as a share of the notional; null: there is none. */
    const contractOf = (step: Step, rule: TargetRule): { symbol: string; carry: number } | null => {
      const { market, portfolio } = step;
      if (params.contract === 'perpetual') {
        const perpetual = listedPerpetual(market, ANCHOR);
        if (perpetual === null) return null;
        const funding = fundingPerYear(market, perpetual, fundingDays);
        return { symbol: perpetual, carry: Number.isNaN(funding) ? 0 : -funding };
      }
      const listed = market.futures(ANCHOR);
      const held = listed.find(({ symbol }) => portfolio.quantity(symbol) !== 0);
      const future = held ?? futureFor(listed, 0, market.time + excessOf(step, rule).days * DAY);
      return future === null
        ? null
        : { symbol: future.symbol, carry: Number.isNaN(future.annualisedBasis) ? 0 : -future.annualisedBasis };
    };

    /** Both prices of Bitcoin's excess. */
    const priced = (step: Step, rule: TargetRule, contract: { symbol: string; carry: number }) => {
      const { market, portfolio } = step;
      const { excess, quantity, days } = excessOf(step, rule);
      const others = Object.keys(rule.weights).filter((symbol) => symbol !== anchor);
      const buying = others.reduce((sum, symbol) => sum + market.tradingCost(symbol), 0) / Math.max(1, others.length);
      const taxed = quantity * taxedShareOfExcess(step, rule);
      const prices = priceBothWays(
        {
          excess,
          taxNow: portfolio.taxIfSold(anchor, taxed),
          taxLater: portfolio.taxIfSoldLongTerm(anchor, taxed),
          spotCost: market.tradingCost(anchor) + buying,
          contractCost: market.tradingCost(contract.symbol),
          isOpen: portfolio.quantity(contract.symbol) !== 0,
          carry: contract.carry,
          margin: 1 / (leverage ?? portfolio.leverage),
          capitalCost,
        },
        days,
      );
      const tag = `${describeDrift(portfolio, anchor, rule.weights[anchor]!)}: selling costs ${prices.sell.toFixed(2)}, hedging ${days.toFixed(0)} days ${prices.hedge.toFixed(2)}`;
      return { excess, tag, isSaleCheaper: prices.sell <= prices.hedge };
    };

    /** What no Bitcoin contract stands in for. */
    const trade = (step: Step, rule: TargetRule): void => {
      const drifted = firstOutside(step, rule);
      if (drifted === null) return;
      const drift = describeDrift(step.portfolio, drifted, rule.weights[drifted]!);
      sellExcess(step, rule, `${drift}: no Bitcoin contract stands in for that`);
    };

    return {
      onBar(step) {
        const { market, portfolio, orders } = step;
        const rule = targetNow(aim, step);
        if (!started) {
          started = true;
          orders.targetWeights(rule.weights, { tag: 'buy the target' });
          return;
        }
        const contract = contractOf(step, rule);
        if (contract === null) {
          trade(step, rule);
          return;
        }
        const { equity } = portfolio;
        const held: HedgeLeg = { base: ANCHOR, contract: contract.symbol, notional: portfolio.value(contract.symbol) };
        const isOpen = held.notional !== 0;
        const close = (tag: string): void => {
          if (isOpen) desk.trade(step, { ...held, notional: 0 }, tag);
        };

        const coin = { value: portfolio.value(anchor), weight: rule.weights[anchor]! };
        if (isHedgeWanted([coin], equity, { ...rule, side: 'over' }, isOpen)) {
          const wanted = coin.weight * equity - coin.value;
          const isDue = !isOpen || isResizeWanted(wanted, held.notional, equity, rehedge) || market.isBoundary('week');
          if (!isDue) return;
          const { tag, isSaleCheaper } = priced(step, rule, contract);
          if (isSaleCheaper) {
            sellExcess(step, rule, tag);
            close(tag);
          } else if (isResizeWanted(wanted, held.notional, equity, isOpen ? rehedge : 0)) {
            desk.trade(step, { ...held, notional: wanted }, tag);
          }
          return;
        }
        if (isOpen) {
          close(`${ANCHOR} needs no hedge`);
          return;
        }
        trade(step, rule);
      },
    };
  },
});
