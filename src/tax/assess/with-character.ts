import type { Assessment } from '../regime.ts';
import type { Band } from './bands.ts';
import { taxInBands } from './bands.ts';
import { longLossLeft, shortLossLeft, taxableLong, taxableShort } from './capital-netting.ts';
import { carriedBack } from './carry-back.ts';
import { refundOf, rollYears } from './contract-carry-back.ts';
import type { NiitTerms } from './niit.ts';
import { niitBase } from './niit.ts';
import { CARRYBACK_YEARS, SHORT_SHARE, carryableBack, carrybackBase } from './section-1256.ts';

/** The classes of results, as the columns are read below. */
export const CHARACTER_CLASSES = ['short', 'long', 'ordinary', 'short1256', 'long1256'] as const;
/** What goes from year to year: losses by character, and what a loss of 1256 contracts may be carried back to, the latest year first. */
export const CHARACTER_CARRIED = [
  'short',
  'long',
  ...['gain1256', 'taxedShort', 'taxedLong', 'deducted'].flatMap((name) => [name, `${name}Earlier`, `${name}Earliest`]),
];

const SHORT = 0;
const LONG = 1;
const ORDINARY = 2;
const SHORT_1256 = 3;
const LONG_1256 = 4;
const BASES = 2;
/** Flat rates per character, as fractions. */
export interface CharacterRates {
  readonly short: number;
  readonly long: number;
  readonly ordinary: number;
}

/** Scales that count from the holder's other income, regime currency a year. */
export interface CharacterScales {
  readonly income: number;
  readonly ordinary: readonly Band[];
  /** Lies over ordinary income: long-term gain is taxed in the bands above all the rest. */
  readonly long: readonly Band[];
  readonly niit: NiitTerms;
}

/**
 * Capital results of two characters: short and long are netted within themselves (losses brought forward included), then across; what is
 * left of a loss goes on without limit and keeps its character. Up to `ordinaryOffset` of a net loss reduces ordinary income, short-term
 * loss first: the account's own, and with `scales` the holder's. Losses of section 1256 contracts go back to the gains of such contracts in
 * the three years before, the earliest first (flat rates only: a refund depends on the bands of those years).
 *
 * @param tax - flat rates, or scales over the holder's other income
 * @see 26 U.S.C. 1(h), 1211(b), 1212(b) and (c), 1222, 1411; Schedule D (Form 1040)
 */
export function withCharacter(tax: CharacterRates | CharacterScales, ordinaryOffset: number): Assessment {
  return new CharacterNetting(tax, ordinaryOffset);
}

class CharacterNetting implements Assessment {
  readonly #rates: CharacterRates | null;
  readonly #scales: CharacterScales | null;
  readonly #offset: number;

  constructor(tax: CharacterRates | CharacterScales, ordinaryOffset: number) {
    this.#scales = 'income' in tax ? tax : null;
    this.#rates = 'income' in tax ? null : tax;
    this.#offset = ordinaryOffset;
  }

  bill(results: Float64Array, carried: Float64Array): number {
    const rates = this.#rates;
    const otherwise = results[ORDINARY] !== 0 || results[SHORT_1256] !== 0 || results[LONG_1256] !== 0;
    if (rates === null || otherwise) return this.#wholeBill(results, carried);
    // Coins and flat rates alone, the netting of `taxableShort` and `taxableLong` written out: this is called at every bar.
    const short = results[SHORT]! - carried[SHORT]!;
    const long = results[LONG]! - carried[LONG]!;
    if (short >= 0 && long >= 0) return rates.short * short + rates.long * long;
    const net = short + long;
    return net > 0 ? (short > 0 ? rates.short : rates.long) * net : 0;
  }

  #wholeBill(results: Float64Array, carried: Float64Array): number {
    const short = results[SHORT]! + results[SHORT_1256]! - carried[SHORT]!;
    const long = results[LONG]! + results[LONG_1256]! - carried[LONG]!;
    const net = short + long;
    const income = results[ORDINARY]!;
    const ordinary = net < 0 ? income - this.#offsetUsed(net, income) : income;
    const gainShort = taxableShort(short, long);
    const gainLong = taxableLong(short, long);
    const rates = this.#rates;
    if (rates === null) return inScales(this.#scales!, ordinary, gainShort, gainLong);
    // Deductible payments reduce what the account is taxed on, and no more.
    const tax = Math.max(0, rates.ordinary * ordinary + rates.short * gainShort + rates.long * gainLong);
    if (net >= 0 || results[SHORT_1256]! + results[LONG_1256]! >= 0) return tax;
    return tax - refundOf(rates, this.#takenBack(results, carried, short, long), carried, BASES);
  }

  carry(results: Float64Array, carried: Float64Array): void {
    const short = results[SHORT]! + results[SHORT_1256]! - carried[SHORT]!;
    const long = results[LONG]! + results[LONG_1256]! - carried[LONG]!;
    const used = this.#offsetUsed(short + long, results[ORDINARY]!);
    const back = this.#takenBack(results, carried, short, long);
    const shortLeft = shortLossLeft(short, long, used);
    const longLeft = longLossLeft(short, long, used);
    const backOfShort = Math.min(shortLeft, Math.max(SHORT_SHARE * back, back - longLeft));
    carried[SHORT] = shortLeft - backOfShort;
    carried[LONG] = longLeft - (back - backOfShort);
    const result = results[SHORT_1256]! + results[LONG_1256]!;
    const base = this.#rates === null ? 0 : carrybackBase(result, short + long);
    const deducted = Math.max(0, -results[ORDINARY]!);
    rollYears(carried, BASES, back, { base, short: taxableShort(short, long), long: taxableLong(short, long), deducted });
  }

  #offsetUsed(netCapital: number, ordinary: number): number {
    if (netCapital >= 0 || this.#offset === 0) return 0;
    const reducible = Math.max(0, ordinary + (this.#scales === null ? 0 : this.#scales.income));
    return Math.min(-netCapital, this.#offset, reducible);
  }

  #takenBack(results: Float64Array, carried: Float64Array, short: number, long: number): number {
    const result = results[SHORT_1256]! + results[LONG_1256]!;
    if (result >= 0 || short + long >= 0) return 0;
    const forward = -(short + long) - this.#offsetUsed(short + long, results[ORDINARY]!);
    return carriedBack(carryableBack(result, forward), carried, BASES, CARRYBACK_YEARS);
  }
}

function inScales(
  { income, ordinary: bands, long: longBands, niit }: CharacterScales,
  ordinary: number,
  short: number,
  long: number,
): number {
  const stacked = ordinary + short;
  const investment = Math.max(0, stacked + long);
  // Payments beyond all other income come off the long-term gain.
  const longLeft = Math.max(0, long + Math.min(0, income + stacked));
  return (
    taxInBands(bands, income, stacked) +
    taxInBands(longBands, income + stacked, longLeft) +
    niit.rate * niitBase(investment, income + investment, niit.threshold)
  );
}
