import { KedgeError, StrategyError } from '../../core/errors.ts';
import { figure } from '../../core/figures.ts';
import { formatTime } from '../../core/time.ts';
import { barTime } from '../../market/market.ts';
import { CAUSES } from '../../tax/ledger.ts';
import { strategyPlace } from '../../strategy/trace.ts';
import type { Handlers, Step } from '../../strategy/types.ts';
import type { Decider, Kernel } from '../kernel.ts';
import { MarketFace } from './market-face.ts';
import { OrderDesk } from './order-desk.ts';
import { PortfolioView } from './portfolio-view.ts';
import { SymbolIndex } from './symbols.ts';

// What it would order after waiting came too late for its bar, and from bars it must not see.
function handlerAwaits(): StrategyError {
  return new StrategyError('strategy-handlers-wrong', 'onBar returned a promise, expected nothing', {
    hint: 'decide within the call; read files in the module',
  });
}

/** Connects a strategy's handlers to the kernel: one step object per run, moved from bar to bar. */
export class StepDecider implements Decider {
  readonly listens: boolean;
  readonly #kernel: Kernel;
  readonly #name: string;
  readonly #handlers: Handlers;
  readonly #market: MarketFace;
  readonly #portfolio: PortfolioView;
  readonly #orders: OrderDesk;
  readonly #symbols: SymbolIndex;
  readonly #step: Step;
  /** Events heard in this step, to be delivered before onBar. */
  #heard: (() => void)[] = [];

  /** @param needed - `needs.symbols`: the order of the façade's columns */
  constructor(kernel: Kernel, name: string, handlers: Handlers, needed: readonly string[], contract: 'linear' | 'inverse') {
    const { onFill, onFunding, onExpiry, onLiquidation } = handlers;
    this.listens = [onFill, onFunding, onExpiry, onLiquidation].some((handler) => handler !== undefined);
    this.#kernel = kernel;
    this.#name = name;
    this.#handlers = handlers;
    const symbols = new SymbolIndex(kernel.market, needed);
    this.#symbols = symbols;
    this.#market = new MarketFace(kernel.market, kernel.terms, symbols, needed, contract);
    this.#portfolio = new PortfolioView(kernel, symbols, needed);
    this.#orders = new OrderDesk(kernel, symbols);
    this.#step = { market: this.#market, portfolio: this.#portfolio, orders: this.#orders };
  }

  decide(bar: number): void {
    this.#moveTo(bar);
    try {
      if (this.#heard.length > 0) this.#flush();
      const answer: unknown = this.#handlers.onBar?.(this.#step);
      if (answer instanceof Promise) throw handlerAwaits();
    } catch (error) {
      this.#wrap(error, bar);
    }
  }

  deliver(bar: number): void {
    if (this.#heard.length === 0) return;
    this.#moveTo(bar);
    try {
      this.#flush();
    } catch (error) {
      this.#wrap(error, bar);
    }
  }

  hearFill(instrument: number, quantity: number, price: number, tag: string, cause: number): void {
    const { onFill } = this.#handlers;
    const fill = { symbol: this.#kernel.symbol(instrument), quantity, price, tag, cause: CAUSES[cause]! };
    if (onFill) this.#heard.push(() => onFill(fill, this.#step));
  }

  hearFunding(instrument: number, rate: number, amount: number, time: number): void {
    const { onFunding } = this.#handlers;
    const event = { symbol: this.#kernel.symbol(instrument), rate, amount, time };
    if (onFunding) this.#heard.push(() => onFunding(event, this.#step));
  }

  hearExpiry(instrument: number, price: number, result: number, time: number): void {
    const { onExpiry } = this.#handlers;
    const event = { symbol: this.#kernel.symbol(instrument), price, result, time };
    if (onExpiry) this.#heard.push(() => onExpiry(event, this.#step));
  }

  hearLiquidation(instruments: readonly number[], loss: number, time: number): void {
    const { onLiquidation } = this.#handlers;
    const event = { symbols: instruments.map((j) => this.#kernel.symbol(j)), loss, time };
    if (onLiquidation) this.#heard.push(() => onLiquidation(event, this.#step));
  }

  #moveTo(bar: number): void {
    this.#symbols.begin();
    this.#market.moveTo(bar);
    this.#portfolio.moveTo(bar);
    this.#orders.moveTo(bar);
  }

  #flush(): void {
    const heard = this.#heard;
    this.#heard = [];
    for (const deliver of heard) deliver();
  }

  /** Says which strategy, where in its file, at which bar, and what the account held. */
  #wrap(error: unknown, bar: number): never {
    const { market, account, equity, first } = this.#kernel;
    const held = market.instruments
      .map((instrument, j) => ({ symbol: instrument.symbol, quantity: account.quantity[j]! }))
      .filter(({ quantity }) => quantity !== 0)
      .map(({ symbol, quantity }) => `${symbol} ${Number(quantity.toPrecision(12))}`)
      .join(', ');
    const state = `equity ${figure(equity, 2)}, cash ${figure(account.cash, 2)}, holds ${held || 'nothing'}`;
    const cause = error instanceof Error ? error.message : String(error);
    const misuse = error instanceof KedgeError;
    const place = strategyPlace(error);
    throw new StrategyError(
      misuse ? error.code : 'strategy-threw',
      `${this.#name}${misuse ? '' : ' threw'} at bar ${bar - first} (${formatTime(barTime(market, bar))}): ${cause}`,
      {
        cause: error,
        hint: [misuse ? error.hint : undefined, `the account then: ${state}`].filter((part) => part !== undefined).join('\n'),
        ...(place && { at: place }),
      },
    );
  }
}
