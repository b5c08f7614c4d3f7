import { maintenanceOf } from '../venue/margin.ts';
import type { Kernel } from './kernel.ts';
import { RANGE_BITS, markRanges } from './mark-ranges.ts';

// What sums of floats may be off by, relative to their terms, with much to spare: a bound that is too weak only costs an exact test.
const SLACK = 1e-9;

/**
 * Proves, for contracts that share one cash account, that margin needs no closer look: over a stretch of bars the account is worth no less
 * than its cash and the worst result of each position at the highest and lowest marks of the stretch, and must hold no more than at the
 * highest (maintenance never falls as a notional grows). These sums stand until a position moves or the stretch ends; cash alone changes
 * between, so a bar costs one comparison. What is not proved has to be tested exactly.
 */
export class MarginGuard {
  readonly #kernel: Kernel;
  /** Whether lowest ratios that are no new lowest may go unseen: not where a row of the record wants that of every bar. */
  readonly #silent: boolean;
  /** First bar after the stretch that the sums are of. */
  #end = 0;
  /** `account.moves` when the sums were taken. */
  #moves = -1;
  /** Least unrealised result, most maintenance, most initial margin. */
  #result = 0;
  #maintenance = 0;
  #initial = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#silent = kernel.margin.lone && !kernel.recorder.full;
  }

  /** Whether the margin ratio stays over 1, and over the lowest one seen so far, at all marks of bar i. */
  clears(i: number): boolean {
    if (!this.#silent) return false;
    const { account, minMarginRatio } = this.#kernel;
    if (i >= this.#end || account.moves !== this.#moves) this.#sum(i);
    return account.cash + this.#result > (minMarginRatio > 1 ? minMarginRatio : 1) * this.#maintenance;
  }

  /** Whether the balance is at least `share` of initial margin at all marks of bar i. */
  covers(i: number, share: number): boolean {
    const { account, margin } = this.#kernel;
    if (!margin.lone) return false;
    if (i >= this.#end || account.moves !== this.#moves) this.#sum(i);
    return account.cash + this.#result >= share * this.#initial;
  }

  /** Free margin at all marks of bar i, or less; −Infinity where it is not known. */
  leastFree(i: number): number {
    const { account, margin } = this.#kernel;
    if (!margin.lone) return -Infinity;
    if (i >= this.#end || account.moves !== this.#moves) this.#sum(i);
    return account.cash + this.#result - this.#initial;
  }

  /** Cash that contracts keep from being spent at all marks of bar i, or more. */
  mostReserved(i: number): number {
    if (i >= this.#end || this.#kernel.account.moves !== this.#moves) this.#sum(i);
    return Math.max(0, this.#initial - this.#result);
  }

  #sum(i: number): void {
    const { account, market, spotCount, terms } = this.#kernel;
    const { held, positions, quantity, entry, leverage } = account;
    const { stretches, low, high } = markRanges(market);
    const stretch = i >> RANGE_BITS;
    let result = 0;
    let maintenance = 0;
    let initial = 0;
    let notional = 0;
    for (let row = 0; row < positions; row++) {
      const j = held[row]!;
      const at = (j - spotCount) * stretches + stretch;
      const units = quantity[j]!;
      const most = Math.abs(units) * high[at]!;
      result += units * ((units > 0 ? low[at]! : high[at]!) - entry[j]!);
      maintenance += maintenanceOf(terms.maintenance, j - spotCount, most);
      initial += most / leverage[j]!;
      notional += most;
    }
    this.#result = result - SLACK * notional;
    this.#maintenance = maintenance * (1 + SLACK);
    this.#initial = initial * (1 + SLACK);
    this.#end = (stretch + 1) << RANGE_BITS;
    this.#moves = account.moves;
  }
}
