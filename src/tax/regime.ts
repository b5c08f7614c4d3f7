import type { LotMethod } from './methods.ts';

/** A kind of result that a regime taxes in its own way, as one column of a tax year: short-term gain, income, loss, … */
export interface TaxClass {
  readonly name: string;
  /** In words, for reports. */
  readonly meaning: string;
  /** As the heading of a column, where the meaning is too long for one. */
  readonly label?: string;
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
 * Figures that change with the years, ascending: an entry holds for the tax years that begin in the calendar year `from` or later, until
 * the next. Before the first entry the first is the nearest known; the last is today's.
 */
export type ByYear<T> = readonly { readonly from: number; readonly figures: T }[];

/** A fraction per class; a class that is left out takes the rate of its `rateOf`, else 0. */
export type ClassRates = Readonly<Record<string, number>>;

/** A value that goes from one tax year into the next: a loss carried forward, or a base that a later loss may be carried back to. */
export interface CarriedColumn {
  readonly name: string;
  readonly meaning: string;
  /** As the heading of a column: columns of one label are summed up. Absent: the meaning. */
  readonly label?: string;
  /** Whether it is a loss that later years can use; reports show only these. */
  readonly loss: boolean;
}

/**
 * How results become a bill. `results` has one value per class, `carried` one per carried column, both in the regime's order and currency.
 * Both methods are called in the hot loop: plain arithmetic, no allocation. `bill` changes neither column.
 */
export interface Assessment {
  /** Tax on one year's `results`, given what was `carried` in; below 0 only where a loss carried back is refunded. */
  bill(results: Float64Array, carried: Float64Array): number;
  /** Replaces `carried` by what goes on into the next year. */
  carry(results: Float64Array, carried: Float64Array): void;
  /** Whether a rule about what was sold leaves the year's sales of coins untaxed, whatever they gained; absent: there is no such rule. */
  exempts?(results: Float64Array): boolean;
}

/** What an assessment is made of besides the law: the resolved choices of the experiment, for one tax year. */
export interface AssessmentChoices {
  /** Fraction per class, in the order of the regime's classes: the profile's for that year, or the experiment's own. */
  readonly rates: readonly number[];
  /** How much of a net capital loss may reduce other income; regime currency a year. */
  readonly ordinaryOffset: number;
  /** Calendar year in which the tax year begins; Infinity: today's figures, whatever the year. */
  readonly year: number;
  /** The holder's other taxable income, regime currency a year: brackets count from there. null: flat rates. */
  readonly income: number | null;
  /** Filing status, where brackets know several; null: the regime's first. */
  readonly filing: string | null;
}

/** The class of a result; gains and losses may go to classes of their own. */
export type ResultClass = string | { readonly gains: string; readonly losses: string };

/** One way of taxing a contract's price result, with its fees and, unless it is income of its own, its funding. */
export interface ContractTreatment {
  readonly name: string;
  /** In words, for reports. */
  readonly meaning: string;
  /** `close`: when the position reduces. `year-end`: also marked at the end of each tax year, later results being adjusted for it. */
  readonly recognised: 'close' | 'year-end';
  /** Classes and the share of each result that goes there; the shares sum to 1. */
  readonly classes: readonly { readonly class: ResultClass; readonly share: number }[];
}

/** Tax that is kept back from every sale of a coin and credited in the year's assessment. */
export interface Withholding {
  /** Fraction of the sale value. */
  readonly rate: number;
  /** Sale value in a tax year up to which nothing is kept back, regime currency; a sale that passes it is caught whole. */
  readonly above: number;
  /** The class that sums it up: a credit, which the ledger takes off the bill. */
  readonly class: string;
}

/** What is recognised, as which class, and when it is paid. */
export interface Taxation {
  readonly classes: readonly TaxClass[];
  /** What goes from year to year. */
  readonly carried: readonly CarriedColumn[];
  /** Flat rates per class by profile, and by year where they changed. */
  readonly profiles: Readonly<Record<string, ByYear<ClassRates>>>;
  readonly defaultProfile: string;
  /** The calendar years in which tax years with known figures begin; outside of them the nearest known are used. */
  readonly known: { readonly from: number; readonly to: number };
  /** Brackets: the filing statuses they know (first: the default); null where `income` means nothing to this regime. */
  readonly brackets: { readonly filings: readonly string[] } | null;
  /** Class of a coin's disposal. Long: the sale's date is later than this anniversary of the purchase; null when time does not matter. */
  readonly spot: { readonly short: ResultClass; readonly long: ResultClass; readonly longAfterYears: number | null };
  /** The ways of taxing contracts; the first is the default. */
  readonly contracts: readonly ContractTreatment[];
  /** Classes of funding when it is income of its own. */
  readonly fundingIncome: {
    readonly received: string;
    /** null: not deductible. */
    readonly paid: string | null;
    /** The class of receipts and payments alike where payments are deducted from income. */
    readonly bothWays: string;
  };
  /** Whether trading fees of coins count. */
  readonly fees: { readonly inBasis: boolean; readonly inProceeds: boolean };
  /** `untaxed`: a swap of coin for coin is no disposal. */
  readonly swaps: 'disposal' | 'untaxed';
  /** Days before and after a sale in which a purchase denies its loss; null: no such rule. Needs moving-average cost. */
  readonly superficialLoss: { readonly daysBefore: number; readonly daysAfter: number } | null;
  readonly withholding: Withholding | null;
  /** The law by which hedges may count as straddles, for reports that show that reading beside a run; absent: there is none. */
  readonly straddleLaw?: string;
  /** Whether a net capital loss may reduce other income (`ordinaryOffset`); absent: it may not. */
  readonly offsetsIncome?: boolean;
  /** The class that sums up what a year's taxable disposals of coins brought (the proceeds of their gain lines); absent: no rule asks. */
  readonly proceedsClass?: string;
  /** Under `law: historical`: results recognised in [from, to), UTC dates, go to another class than the one named first. */
  readonly splits: readonly { readonly from: string; readonly to: string; readonly classes: Readonly<Record<string, string>> }[];
  readonly year: {
    /** First day of the tax year. */
    readonly start: MonthDay;
    /** Counts years from the one in which the tax year ends. */
    readonly due: MonthDay & { readonly yearsLater: number };
    /** Prepayments, each a share of the last assessed year's bill, dated like `due`; paid only where the experiment asks for them. */
    readonly instalments: readonly (MonthDay & { readonly yearsLater: number; readonly share: number })[];
  };
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
    /** Whether the law matches lots within a wallet only. */
    readonly scope: 'universal' | 'per-wallet';
  };
  /** null: nothing is ever taxed. */
  readonly taxation: Taxation | null;
  /** How firm the law is, in words: `high for spot; low for funding`. */
  readonly confidence: string;
  readonly notModelled: readonly string[];
  readonly sources: readonly TaxSource[];
}
