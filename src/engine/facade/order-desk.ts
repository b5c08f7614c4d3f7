import { StrategyError } from '../../core/errors.ts';
import { roundAwayFromZero, roundTowardZero } from '../../core/numeric.ts';
import { didYouMean } from '../../core/suggest.ts';
import { barTime } from '../../market/market.ts';
import type { OrderOptions, OrderResult, Orders } from '../../strategy/types.ts';
import type { Kernel } from '../kernel.ts';
import { FLAG, NO_LOTS, ORDER } from '../order-book.ts';
import type { SymbolIndex } from './symbols.ts';

// Weights may exceed 1 by rounding (accounting.md, section 3).
const WEIGHT_SLACK = 1e-9;

const OPTIONS = Object.keys({
  tag: true,
  reduceOnly: true,
  lots: true,
  leverage: true,
  timeInForceBars: true,
} satisfies Record<keyof OrderOptions, true>);

/** What a strategy may ask: checks misuse, refuses what the market would, and puts the rest in the kernel's book. */
export class OrderDesk implements Orders {
  readonly #kernel: Kernel;
  readonly #symbols: SymbolIndex;
  /** Whether anything in this market ends: only then is it asked for at every order. */
  readonly #mortal: boolean;
  /** The weights that the book's batch was last written from, where they cannot have changed since. */
  #known: Readonly<Record<string, number>> | null = null;
  #knownCount = 0;
  #bar = 0;

  constructor(kernel: Kernel, symbols: SymbolIndex) {
    this.#kernel = kernel;
    this.#symbols = symbols;
    this.#mortal = kernel.market.instruments.some(({ expiry, delisted }) => expiry !== null || delisted !== null);
  }

  moveTo(bar: number): void {
    this.#bar = bar;
  }

  market(symbol: string, quantity: number, options: OrderOptions): OrderResult {
    return this.#submit(ORDER.market, this.#symbols.find(symbol), finite(quantity, 'quantity', symbol), NaN, options);
  }

  limit(symbol: string, quantity: number, price: number, options: OrderOptions): OrderResult {
    if (!(finite(price, 'price', symbol) > 0)) {
      throw new StrategyError('order-price-wrong', `${symbol}: a limit of ${price} is not a price`, {
        hint: 'limits are above zero',
      });
    }
    const j = this.#symbols.find(symbol);
    finite(quantity, 'quantity', symbol);
    const tick = this.#kernel.terms.tick[j]!;
    // Onto the venue's ticks, never to a price that is worse than asked for.
    const limit = quantity > 0 ? roundTowardZero(price, tick) : roundAwayFromZero(price, tick);
    if (limit === 0) return this.#refuse(j, `a limit of ${price} is less than one tick of ${tick}`);
    return this.#submit(ORDER.limit, j, quantity, limit, options);
  }

  target(symbol: string, quantity: number, options: OrderOptions): OrderResult {
    const j = this.#symbols.find(symbol);
    finite(quantity, 'quantity', symbol);
    const { book, spotCount } = this.#kernel;
    if (j < spotCount && quantity < 0) return this.#refuse(j, 'spot cannot be held short; hedge with a contract');
    book.dropTargets(j);
    return this.#submit(ORDER.target, j, quantity, NaN, options);
  }

  targetNotional(symbol: string, notional: number, options: OrderOptions): OrderResult {
    const j = this.#symbols.find(symbol);
    const mark = this.#kernel.market.columns.mark[j * this.#kernel.bars + this.#bar]!;
    if (!(mark > 0)) return this.#refuse(j, 'it has not traded yet, so it has no price');
    finite(notional, 'notional', symbol);
    return this.target(symbol, this.#kernel.account.inverse[j] === 1 ? notional : notional / mark, options);
  }

  targetWeights(weights: Readonly<Record<string, number>>, options: OrderOptions): OrderResult {
    const { book, spotCount } = this.#kernel;
    checkOptions(options);
    checkTimeInForce(options);
    const bars = options.timeInForceBars ?? Infinity;
    if (book.count === 0 && book.batch === 0 && bars === Infinity) return this.#batchWeights(weights, options.tag);
    let sum = 0;
    // All are looked at before any is sent: weights that throw leave the book as it was.
    const wanted = Object.entries(weights).map(([symbol, weight]) => {
      const j = this.#symbols.find(symbol);
      if (!(weight >= 0 && weight < Infinity) || j >= spotCount) this.#wrongWeight(symbol, weight, j);
      sum += weight;
      return { j, weight };
    });
    if (sum > 1 + WEIGHT_SLACK) overOne(sum);
    const order = book.takeId();
    for (const { j, weight } of wanted) {
      if (this.#mortal && this.#refused(j)) continue;
      book.dropTargets(j);
      book.addWeight(j, weight, bars, options.tag, order);
    }
    return { ok: true, order };
  }

  /** A lone decision by weights needs no rows in the book: nothing of it can be told apart from the rest. */
  #batchWeights(weights: Readonly<Record<string, number>>, tag: string): OrderResult {
    const { book, spotCount } = this.#kernel;
    if (weights === this.#known) return { ok: true, order: book.repeatBatch(tag, this.#knownCount) };
    // What is written over is known no more, also where an error leaves it half written.
    this.#known = null;
    const order = book.startBatch(tag, spotCount);
    const { batchAsset, batchWeight } = book;
    let count = 0;
    let sum = 0;
    for (const symbol in weights) {
      const weight = weights[symbol]!;
      const j = this.#symbols.find(symbol);
      if (!(weight >= 0 && weight < Infinity) || j >= spotCount) this.#wrongWeight(symbol, weight, j);
      sum += weight;
      if (this.#mortal && this.#refused(j)) continue;
      batchAsset[count] = j;
      batchWeight[count] = weight;
      count++;
    }
    if (sum > 1 + WEIGHT_SLACK) overOne(sum);
    book.endBatch(count);
    this.#known = !this.#mortal && Object.isFrozen(weights) ? weights : null;
    this.#knownCount = count;
    return { ok: true, order };
  }

  roll(from: string, to: string, options: OrderOptions): OrderResult {
    const { market, book, config } = this.#kernel;
    const [j, next] = [this.#symbols.find(from), this.#symbols.find(to)];
    const [old, wanted] = [market.instruments[j]!, market.instruments[next]!];
    const alike = j !== next && old.contract !== null && old.contract === wanted.contract && old.base === wanted.base;
    if (!alike) {
      throw new StrategyError('roll-mismatch', `${from} cannot be rolled into ${to}`, {
        hint: 'a roll goes from one contract to another of the same coin and the same kind (linear or inverse)',
      });
    }
    checkOptions(options);
    checkTimeInForce(options);
    const gone = this.#goneReason(j) ?? this.#goneReason(next);
    if (gone !== null) return this.#refuse(j, gone);
    if (this.#kernel.account.quantity[j] === 0) return this.#refuse(j, 'there is no position to roll');
    const { leverage = config.leverage, timeInForceBars = Infinity } = options;
    book.dropTargets(j);
    return { ok: true, order: book.add(ORDER.roll, j, next, NaN, timeInForceBars, leverage, FLAG.roll, options.tag) };
  }

  cancel(order: number): boolean {
    return this.#kernel.book.cancel(order);
  }

  #wrongWeight(symbol: string, weight: number, j: number): never {
    if (j >= this.#kernel.spotCount) {
      throw new StrategyError('weight-of-contract', `targetWeights names ${symbol}, which is a contract`, {
        hint: 'weights are for spot; contracts go by target or targetNotional',
      });
    }
    throw new StrategyError('order-not-a-number', `${symbol}: a target weight of ${weight} is not a share of equity`, {
      hint: 'weights lie in 0 … 1',
    });
  }

  /** The lots that a sale is to take first; another method than specific identification tells no numbers and goes by its own order. */
  #namedLots(j: number, lots: readonly number[]): readonly number[] {
    const { ledger, spotCount, market } = this.#kernel;
    const open =
      j < spotCount ? ledger.lots(j, barTime(market, this.#bar)).flatMap(({ id }) => (id === undefined ? [] : [id])) : [];
    if (!ledger.wants.lotNames) return NO_LOTS;
    const unknown = lots.find((lot) => !open.includes(lot));
    if (unknown !== undefined) {
      throw new StrategyError('order-lot-unknown', `${this.#kernel.symbol(j)}: there is no open lot ${unknown}`, {
        hint: `portfolio.lots('${this.#kernel.symbol(j)}') tells the open ones by their id`,
      });
    }
    return [...lots];
  }

  #submit(kind: number, j: number, amount: number, price: number, options: OrderOptions): OrderResult {
    checkOptions(options);
    if (amount === 0 && kind !== ORDER.target) return this.#refuse(j, 'a quantity of zero');
    const gone = this.#goneReason(j);
    if (gone !== null) return this.#refuse(j, gone);
    checkTimeInForce(options);
    const lots = options.lots === undefined ? NO_LOTS : this.#namedLots(j, options.lots);
    const { reduceOnly = false, leverage = this.#kernel.config.leverage, timeInForceBars = Infinity } = options;
    if (!(leverage > 0))
      throw new StrategyError('order-leverage-wrong', `${this.#kernel.symbol(j)}: leverage ${leverage} is not above zero`);
    const order = this.#kernel.book.add(
      kind,
      j,
      amount,
      price,
      timeInForceBars,
      leverage,
      reduceOnly ? FLAG.reduceOnly : 0,
      options.tag,
      lots,
    );
    return { ok: true, order };
  }

  /** Refuses a part of a decision whose instrument will never trade again. */
  #refused(j: number): boolean {
    const gone = this.#goneReason(j);
    if (gone !== null) this.#refuse(j, gone);
    return gone !== null;
  }

  #goneReason(j: number): string | null {
    return this.#kernel.whyGone(j, barTime(this.#kernel.market, this.#bar));
  }

  #refuse(j: number, reason: string): OrderResult {
    this.#kernel.reject(this.#bar, barTime(this.#kernel.market, this.#bar), j, reason);
    return { ok: false, reason };
  }
}

function overOne(sum: number): never {
  throw new StrategyError('weights-over-one', `target weights sum to ${sum}`, {
    hint: 'weights are shares of equity; what is left of 1 stays in cash',
  });
}

function finite(value: number, name: string, symbol: string): number {
  if (Number.isFinite(value)) return value;
  throw new StrategyError('order-not-a-number', `${symbol}: ${name} is ${typeof value === 'string' ? 'a text' : String(value)}`, {
    hint: 'a division by zero, or a value of a bar that did not trade (NaN)? check with Number.isFinite before ordering',
  });
}

/** Every order says why, and a misspelt option is no option: `reduceonly` would let a position grow. */
function checkOptions(options: OrderOptions): void {
  if (!(typeof options?.tag === 'string' && options.tag !== '')) {
    throw new StrategyError('order-tag-missing', 'an order has no tag', {
      hint: "say why: orders.market('BTC', 1, { tag: 'first purchase' })",
    });
  }
  for (const name in options) {
    if (name === 'tag' || OPTIONS.includes(name)) continue;
    throw new StrategyError('order-option-unknown', `an order has no option "${name}"`, { hint: didYouMean(name, OPTIONS) });
  }
}

function checkTimeInForce({ timeInForceBars = 1 }: OrderOptions): void {
  if (Number.isInteger(timeInForceBars) && timeInForceBars >= 1) return;
  throw new StrategyError('order-time-in-force-wrong', `timeInForceBars is ${String(timeInForceBars)}`, {
    hint: 'give the number of bars in which the order may fill, 1 for the next bar only, or leave it out',
  });
}
