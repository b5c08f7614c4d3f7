import { DAY } from '../../core/time.ts';
import type { MarketView, Needs, Step } from '../types.ts';
import type { AnchorParams } from './anchor-params.ts';
import { bandOfEquity, describeDrift, isOutside } from './band.ts';
import { describeCause, driftMemory } from './cause.ts';
import { ANCHOR, anchorSeries, coinOf, coinsIn, spotSeries } from './coins.ts';
import { confirmation } from './confirm.ts';
import { hedgeDesk, listedPerpetual, spareCash, unrealizedOf, type HedgeLeg } from './hedge-desk.ts';
import { isFreeToSell } from './lots.ts';
import { takesBeta, wantedLegs, type BookCoin } from './objective.ts';
import { isHedgeWanted, isResizeWanted, type HedgeSide } from './rehedge.ts';
import { carryCost } from './sentiment.ts';
import { purchasesWithin, shortfallOf } from './spending.ts';
import { cashWeightOf, targetLookback, type TargetRule } from './target.ts';

/** Days that betas look back (metrics.md, "Hedges"). */
const BETA_DAYS = 90;
/** Days over which the cost of carrying a hedge is judged. */
const CARRY_DAYS = 7;

export interface AnchorOptions {
  /** Which drifts are hedged. */
  readonly side: HedgeSide;
  /** The article's notional for what the anchor weighs beyond its target. */
  readonly literal: (excess: number) => number;
  /** The contract that hedges a coin now; null: none. Default: the perpetual that fits the account's collateral, once it has begun. */
  readonly contractOf?: (base: string, step: Step) => string | null;
  /** Yearly cost of a leg as a share of its notional, positive where it is paid. Default: by the funding of the last 7 days. */
  readonly carryOf?: (leg: HedgeLeg, market: MarketView) => number;
  /** Why a hedge of these legs should not be there, whatever the drift: it is closed, and not opened; null: nothing against it. */
  readonly endsWhen?: (step: Step, legs: readonly HedgeLeg[]) => string | null;
}

/** What a decision of the hedge leaves. */
export interface HedgeDecision {
  /** As they will be: what needs margin from now on. */
  readonly legs: readonly HedgeLeg[];
  /** Whether coins were traded with it, so that nothing else should be in this bar. */
  readonly isDone: boolean;
}

/** The hedge of an anchored strategy: one decision a bar. */
export interface AnchorHedge {
  /**
   * Opens, re-sizes or closes the hedge as objective, limits and exit ask.
   *
   * @param rule - the target with its weights of now
   */
  follow(step: Step, rule: TargetRule): HedgeDecision;
  /** Closes whatever is open. */
  close(step: Step, rule: TargetRule, tag: string): void;
  /** Sells what is over its target, buys what is short, and closes the hedge. */
  sell(step: Step, rule: TargetRule, tag: string): void;
}

/** What an anchored strategy needs from the market. */
export function anchorNeeds(params: AnchorParams, rule: TargetRule): Needs {
  const { objective, collateral } = params;
  return {
    symbols: Object.keys(rule.weights),
    perpetuals: objective === 'twoLeg' ? coinsIn(rule) : [ANCHOR],
    lookbackDays: Math.max(
      takesBeta(objective) ? BETA_DAYS + 1 : 0,
      confirmation(params, ANCHOR).lookbackDays,
      targetLookback(rule),
    ),
    ...(collateral !== undefined && { collateral }),
  };
}

/**
 * A hedge with the anchor's contracts that keeps the coins (metrics.md, "Hedges"; the article's section 5).
 *
 * It opens when the coin has left its band on the hedged side, its cost of carry is within `maxCarry` and the confirmation agrees; it is
 * re-sized as the objective asks, and closed when the drift is back within half the band, or by its exit.
 */
export function anchorHedge(params: AnchorParams, aim: TargetRule, options: AnchorOptions): AnchorHedge {
  const { objective, exit } = params;
  const { side, literal, endsWhen = () => null } = options;
  const { contractOf = (base, { market }) => listedPerpetual(market, base), carryOf = fundingCost } = options;
  const anchor = anchorSeries(aim);
  const halfBand = bandOfEquity(aim.weights[anchor]!, aim) / 2;
  // The article opens its hedge once and waits.
  const rehedge = params.rehedge ?? (objective === 'literal' ? Infinity : halfBand);
  const desk = hedgeDesk({ rehedge: params.rehedge ?? halfBand, leverage: params.leverage });
  const signal = confirmation(params, ANCHOR, anchor);
  const symbols = Object.keys(aim.weights);
  const memory = driftMemory(symbols);
  let openedAt = NaN;

  const bookOf = ({ market, portfolio }: Step, { weights }: TargetRule): BookCoin[] =>
    symbols.map((symbol) => ({
      symbol: coinOf(aim, symbol),
      value: portfolio.value(symbol),
      weight: weights[symbol]!,
      beta: !takesBeta(objective) ? NaN : symbol === anchor ? 1 : market.beta(symbol, BETA_DAYS),
    }));

  const heldLegs = (step: Step): HedgeLeg[] =>
    (objective === 'twoLeg' ? coinsIn(aim) : [ANCHOR]).flatMap((base) => {
      const contract = contractOf(base, step);
      return contract === null ? [] : [{ base, contract, notional: step.portfolio.value(contract) }];
    });

  const carryLimit = ({ market }: Step, legs: readonly HedgeLeg[]): string | null => {
    const { maxCarry } = params;
    if (maxCarry === undefined) return null;
    let [paid, notional] = [0, 0];
    for (const leg of legs) {
      paid += Math.abs(leg.notional) * carryOf(leg, market);
      notional += Math.abs(leg.notional);
    }
    return paid > maxCarry * notional ? `carrying the hedge costs ${percent(paid / notional)} a year` : null;
  };

  const reason = (step: Step, rule: TargetRule): string => {
    const cause = memory.causeOf(anchor, step);
    const parts = [describeDrift(step.portfolio, anchor, rule.weights[anchor]!)];
    if (cause !== null) parts.push(describeCause(cause));
    if (params.confirm !== 'none') parts.push(signal.describe(step.market));
    return parts.join('; ');
  };

  const close = (step: Step, rule: TargetRule, legs: readonly HedgeLeg[], tag: string): HedgeDecision => {
    const contracts = legs.map(({ contract }) => contract);
    const profit = exit === 'profitToAlts' ? unrealizedOf(step.portfolio, contracts) : 0;
    if (profit > 0) spendOnAlts(step, rule, profit);
    for (const leg of legs) if (leg.notional !== 0) desk.trade(step, { ...leg, notional: 0 }, tag);
    memory.remember(step);
    openedAt = NaN;
    return { legs: legs.map((leg) => ({ ...leg, notional: 0 })), isDone: profit > 0 };
  };

  /** The excess goes, what is short is bought with it, and the hedge has done its work. */
  const sell = (step: Step, rule: TargetRule, legs: readonly HedgeLeg[], tag: string): HedgeDecision => {
    sellExcess(step, rule, tag);
    return { ...close(step, rule, legs, tag), isDone: true };
  };

  const saleTag = (step: Step, rule: TargetRule): string | null => {
    if (exit === 'thenSell' && step.market.time - openedAt >= params.sellAfterDays * DAY) {
      return `hedged for ${params.sellAfterDays} days: sell the excess`;
    }
    const free = (symbol: string): boolean => {
      const { market, portfolio } = step;
      const excess = taxedShareOfExcess(step, rule) * (portfolio.value(symbol) - rule.weights[symbol]! * portfolio.equity);
      return isFreeToSell(portfolio, symbol, excess / market.mark(symbol), market.mark(symbol));
    };
    const over = exit === 'untilLongTerm' ? overweights(step, rule) : [];
    return over.length > 0 && over.every(free) ? 'no short-term gain is left in the excess: sell it' : null;
  };

  return {
    follow(step, rule) {
      const { market, portfolio } = step;
      const { equity } = portfolio;
      if (market.bar === 0) memory.remember(step);
      const coins = bookOf(step, rule);
      const held = heldLegs(step);
      const left = { legs: held, isDone: false };
      if (held.length === 0) return left;
      const isOpen = held.some(({ notional }) => notional !== 0);
      if (!isOpen) openedAt = NaN;
      // What is seen at a close for the first time was filled when the bar began.
      else if (Number.isNaN(openedAt)) openedAt = market.time - market.step;

      const deciding = objective === 'twoLeg' ? coins : coins.filter(({ symbol }) => symbol === ANCHOR);
      if (!isHedgeWanted(deciding, equity, { ...rule, side }, isOpen)) {
        return isOpen ? close(step, rule, held, `${ANCHOR} needs no hedge`) : left;
      }
      const sale = isOpen ? saleTag(step, rule) : null;
      if (sale !== null) return sell(step, rule, held, sale);

      const wanted = wantedLegs({ coins, equity, anchor: ANCHOR }, { objective, targetBeta: params.targetBeta, literal });
      if (wanted === null) return left;
      const legs = held.map((leg) => ({ ...leg, notional: wanted.get(leg.base)! }));
      const against = carryLimit(step, isOpen ? held : legs) ?? endsWhen(step, isOpen ? held : legs);
      if (against !== null) return isOpen ? close(step, rule, held, against) : left;
      if (!isOpen && !signal.confirms(Math.sign(wanted.get(ANCHOR)!), market)) return left;

      const least = isOpen ? rehedge : bandOfEquity(rule.weights[anchor]!, rule) / 2;
      const isChanged = legs.map(({ notional }, i) => isResizeWanted(notional, held[i]!.notional, equity, least));
      if (!isChanged.includes(true)) return left;
      const tag = reason(step, rule);
      legs.forEach((leg, i) => isChanged[i] && desk.trade(step, leg, tag));
      memory.remember(step);
      return { legs: legs.map((leg, i) => (isChanged[i] ? leg : held[i]!)), isDone: false };
    },
    close(step, rule, tag) {
      const held = heldLegs(step);
      if (held.some(({ notional }) => notional !== 0)) close(step, rule, held, tag);
    },
    sell(step, rule, tag) {
      sell(step, rule, heldLegs(step), tag);
    },
  };
}

function fundingCost({ contract, notional }: HedgeLeg, market: MarketView): number {
  return carryCost(market, contract, notional, CARRY_DAYS);
}

/** Coins over their targets that trade in this bar. */
function overweights({ market, portfolio }: Step, { weights }: TargetRule): string[] {
  return Object.keys(weights).filter(
    (symbol) => portfolio.value(symbol) > weights[symbol]! * portfolio.equity && market.tradable(symbol),
  );
}

/**
 * The share of what `sellExcess` sells that is taxed: all of it, but where swaps are untaxed only what buys no other coins.
 *
 * @returns in [0, 1]
 */
export function taxedShareOfExcess(step: Step, rule: TargetRule): number {
  const { market, portfolio } = step;
  if (!portfolio.swapsUntaxed) return 1;
  const { equity } = portfolio;
  const sold = overweights(step, rule).reduce((sum, symbol) => sum + portfolio.value(symbol) - rule.weights[symbol]! * equity, 0);
  const spendable = Math.max(0, portfolio.cash - cashWeightOf(rule) * equity + sold);
  const bought = Math.min(shortfallOf(rule.weights, portfolio, market), spendable);
  return sold > bought ? 1 - bought / sold : 0;
}

/** Sells what is over its target and buys what is short with the proceeds and with cash above its own target. */
export function sellExcess(step: Step, rule: TargetRule, tag: string): void {
  const { market, portfolio, orders } = step;
  let spendable = portfolio.cash - cashWeightOf(rule) * portfolio.equity;
  for (const symbol of overweights(step, rule)) {
    const excess = portfolio.value(symbol) - rule.weights[symbol]! * portfolio.equity;
    orders.target(symbol, portfolio.quantity(symbol) - excess / market.mark(symbol), { tag });
    spendable += excess;
  }
  spend(step, rule, spendable, tag);
}

function spend(step: Step, { weights }: TargetRule, amount: number, tag: string): void {
  const { market, portfolio, orders } = step;
  for (const { symbol, quantity } of purchasesWithin(amount, weights, portfolio, market)) {
    orders.target(symbol, portfolio.quantity(symbol) + quantity, { tag });
  }
}

/** Spends a hedge's profit on the coins that are short, but for the anchor. */
export function spendOnAlts(step: Step, rule: TargetRule, profit: number): void {
  const others = Object.entries(rule.weights).filter(([symbol]) => coinOf(rule, symbol) !== ANCHOR);
  spend(step, { ...rule, weights: Object.fromEntries(others) }, profit, 'the profit of the hedge buys what is short');
}

/**
 * One bar of a strategy that keeps its coins: buys the target at the first decision where there are none, else follows the hedge and buys
 * what has fallen under its band with cash that hedge and target do not need. Where coins are owned at the start, the first decision buys
 * whatever is under its target.
 *
 * @param ruleAt - the target with its weights of now
 */
export function anchoredBar(hedge: AnchorHedge, ruleAt: (step: Step) => TargetRule, hasLots: boolean): (step: Step) => void {
  let decided = false;
  return (step) => {
    const first = !decided;
    decided = true;
    const rule = ruleAt(step);
    if (first && !hasLots) {
      step.orders.targetWeights(rule.weights, { tag: 'buy the target' });
      return;
    }
    const { legs, isDone } = hedge.follow(step, rule);
    if (!isDone) buyShortfalls(step, rule, legs, first);
  };
}

/**
 * Buys coins that have fallen under their bands with cash that neither the hedge nor the target needs; less than half a band is not
 * worth a trade.
 *
 * @param legs - of the hedge, as they will be
 * @param all - also what is under its target but inside its band: at the first decision
 */
export function buyShortfalls(step: Step, rule: TargetRule, legs: readonly HedgeLeg[], all: boolean): void {
  const { portfolio } = step;
  const { equity } = portfolio;
  const spendable = spareCash(portfolio, legs, cashWeightOf(rule));
  if (spendable <= (bandOfEquity(rule.weights[spotSeries(rule, ANCHOR)]!, rule) / 2) * equity) return;
  // A long hedge stands in for the coins already.
  const standIn = new Set(legs.filter(({ notional }) => notional > 0).map(({ base }) => base));
  const short = Object.entries(rule.weights).filter(
    ([symbol, want]) => !standIn.has(coinOf(rule, symbol)) && (all || isOutside(portfolio.value(symbol), equity, want, rule)),
  );
  for (const { symbol, quantity } of purchasesWithin(spendable, Object.fromEntries(short), portfolio, step.market)) {
    step.orders.target(symbol, portfolio.quantity(symbol) + quantity, { tag: `${symbol} under its target` });
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
