import type { AssessmentChoices } from '../../src/tax/regime.ts';
import { findRegime } from '../../src/tax/regimes.ts';
import { ratesOf } from '../../src/tax/resolve.ts';

/** Results by class of one tax year; what is left out is 0. */
export type Results = Readonly<Record<string, number>>;

/** Bills of successive tax years, and what was carried out of the last by name. */
export interface Assessed {
  readonly bills: number[];
  readonly carried: Readonly<Record<string, number>>;
}

/** Assesses tax years one after another by a regime's own rules, at rates of its default profile unless others are given. */
export function assessYears(
  name: string,
  years: readonly Results[],
  choices: Partial<Omit<AssessmentChoices, 'rates'>> & { readonly rates?: Results; readonly profile?: string } = {},
): Assessed {
  const taxation = findRegime(name).taxation!;
  const { rates: own, profile = taxation.defaultProfile, ...others } = choices;
  const year = others.year ?? Infinity;
  const assessment = taxation.assess({
    rates: ratesOf(taxation, profile, own, year),
    ordinaryOffset: 0,
    income: null,
    filing: null,
    ...others,
    year,
  });
  const carried = new Float64Array(taxation.carried.length);
  const bills = years.map((results) => {
    const unknown = Object.keys(results).find((each) => !taxation.classes.some(({ name: known }) => known === each));
    if (unknown !== undefined) throw new Error(`regime ${name} has no class ${unknown}`);
    const column = Float64Array.from(taxation.classes, (known) => results[known.name] ?? 0);
    const bill = assessment.bill(column, carried);
    assessment.carry(column, carried);
    return Number(bill.toFixed(9)) + 0;
  });
  return { bills, carried: Object.fromEntries(taxation.carried.map((known, k) => [known.name, carried[k]!])) };
}
