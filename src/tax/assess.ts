import type { Assessment } from './regime.ts';

/** A column of results and the flat rate on it. */
export interface RatedColumn {
  readonly column: number;
  /** Fraction. */
  readonly rate: number;
}

/** What `netWithCharacter` needs to know. */
export interface CharacterRates {
  readonly short: RatedColumn;
  readonly long: RatedColumn;
  readonly ordinary: RatedColumn;
  /** Net capital loss that may reduce the year's ordinary income, account currency, ≥ 0. */
  readonly ordinaryOffset: number;
}

/**
 * Capital results of two characters at flat rates: short and long are netted within themselves (losses carried in included), then against
 * each other; what is left of a loss goes on without limit and keeps its character. Ordinary income stands apart, except for the offset,
 * which uses short-term loss first.
 *
 * @see 26 U.S.C. 1211(b), 1212(b), 1222; Schedule D (Form 1040)
 */
export function netWithCharacter(rates: CharacterRates): Assessment {
  return new CharacterNetting(rates);
}

class CharacterNetting implements Assessment {
  readonly #short: number;
  readonly #long: number;
  readonly #ordinary: number;
  readonly #shortRate: number;
  readonly #longRate: number;
  readonly #ordinaryRate: number;
  readonly #offset: number;

  constructor({ short, long, ordinary, ordinaryOffset }: CharacterRates) {
    this.#short = short.column;
    this.#long = long.column;
    this.#ordinary = ordinary.column;
    this.#shortRate = short.rate;
    this.#longRate = long.rate;
    this.#ordinaryRate = ordinary.rate;
    this.#offset = ordinaryOffset;
  }

  bill(results: Float64Array, carried: Float64Array): number {
    const short = results[this.#short]! - carried[this.#short]!;
    const long = results[this.#long]! - carried[this.#long]!;
    const income = results[this.#ordinary]!;
    const taxedIncome = this.#ordinaryRate * (income - this.#offsetUsed(short + long, income));
    if (short >= 0 && long >= 0) return taxedIncome + this.#shortRate * short + this.#longRate * long;
    const net = short + long;
    return net > 0 ? taxedIncome + (short > 0 ? this.#shortRate : this.#longRate) * net : taxedIncome;
  }

  carry(results: Float64Array, carried: Float64Array): void {
    const short = results[this.#short]! - carried[this.#short]!;
    const long = results[this.#long]! - carried[this.#long]!;
    const shortLoss = Math.max(0, -short - Math.max(0, long));
    const longLoss = Math.max(0, -long - Math.max(0, short));
    const used = this.#offsetUsed(short + long, results[this.#ordinary]!);
    const usedOfShort = Math.min(used, shortLoss);
    carried[this.#short] = shortLoss - usedOfShort;
    carried[this.#long] = longLoss - (used - usedOfShort);
  }

  #offsetUsed(netCapital: number, income: number): number {
    return netCapital < 0 ? Math.min(-netCapital, this.#offset, income) : 0;
  }
}
