import { barTime } from '../../market/market.ts';
import type { LotView } from '../../tax/ledger.ts';
import { longTermFrom } from '../../tax/long-term.ts';
import type { LotMethod } from '../../tax/methods.ts';
import type { Portfolio, ProposedOrder } from '../../strategy/types.ts';
import { maintenanceMargin } from '../../venue/margin.ts';
import {
  collateralisedLiquidationPrice,
  inverseLiquidationPrice,
  linearLiquidationPrice,
} from '../../venue/liquidation-price.ts';
import type { Kernel } from '../kernel.ts';
import type { SymbolIndex } from './symbols.ts';

// Tax below this share of what a sale brings is the rounding of two bills: strategies ask whether a sale is taxed at all.
const ROUNDING = 1e-9;

/** What a strategy has: a reading of the kernel's own arrays, built once per run. */
export class PortfolioView implements Portfolio {
  readonly #kernel: Kernel;
  readonly #symbols: SymbolIndex;
  /** Instruments in the order of `needs.symbols`. */
  readonly #order: Int32Array;
  /** Whether they are the market's first coins, in the market's order: values and weights are then in step. */
  readonly #inStep: boolean;
  readonly #weights: Float64Array;
  readonly #quantities: Float64Array;
  #bar = 0;
  #weightsBar = -1;
  #quantitiesBar = -1;

  constructor(kernel: Kernel, symbols: SymbolIndex, needed: readonly string[]) {
    this.#kernel = kernel;
    this.#symbols = symbols;
    this.#order = Int32Array.from(needed, (symbol) => symbols.find(symbol));
    this.#inStep = needed.length <= kernel.spotCount && this.#order.every((j, k) => j === k);
    this.#weights = new Float64Array(needed.length);
    this.#quantities = new Float64Array(needed.length);
  }

  moveTo(bar: number): void {
    this.#bar = bar;
  }

  get cash(): number {
    return this.#kernel.account.cash;
  }

  get equity(): number {
    return this.#kernel.equity;
  }

  get afterTax(): number {
    return this.#kernel.equity - this.#kernel.ledger.accrued();
  }

  weight(symbol: string): number {
    const j = this.#symbols.find(symbol);
    const { value, equity } = this.#kernel;
    return (j < value.length ? value[j]! : this.#valueOf(j)) / equity;
  }

  quantity(symbol: string): number {
    return this.#kernel.account.quantity[this.#symbols.find(symbol)]!;
  }

  value(symbol: string): number {
    return this.#valueOf(this.#symbols.find(symbol));
  }

  exposure(base: string): number {
    const { instruments } = this.#kernel.market;
    let notional = 0;
    for (let j = 0; j < instruments.length; j++)
      if (instruments[j]!.base === base) notional += this.#kernel.exposure(j, this.#bar);
    return notional / this.#kernel.equity;
  }

  get weights(): Float64Array {
    if (this.#weightsBar !== this.#bar) {
      this.#weightsBar = this.#bar;
      const { value, equity } = this.#kernel;
      const order = this.#order;
      const weights = this.#weights;
      if (this.#inStep) {
        // Two at a time: a turn of a loop costs as much as the division.
        let k = 1;
        for (; k < weights.length; k += 2) {
          weights[k - 1] = value[k - 1]! / equity;
          weights[k] = value[k]! / equity;
        }
        if (k === weights.length) weights[k - 1] = value[k - 1]! / equity;
      } else {
        for (let k = 0; k < order.length; k++) {
          const j = order[k]!;
          weights[k] = (j < value.length ? value[j]! : this.#valueOf(j)) / equity;
        }
      }
    }
    return this.#weights;
  }

  get quantities(): Float64Array {
    if (this.#quantitiesBar !== this.#bar) {
      this.#quantitiesBar = this.#bar;
      for (let k = 0; k < this.#order.length; k++) this.#quantities[k] = this.#kernel.account.quantity[this.#order[k]!]!;
    }
    return this.#quantities;
  }

  unrealizedGain(symbol: string): number {
    const j = this.#symbols.find(symbol);
    const { account, ledger, spotCount } = this.#kernel;
    if (j < spotCount) return this.#valueOf(j) - ledger.basis(j);
    return account.unrealised(j, this.#mark(j)) * (account.inverse[j] === 1 ? this.#mark(account.coin[j]!) : 1);
  }

  taxIfSold(symbol: string, quantity: number): number {
    return this.#taxOf(symbol, quantity, (...sale) => this.#kernel.ledger.taxIfSold(...sale));
  }

  taxIfSoldLongTerm(symbol: string, quantity: number): number {
    return this.#taxOf(symbol, quantity, (...sale) => this.#kernel.ledger.taxIfSoldLongTerm(...sale));
  }

  #taxOf(
    symbol: string,
    quantity: number,
    ask: (asset: number, units: number, proceeds: number, time: number, gross: number) => number,
  ): number {
    const j = this.#symbols.find(symbol);
    if (j >= this.#kernel.spotCount || quantity <= 0) return 0;
    const units = Math.min(quantity, this.#kernel.account.quantity[j]!);
    const { halfSpread, taker } = this.#kernel.terms;
    const gross = units * this.#mark(j) * (1 - halfSpread[j]!);
    const proceeds = this.#kernel.ledger.holding.feesCount ? gross * (1 - taker[j]!) : gross;
    const tax = ask(j, units, proceeds, this.#now(), gross);
    return Math.abs(tax) <= ROUNDING * proceeds ? 0 : tax;
  }

  longTermFrom(acquired: number): number | null {
    return longTermFrom(acquired, this.#kernel.ledger.holding.longAfterYears);
  }

  get swapsUntaxed(): boolean {
    return this.#kernel.ledger.holding.swapsUntaxed;
  }

  get lotMethod(): LotMethod {
    return this.#kernel.ledger.holding.method;
  }

  get lossesCountAtOnce(): boolean {
    return this.#kernel.ledger.holding.lossesCountAtOnce;
  }

  lots(symbol: string): readonly LotView[] {
    const j = this.#symbols.find(symbol);
    return j < this.#kernel.spotCount ? this.#kernel.ledger.lots(j, this.#now()) : [];
  }

  get leverage(): number {
    return this.#kernel.config.leverage;
  }

  get freeMargin(): number {
    return this.#kernel.margin.freeMargin(this.#kernel.market.columns.mark, this.#bar);
  }

  get marginRatio(): number {
    return this.#kernel.margin.lowestRatio(this.#kernel.market.columns.mark, this.#bar);
  }

  initialMarginFor({ symbol, quantity, leverage = this.#kernel.config.leverage }: ProposedOrder): number {
    const j = this.#symbols.find(symbol);
    if (j < this.#kernel.spotCount) return 0;
    const { account } = this.#kernel;
    const held = account.quantity[j]!;
    // Of an inverse contract the margin is in coin: notional / mark, at the coin's price.
    const mark = account.inverse[j] === 1 ? this.#mark(account.coin[j]!) / this.#mark(j) : this.#mark(j);
    // An order that adds takes its leverage for the whole position; one that only reduces leaves it as it is.
    const after = held + quantity;
    const reduces = held * quantity < 0 && held * after >= 0;
    const now = (Math.abs(held) * mark) / account.leverage[j]!;
    return (Math.abs(after) * mark) / (reduces ? account.leverage[j]! : leverage) - now;
  }

  liquidationPrice(symbol: string): number | null {
    const j = this.#symbols.find(symbol);
    const { account, margin, terms, spotCount } = this.#kernel;
    const quantity = account.quantity[j]!;
    if (j < spotCount || quantity === 0) return null;
    const { mark } = this.#kernel.market.columns;
    margin.load(mark, this.#bar);
    const key = margin.keyOf(j);
    margin.sum(key);
    const now = this.#mark(j);
    const inverse = account.inverse[j] === 1;
    const entry = account.entry[j]!;
    const brackets = terms.brackets[j - spotCount]!;
    const own = maintenanceMargin(brackets, Math.abs(quantity) * (inverse ? 1 / now : now));
    // What is left to this position: the others' results and maintenance stay as they are.
    const balance = margin.balance - account.unrealised(j, now) - (margin.maintenance - own);
    if (inverse) return inverseLiquidationPrice({ notional: quantity, entry, balance, brackets });
    if (!margin.pooled) return linearLiquidationPrice({ quantity, entry, balance, brackets });
    // Coins of the same base move with the price that is asked for.
    const index = this.#kernel.market.indexOf[j]!;
    const value = index < 0 ? 0 : margin.countedValue(index);
    return collateralisedLiquidationPrice({ quantity, entry, balance: balance - value, brackets }, value / now);
  }

  #now(): number {
    return barTime(this.#kernel.market, this.#bar);
  }

  /** Spot value, or signed notional at mark. */
  #valueOf(j: number): number {
    const { value, spotCount, account } = this.#kernel;
    if (j < spotCount) return value[j]!;
    return account.quantity[j]! * (account.inverse[j] === 1 ? 1 : this.#mark(j));
  }

  #mark(j: number): number {
    return this.#kernel.market.columns.mark[j * this.#kernel.bars + this.#bar]!;
  }
}
