import type { LotMethod } from './methods.ts';

/** A kind of result that a regime taxes in its own way: short-term gain, income, … */
export interface TaxClass {
  readonly name: string;
  /** In words, for reports. */
  readonly meaning: string;
  /** The class whose rate it takes when neither profile nor experiment names one for it. */
  readonly rateOf?: string;
}

/** A civil date within a year; `month` is 1 to 12. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** Where a figure or rule was read. */
export interface TaxSource {
  readonly what: string;
  readonly where: string;
  /** Date on which it was consulted, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/**
 * How results become a bill. Columns have one value per class, in the order of the regime's classes, in account currency.
 * Both methods are called in the hot loop: plain arithmetic, no allocation.
 */
export interface Assessment {
  /** Tax on one year's `results`, with the losses `carried` in (≥ 0); never negative. */
  bill(results: Float64Array, carried: Float64Array): number;
  /** Replaces `carried` by the losses that go on into the next year. */
  carry(results: Float64Array, carried: Float64Array): void;
}

/** What an assessment is made of besides the law: the resolved choices of the experiment. */
export interface AssessmentChoices {
  /** Fraction per class, in the order of the regime's classes. */
  readonly rates: readonly number[];
  readonly ordinaryOffset: number;
}

/** What is recognised, as which class, and when it is paid. */
export interface Taxation {
  readonly classes: readonly TaxClass[];
  /** Rates per class, as fractions, by profile; a class may be left to `rateOf`. */
  readonly profiles: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly defaultProfile: string;
  /** Class of a coin's disposal. Long: the sale's date is later than this anniversary of the purchase; null when time does not matter. */
  readonly spot: { readonly short: string; readonly long: string; readonly longAfterYears: number | null };
  /** Class of a contract's result, recognised when the position reduces. */
  readonly contracts: string;
  /** Classes of funding when it is income of its own: received and paid; null: not deductible. */
  readonly fundingIncome: { readonly received: string; readonly paid: string | null };
  /** Whether trading fees of coins count. */
  readonly fees: { readonly inBasis: boolean; readonly inProceeds: boolean };
  /** First day of the tax year; the due date counts years from the one in which the tax year ends. */
  readonly year: { readonly start: MonthDay; readonly due: MonthDay & { readonly yearsLater: number } };
  readonly assess: (choices: AssessmentChoices) => Assessment;
  /** The rules in sentences, for reports. */
  readonly rules: readonly string[];
}

/** The tax law of one jurisdiction for a private investor: facts, not code, as far as the law allows. */
export interface Regime {
  readonly name: string;
  readonly title: string;
  /** Other names it answers to: ISO codes. */
  readonly aliases: readonly string[];
  /** ISO 4217 code in which results are reckoned; null when it does not matter. */
  readonly currency: string | null;
  readonly lots: {
    readonly default: LotMethod;
    /** Methods the law offers. */
    readonly lawful: readonly LotMethod[];
    /** Methods it does not offer but that may be computed for comparison; reports say so. */
    readonly forComparison: readonly LotMethod[];
  };
  /** null: nothing is ever taxed. */
  readonly taxation: Taxation | null;
  readonly notModelled: readonly string[];
  readonly sources: readonly TaxSource[];
}
