import { DAY } from '../../core/time.ts';
import { weightHedge } from '../../strategy/rules/hedge.ts';
import { breakEvenCarry, breakEvenDays, priceBothWays, type Dilemma } from '../../strategy/rules/sell-or-hedge.ts';
import { longTermFrom } from '../../tax/long-term.ts';
import { type CashKind, isCoin } from '../../tax/methods.ts';
import { resolveTax } from '../../tax/resolve.ts';
import type { TaxSetup } from '../../tax/setup.ts';
import { initialMargin } from '../../venue/margin.ts';
import { hedgeTerms, type Collateral, type HedgeTerms } from './hedge-terms.ts';
import type { DecisionCoin } from './read-coins.ts';
import { taxOfSale, type PlannedSale } from './sale-tax.ts';
import { Unknown, follows, type Known } from './unknown.ts';

const ANCHOR = 'BTC';
const MONTHS = 12;
/** Days that a hedge is priced for where no lot has a long-term day to wait for. */
const DEFAULT_DAYS = 365;
/** Share of everything under which a deviation is rounding. */
const LEAST_DEVIATION = 1e-9;

/** Everything one decision is made from. Amounts are in one currency: the regime's, where it has one. */
export interface DecisionInput {
  readonly coins: readonly DecisionCoin[];
  readonly cash: number;
  /** Name of a venue preset. */
  readonly venue: string;
  readonly tax: TaxSetup;
  /** What a sale brings, to the tax office. */
  readonly cashIs: CashKind;
  readonly collateral: Collateral;
  /** Notional / initial margin. */
  readonly leverage: number;
  /** Rate per settlement, positive: longs pay shorts; null where none is given. */
  readonly funding: number | null;
  /** Days that the hedge is to last; null: until the excess can be sold long-term, else a year. */
  readonly horizon: number | null;
  /** Moment of the decision, UTC ms. */
  readonly on: number;
}

/** An order of a decision. */
export interface DecisionOrder {
  readonly symbol: string;
  /** Signed, account currency: negative sells. */
  readonly notional: number;
  /** Signed units; null without a price. */
  readonly quantity: number | null;
}

/** Answers that may be unknown, by name. */
interface Answers {
  readonly hedgeNotional: Known<number>;
  readonly margin: Known<number>;
  readonly liquidationPrice: Known<number>;
  readonly taxIfSold: Known<number>;
  readonly taxIfSoldLongTerm: Known<number>;
  readonly carryPerMonth: Known<number>;
  readonly 'costs.spotOrders': Known<number>;
  readonly 'costs.hedgeOrders': Known<number>;
  readonly 'costs.sell': Known<number>;
  readonly 'costs.hedge': Known<number>;
  readonly 'breakEven.funding': Known<number>;
  readonly 'breakEven.days': Known<number>;
  readonly advice: Known<Advice>;
}

export type Advice = 'sell' | 'hedge' | 'nothing';

/** What a decision comes to. */
export interface Decision {
  /** Weight less target by coin, as shares of everything. */
  readonly deviation: Readonly<Record<string, number>>;
  readonly answers: Answers;
  /** Days that the hedge is priced for. */
  readonly days: number;
  /** Of the advice; where there is none, of the hedge. */
  readonly orders: readonly DecisionOrder[];
}

/**
 * Makes one decision without history: sell what is over its target, or keep it and hedge Bitcoin's part with a perpetual.
 *
 * @throws {ConfigError} `venue-unknown`, and as `resolveTax`
 */
export function decide(input: DecisionInput): Decision {
  const { coins, cash, leverage } = input;
  const total = coins.reduce((sum, { value }) => sum + value, cash);
  const terms = hedgeTerms(input.venue, ANCHOR, input.collateral);
  const anchor = coins.find(({ symbol }) => symbol === ANCHOR);

  const hedgeNotional: Known<number> = anchor
    ? weightHedge(anchor, total)
    : new Unknown(`Bitcoin (${ANCHOR}) is neither held nor in the target`);
  const hedge = follows(hedgeNotional, (notional) =>
    Math.abs(notional) > LEAST_DEVIATION * total ? notional : new Unknown('Bitcoin is at its target: there is nothing to hedge'),
  );
  const margin = follows(hedge, (notional) => initialMargin(notional, leverage));
  const liquidationPrice = follows(hedge, (notional) =>
    follows(margin, (needed) =>
      follows(priceOf(anchor!), (price) =>
        terms.liquidationPrice({ notional, price, margin: needed, cash, units: anchor!.value / price }),
      ),
    ),
  );
  const hedgeOrders = follows(hedge, (notional) => follows(terms.contractCost, (cost) => 2 * cost * Math.abs(notional)));

  const trades = coins
    .map((coin) => ({ coin, notional: coin.weight * total - coin.value }))
    .filter(({ notional }) => Math.abs(notional) > LEAST_DEVIATION * total);
  const over = trades.filter(({ notional }) => notional < 0);
  const spotOrders = sumOf(
    trades.map((trade) => follows(terms.spotCost(trade.coin.symbol), (cost) => cost * Math.abs(trade.notional))),
  );
  const sales = salesOf(over, terms, input);
  const buys = trades.filter(({ notional }) => notional > 0);
  const bought = sumOf(buys.map(({ coin, notional }) => follows(terms.spotCost(coin.symbol), (cost) => notional * (1 + cost))));
  const taxed = (on: number, longTerm: boolean): Known<number> =>
    follows(sales, (sold) =>
      follows(bought, (spent) => taxOfSale(coins, sold, { setup: input.tax, on, bought: spent, longTerm })),
    );
  const taxIfSold = taxed(input.on, false);
  const taxIfSoldLongTerm = taxed(input.on, true);
  const days = input.horizon ?? daysToLongTerm(over, input) ?? DEFAULT_DAYS;
  // A hedge that ends sooner leaves lots that are no older than that.
  const taxAtEnd = taxed(input.on + days * DAY, false);

  const dilemma = dilemmaOf({ hedge, over, taxIfSold, taxAtEnd, spotOrders, terms, input });
  const prices = follows(dilemma, (known) => priceBothWays(known, days));
  const advice: Known<Advice> =
    trades.length === 0
      ? 'nothing'
      : over.length === 0
        ? new Unknown('nothing is over its target: cash buys what is short')
        : follows(prices, ({ sell, hedge: kept }) => (sell <= kept ? 'sell' : 'hedge'));

  const answers: Answers = {
    hedgeNotional,
    margin,
    liquidationPrice,
    taxIfSold,
    taxIfSoldLongTerm,
    carryPerMonth: follows(hedge, (notional) => follows(carryPerYear(input, terms), (carry) => (-notional * carry) / MONTHS)),
    'costs.spotOrders': spotOrders,
    'costs.hedgeOrders': hedgeOrders,
    'costs.sell': follows(taxIfSold, (tax) => follows(spotOrders, (cost) => tax + cost)),
    'costs.hedge': follows(prices, ({ hedge: cost }) => cost),
    'breakEven.funding': follows(dilemma, (known) =>
      days > 0 ? breakEvenFunding(known, days, hedge, terms) : new Unknown(noDays(input)),
    ),
    'breakEven.days': follows(
      dilemma,
      (known) => breakEvenDays(known) ?? new Unknown('at this funding the hedge never costs as much as selling'),
    ),
    advice,
  };
  return {
    deviation: Object.fromEntries(coins.map(({ symbol, value, weight }) => [symbol, value / total - weight])),
    answers,
    days,
    orders: ordersOf(advice, hedge, trades, terms),
  };
}

interface Trade {
  readonly coin: DecisionCoin;
  /** Signed, account currency. */
  readonly notional: number;
}

function priceOf({ symbol, price }: DecisionCoin): Known<number> {
  return price ?? new Unknown(`the price of ${symbol} is not given: --price ${symbol}=…`);
}

function costMissing({ symbol }: DecisionCoin): Unknown {
  return new Unknown(`what ${symbol} cost is not given: --lot ${symbol}=QTY@COST@DATE`);
}

/** What is over its target as sales of units; unknown without prices or lots, but where no sale is taxed. */
function salesOf(over: readonly Trade[], terms: HedgeTerms, { coins, tax, cashIs }: DecisionInput): Known<PlannedSale[]> {
  const { regime, method } = resolveTax(tax);
  if (regime.taxation === null || isCoin(cashIs, regime.taxation.swaps, method)) return [];
  if (method === 'fr-portfolio') {
    const costless = coins.find(({ value, lots }) => value > 0 && lots.length === 0);
    if (costless) return costMissing(costless);
  }
  const sales: PlannedSale[] = [];
  for (const { coin, notional } of over) {
    const price = priceOf(coin);
    if (price instanceof Unknown) return price;
    const cost = terms.spotCost(coin.symbol);
    if (cost instanceof Unknown) return cost;
    const quantity = -notional / price;
    const owned = coin.lots.reduce((sum, lot) => sum + lot.quantity, 0);
    if (coin.lots.length === 0) return costMissing(coin);
    if (owned < quantity * (1 - LEAST_DEVIATION)) {
      return new Unknown(`the lots of ${coin.symbol} hold ${owned} of the ${Number(quantity.toPrecision(6))} that would be sold`);
    }
    sales.push({ symbol: coin.symbol, quantity: Math.min(quantity, owned), value: -notional, cost: cost * -notional });
  }
  return sales;
}

/**
 * Days until of every coin that is over its target enough is long-term, oldest lots first; null where the regime does not look at time
 * or lots are not given.
 */
function daysToLongTerm(over: readonly Trade[], { tax, on }: DecisionInput): number | null {
  const years = resolveTax(tax).regime.taxation?.spot.longAfterYears ?? null;
  if (years === null || over.some(({ coin }) => coin.lots.length === 0 || coin.price === null)) return null;
  const moments = over.map(({ coin, notional }) => {
    let missing = -notional / coin.price!;
    const last = coin.lots.find(({ quantity }) => (missing -= quantity) <= 0) ?? coin.lots.at(-1)!;
    return longTermFrom(last.acquired, years)!;
  });
  return Math.max(0, ...moments.map((moment) => (moment - on) / DAY));
}

interface DilemmaParts {
  readonly hedge: Known<number>;
  readonly over: readonly Trade[];
  readonly taxIfSold: Known<number>;
  readonly taxAtEnd: Known<number>;
  readonly spotOrders: Known<number>;
  readonly terms: HedgeTerms;
  readonly input: DecisionInput;
}

/** Both ways for Bitcoin's excess; unknown where it is not Bitcoin that is over. */
function dilemmaOf({ hedge, over, taxIfSold, taxAtEnd, spotOrders, terms, input }: DilemmaParts): Known<Dilemma> {
  return follows(hedge, (notional) => {
    if (notional > 0) return new Unknown('Bitcoin is under its target: a hedge of it stands in for no sale');
    if (over.length > 1)
      return new Unknown('other coins are over their targets too, and no Bitcoin hedge stands in for their sale');
    return follows(taxIfSold, (taxNow) =>
      follows(taxAtEnd, (taxLater) =>
        follows(spotOrders, (spot) =>
          follows(terms.contractCost, (contractCost) =>
            follows(carryPerYear(input, terms), (carry) => ({
              excess: -notional,
              taxNow,
              taxLater,
              spotCost: spot / -notional,
              contractCost,
              isOpen: false,
              // A short receives positive funding.
              carry: -carry,
              margin: 1 / input.leverage,
              capitalCost: 0,
            })),
          ),
        ),
      ),
    );
  });
}

function carryPerYear({ funding }: DecisionInput, { settlementsPerYear }: HedgeTerms): Known<number> {
  if (funding === null) return new Unknown('the funding rate is not given: --funding 0.0001');
  return follows(settlementsPerYear, (settlements) => funding * settlements);
}

function noDays({ horizon }: DecisionInput): string {
  return `the hedge is priced for no days${horizon === null ? ': what is over can be sold long-term now' : ''}`;
}

/** The rate per settlement at which both ways cost the same: a short's cost is its negative. */
function breakEvenFunding(
  dilemma: Dilemma,
  days: number,
  hedge: Known<number>,
  { settlementsPerYear }: HedgeTerms,
): Known<number> {
  const carry = breakEvenCarry(dilemma, days)!;
  return follows(hedge, (notional) => follows(settlementsPerYear, (settlements) => (Math.sign(notional) * carry) / settlements));
}

function ordersOf(advice: Known<Advice>, hedge: Known<number>, trades: readonly Trade[], terms: HedgeTerms): DecisionOrder[] {
  if (advice === 'nothing') return [];
  if (advice === 'sell' || hedge instanceof Unknown) {
    return trades.map(({ coin: { symbol, price }, notional }) => ({
      symbol,
      notional,
      quantity: price === null ? null : notional / price,
    }));
  }
  const price = trades.find(({ coin }) => coin.symbol === ANCHOR)!.coin.price;
  return [{ symbol: terms.symbol, notional: hedge, quantity: price === null ? null : hedge / price }];
}

function sumOf(parts: readonly Known<number>[]): Known<number> {
  return parts.reduce<Known<number>>((sum, part) => follows(sum, (known) => follows(part, (more) => known + more)), 0);
}
