import { upperBound } from '../core/column.ts';
import type { Random } from '../core/random.ts';
import { openMarket } from './buffer.ts';
import { FIELDS, barTime, type Market } from './market.ts';

/**
 * A copy of a market whose future can be hidden and given back bar by bar.
 *
 * Everything later than the bar in sight holds made-up values: prices and volumes of the right order of magnitude where the market has
 * none and where it has some, funding rates, marks, settlements, open interest. Whoever reads them acts on what is not there.
 */
export class Veil {
  readonly market: Market;
  readonly #original: Market;
  readonly #random: Random;
  #inSight = -1;

  constructor(market: Market, random: Random) {
    const copy = new SharedArrayBuffer(market.buffer.byteLength);
    new Uint8Array(copy).set(new Uint8Array(market.buffer));
    this.market = openMarket(copy, market.hash);
    this.#original = market;
    this.#random = random;
  }

  /** Hides everything later than `bar`. */
  hideAfter(bar: number): void {
    const { instruments, length, columns, funding, settlement, openInterest } = this.market;
    const now = barTime(this.market, bar);
    for (let j = 0; j < instruments.length; j++) {
      for (const field of FIELDS) {
        const column = columns[field];
        for (let at = j * length + bar + 1; at < (j + 1) * length; at++) column[at] = this.#madeUp(column[at]!);
      }
      if (this.#settlesAfter(j, now)) settlement[j] = this.#madeUp(settlement[j]!);
    }
    for (const column of Object.values(openInterest)) {
      for (let at = bar + 1; at < length; at++) column[at] = this.#madeUp(column[at]!);
    }
    for (let row = upperBound(funding.time, now); row < funding.time.length; row++) {
      funding.rate[row] = 0.01 * (this.#random.uniform() - 0.5);
      funding.mark[row] = this.#madeUp(funding.mark[row]!);
    }
    this.#inSight = bar;
  }

  /** Gives back the next bar, with everything that happens in it. */
  showNext(): void {
    const bar = this.#inSight + 1;
    const { instruments, length, columns, funding, settlement, openInterest } = this.market;
    if (bar >= length) return;
    const before = barTime(this.market, bar - 1);
    const now = barTime(this.market, bar);
    const original = this.#original;
    for (let j = 0; j < instruments.length; j++) {
      const at = j * length + bar;
      for (const field of FIELDS) columns[field][at] = original.columns[field][at]!;
      if (!this.#settlesAfter(j, now)) settlement[j] = original.settlement[j]!;
    }
    for (const [base, column] of Object.entries(openInterest)) column[bar] = original.openInterest[base]![bar]!;
    for (let row = upperBound(funding.time, before); row < funding.time.length && funding.time[row]! <= now; row++) {
      funding.rate[row] = original.funding.rate[row]!;
      funding.mark[row] = original.funding.mark[row]!;
    }
    this.#inSight = bar;
  }

  #settlesAfter(instrument: number, now: number): boolean {
    const { expiry } = this.market.instruments[instrument]!;
    return expiry !== null && expiry > now;
  }

  #madeUp(value: number): number {
    const { uniform } = this.#random;
    return (Number.isNaN(value) || value === 0 ? 100 : value) * (0.5 + uniform());
  }
}
