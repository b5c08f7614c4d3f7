import { StrategyError } from '../../core/errors.ts';
import { once } from '../../core/once.ts';
import { didYouMean } from '../../core/suggest.ts';
import type { Market } from '../../market/market.ts';

/**
 * Symbols to instrument indices. Strategies ask for symbols in the same order bar after bar, so the next one expected is compared first
 * (for literals that is one pointer) and the map is only the fallback: measured, that halves the cost of asking by name.
 */
export class SymbolIndex {
  readonly #names: string[];
  readonly #instruments: number[];
  readonly #rows: () => ReadonlyMap<string, number>;
  #expected = 0;
  /** The first of each bar. */
  #opening = 0;

  /** @param order - symbols in the order in which they are likely to be asked for; the market's others follow */
  constructor(market: Market, order: readonly string[]) {
    const all = market.instruments.map((instrument) => instrument.symbol);
    this.#names = [...new Set([...order.filter((symbol) => all.includes(symbol)), ...all])];
    this.#instruments = this.#names.map((symbol) => all.indexOf(symbol));
    this.#rows = once(() => new Map(this.#names.map((symbol, row) => [symbol, row])));
  }

  /** A bar begins: the symbols of the last one are expected again, from the first. */
  begin(): void {
    this.#expected = this.#opening;
  }

  /**
   * @returns index into the market's instruments
   * @throws {StrategyError} `symbol-unknown`
   */
  find(symbol: string): number {
    const row = this.#expected;
    if (this.#names[row] === symbol) {
      this.#expected = row + 1 === this.#names.length ? 0 : row + 1;
      return this.#instruments[row]!;
    }
    return this.#lookUp(symbol);
  }

  #lookUp(symbol: string): number {
    const row = this.#rows().get(symbol);
    if (row === undefined) {
      if (typeof symbol !== 'string') {
        throw new StrategyError('symbol-unknown', `expected a symbol, found ${symbol === null ? 'null' : typeof symbol}`, {
          hint: '`market.perpetual` gives null, and `market.futures` no future, where the market has none: name the coin in `needs`',
        });
      }
      throw new StrategyError('symbol-unknown', `"${symbol}" is not in this run's market`, {
        hint: `${didYouMean(symbol, this.#names)} A strategy names what it uses in \`needs\`.`,
      });
    }
    if (this.#expected === this.#opening) this.#opening = row;
    // Asked for again next bar, this symbol is expected after the same one.
    this.#expected = row + 1 === this.#names.length ? 0 : row + 1;
    return this.#instruments[row]!;
  }
}
