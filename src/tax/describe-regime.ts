import { DISCLAIMER } from './describe.ts';
import { type FundingReading, fundingReadingsApart } from './funding.ts';
import type { MonthDay, Regime, ResultClass, Taxation } from './regime.ts';
import { namesOfClass } from './resolve.ts';

/** A regime's parameters as plain data, for people and other programs. */
export interface RegimeDescription {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly currency: string | null;
  readonly confidence: string;
  readonly lots: Regime['lots'];
  /** null: nothing is ever taxed. */
  readonly taxation: TaxationDescription | null;
  readonly notModelled: readonly string[];
  readonly sources: Regime['sources'];
  readonly disclaimer: string;
}

/** What is recognised, at which rates, and when it is paid; dates are `MM-DD`. */
export interface TaxationDescription {
  readonly defaultProfile: string;
  readonly profiles: readonly ProfileDescription[];
  /** Calendar years in which tax years with known figures begin. */
  readonly known: Taxation['known'];
  /** Filing statuses of the bands that an `income` brings in; null: it has none. */
  readonly filings: readonly string[] | null;
  readonly classes: readonly { readonly name: string; readonly meaning: string }[];
  readonly losses: readonly { readonly name: string; readonly meaning: string }[];
  readonly spot: { readonly short: ClassNames; readonly long: ClassNames; readonly longAfterYears: number | null };
  readonly contracts: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly recognised: 'close' | 'year-end';
    readonly classes: readonly (ClassNames & { readonly share: number })[];
  }[];
  readonly fundingIncome: Taxation['fundingIncome'];
  /** By way of taxing contracts: the readings of funding in groups; those of a group differ at most in when funding counts. */
  readonly fundingReadings: readonly { readonly contracts: string; readonly apart: readonly (readonly FundingReading[])[] }[];
  readonly fees: Taxation['fees'];
  readonly swaps: Taxation['swaps'];
  readonly superficialLoss: Taxation['superficialLoss'];
  readonly withholding: Taxation['withholding'];
  readonly year: {
    readonly starts: string;
    readonly due: DatedDescription;
    readonly instalments: readonly (DatedDescription & { readonly share: number })[];
  };
  readonly rules: readonly string[];
}

/** Rates by class, as fractions, from the tax year that begins in a calendar year on; `from` null: always. */
export interface ProfileDescription {
  readonly name: string;
  readonly rates: readonly { readonly from: number | null; readonly byClass: Readonly<Record<string, number>> }[];
}

interface ClassNames {
  readonly gains: string;
  readonly losses: string;
}

interface DatedDescription {
  readonly date: string;
  /** Years after the calendar year in which the tax year ends. */
  readonly yearsLater: number;
}

/** All that `kedge regimes` says of a regime. */
export function describeRegime(regime: Regime): RegimeDescription {
  const { name, title, aliases, currency, confidence, lots, taxation, notModelled, sources } = regime;
  return {
    name,
    title,
    aliases,
    currency,
    confidence,
    lots,
    taxation: taxation && describeTaxation(taxation),
    notModelled,
    sources,
    disclaimer: DISCLAIMER,
  };
}

function describeTaxation(taxation: Taxation): TaxationDescription {
  const { classes, carried, profiles, spot, contracts, year, brackets } = taxation;
  const named = ({ name, meaning }: { readonly name: string; readonly meaning: string }) => ({ name, meaning });
  return {
    defaultProfile: taxation.defaultProfile,
    profiles: Object.entries(profiles).map(([name, table]) => ({
      name,
      rates: table.map(({ from, figures }) => ({ from: from === -Infinity ? null : from, byClass: figures })),
    })),
    known: taxation.known,
    filings: brackets?.filings ?? null,
    classes: classes.map(named),
    losses: carried.filter(({ loss }) => loss).map(named),
    spot: { short: namesOfClass(spot.short), long: namesOfClass(spot.long), longAfterYears: spot.longAfterYears },
    contracts: contracts.map((treatment) => ({
      name: treatment.name,
      meaning: treatment.meaning,
      recognised: treatment.recognised,
      classes: treatment.classes.map((part: { class: ResultClass; share: number }) => ({
        ...namesOfClass(part.class),
        share: part.share,
      })),
    })),
    fundingIncome: taxation.fundingIncome,
    fundingReadings: contracts.map((treatment) => ({
      contracts: treatment.name,
      apart: fundingReadingsApart(taxation, treatment),
    })),
    fees: taxation.fees,
    swaps: taxation.swaps,
    superficialLoss: taxation.superficialLoss,
    withholding: taxation.withholding,
    year: {
      starts: monthDay(year.start),
      due: { date: monthDay(year.due), yearsLater: year.due.yearsLater },
      instalments: year.instalments.map(({ share, yearsLater, ...day }) => ({ date: monthDay(day), yearsLater, share })),
    },
    rules: taxation.rules,
  };
}

function monthDay({ month, day }: MonthDay): string {
  return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
