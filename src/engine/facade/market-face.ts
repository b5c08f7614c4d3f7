import { StrategyError } from '../../core/errors.ts';
import { DAY, type CalendarUnit } from '../../core/time.ts';
import { barTime } from '../../market/market.ts';
import type { Market } from '../../market/market.ts';
import { MarketCursor } from '../../market/view.ts';
import { annualisedBasis } from '../../venue/basis.ts';
import type { FutureView, MarketView } from '../../strategy/types.ts';
import type { Terms } from '../terms.ts';
import { boundaryFlags } from '../timeline.ts';
import type { SymbolIndex } from './symbols.ts';

/** What a strategy may know, by symbol: everything goes through a cursor that ends at the current bar. */
export class MarketFace implements MarketView {
  readonly #market: Market;
  readonly #terms: Pick<Terms, 'taker' | 'halfSpread'>;
  readonly #symbols: SymbolIndex;
  #cursor: MarketCursor | null = null;
  readonly #order: Int32Array;
  readonly #closesNow: Float64Array;
  readonly #contract: 'linear' | 'inverse';
  /** The spot series of Bitcoin, whatever the catalog calls it. */
  readonly #bitcoin: string;
  #bar: number;
  #closesBar = -1;

  /** @param contract - the kind of perpetual that fits the account's collateral */
  constructor(
    market: Market,
    terms: Pick<Terms, 'taker' | 'halfSpread'>,
    symbols: SymbolIndex,
    needed: readonly string[],
    contract: 'linear' | 'inverse',
  ) {
    this.#market = market;
    this.#terms = terms;
    this.#symbols = symbols;
    this.#order = Int32Array.from(needed, (symbol) => symbols.find(symbol));
    this.#closesNow = new Float64Array(needed.length);
    this.#contract = contract;
    this.#bitcoin = market.instruments.find(({ kind, base }) => kind === 'spot' && base === 'BTC')?.symbol ?? 'BTC';
    this.#bar = market.first;
  }

  moveTo(bar: number): void {
    this.#bar = bar;
  }

  get time(): number {
    return barTime(this.#market, this.#bar);
  }

  get bar(): number {
    return this.#bar - this.#market.first;
  }

  get step(): number {
    return this.#market.step;
  }

  close(symbol: string): number {
    return this.#now('close', this.#symbols.find(symbol));
  }

  mark(symbol: string): number {
    return this.#now('mark', this.#symbols.find(symbol));
  }

  tradable(symbol: string): boolean {
    return !Number.isNaN(this.close(symbol));
  }

  get closesNow(): Float64Array {
    if (this.#closesBar !== this.#bar) {
      this.#closesBar = this.#bar;
      for (let k = 0; k < this.#order.length; k++) this.#closesNow[k] = this.#now('close', this.#order[k]!);
    }
    return this.#closesNow;
  }

  closes(symbol: string, bars: number): Float64Array {
    return this.#here().window('close', this.#symbols.find(symbol), reach(bars, 'bars'));
  }

  marks(symbol: string, bars: number): Float64Array {
    return this.#here().window('mark', this.#symbols.find(symbol), reach(bars, 'bars'));
  }

  fundingRate(symbol: string): number {
    return this.#here().fundingRate(this.#symbols.find(symbol));
  }

  perpetual(base: string): string | null {
    const fits = this.#market.instruments.find(
      (instrument) => instrument.kind === 'perpetual' && instrument.base === base && instrument.contract === this.#contract,
    );
    return fits?.symbol ?? null;
  }

  futures(base: string): readonly FutureView[] {
    const { instruments } = this.#market;
    const listed = instruments.flatMap((instrument, j) => {
      const fits = instrument.kind === 'future' && instrument.base === base && instrument.contract === this.#contract;
      return fits && instrument.expiry! > this.time && this.#now('mark', j) > 0 ? [this.#future(j)] : [];
    });
    return listed.sort((a, b) => a.expiry - b.expiry);
  }

  #future(j: number): FutureView {
    const { instruments, indexOf } = this.#market;
    const { symbol, contract, expiry } = instruments[j]!;
    const days = (expiry! - this.time) / DAY;
    const mark = this.#now('mark', j);
    const index = indexOf[j]!;
    const spot = index < 0 ? NaN : this.#now('mark', index);
    const tradable = !Number.isNaN(this.#now('close', j));
    return {
      symbol,
      contract: contract!,
      expiry: expiry!,
      days,
      mark,
      annualisedBasis: annualisedBasis(mark, spot, days),
      tradable,
    };
  }

  beta(symbol: string, days: number): number {
    return this.#here().beta(this.#symbols.find(symbol), this.#symbols.find(this.#bitcoin), days);
  }

  correlation(a: string, b: string, days: number): number {
    return this.#here().correlation(this.#symbols.find(a), this.#symbols.find(b), days);
  }

  volatility(symbol: string, days: number): number {
    return this.#here().volatility(this.#symbols.find(symbol), days);
  }

  fundingRates(symbol: string, days: number): Float64Array {
    return this.#here().fundingRates(this.#symbols.find(symbol), reach(days, 'days'));
  }

  openInterest(base: string): number {
    return this.#here().openInterest(base);
  }

  openInterests(base: string, bars: number): Float64Array {
    return this.#here().openInterests(base, reach(bars, 'bars'));
  }

  tradingCost(symbol: string): number {
    const j = this.#symbols.find(symbol);
    return this.#terms.taker[j]! + this.#terms.halfSpread[j]!;
  }

  isBoundary(unit: CalendarUnit): boolean {
    return boundaryFlags(this.#market, unit)[this.#bar] === 1;
  }

  #now(field: 'close' | 'mark', instrument: number): number {
    return this.#market.columns[field][instrument * this.#market.length + this.#bar]!;
  }

  #here(): MarketCursor {
    const cursor = (this.#cursor ??= new MarketCursor(this.#market));
    if (cursor.bar !== this.#bar) cursor.moveTo(this.#bar);
    return cursor;
  }
}

/** How far a window looks back: without a number it would reach past the bar, or into another symbol's prices. */
function reach(length: number, unit: 'bars' | 'days'): number {
  if (length >= 0) return length;
  throw new StrategyError('window-wrong', `a window of ${String(length)} ${unit}`, {
    hint: `say how many ${unit} it looks back, 0 or more: market.closes('BTC', 20)`,
  });
}
