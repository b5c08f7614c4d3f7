import { z } from 'zod';
import { parseSource } from '../core/document.ts';
import { ConfigError } from '../core/errors.ts';
import { check } from '../core/schema.ts';
import { didYouMean } from '../core/suggest.ts';
import { parseDate } from '../core/time.ts';
import { everyYear } from './by-year.ts';
import { LOT_METHODS, leavesSwapsOut } from './methods.ts';
import type { ByYear, ClassRates, MonthDay, Regime, Taxation } from './regime.ts';
import { findRegime } from './regimes.ts';

const name = z.string().min(1);
const fraction = z.number().min(0).max(1);
const rates = z.record(name, fraction).describe('fraction per class');
const monthDay = z
  .string()
  .regex(/^\d{2}-\d{2}$/, 'expected a day of the year such as 04-06')
  .refine((text) => !Number.isNaN(parseDate(`2023-${text}`)), 'there is no such day in a common year')
  .transform((text): MonthDay => ({ month: Number(text.slice(0, 2)), day: Number(text.slice(3)) }));

/** A regime of the user's own, key by key: a shipped one with other facts. Rates are fractions. */
export const regimeFileSchema = z.strictObject({
  extends: name.describe('the shipped regime whose facts and assessment hold where none are given here'),
  name: name.describe('what the experiment’s results call it'),
  title: name.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR')
    .optional(),
  profile: name.optional().describe('the profile of the shipped regime that rates not given here come from'),
  rates: z
    .union([
      rates,
      z.array(z.strictObject({ from: z.int().describe('calendar year in which the tax year begins'), rates })).min(1),
    ])
    .optional()
    .describe('rates by class, or by year and class'),
  lots: z.enum(LOT_METHODS).optional().describe('the method, where the experiment names none'),
  longAfterYears: z
    .int()
    .min(1)
    .nullable()
    .optional()
    .describe('whole years a lot must be older than; null: time does not matter'),
  fundingIncome: z
    .strictObject({
      received: name.describe('class of receipts under `funding: income`'),
      paid: name.nullable().describe('class of payments under `funding: income`; null: not deductible'),
      bothWays: name.describe('class of both under `funding: income-both-ways`'),
    })
    .partial()
    .optional(),
  fees: z.strictObject({ inBasis: z.boolean(), inProceeds: z.boolean() }).partial().optional(),
  swaps: z
    .enum(['disposal', 'untaxed'])
    .optional()
    .describe('whether coin for coin is a disposal; untaxed: with `lots: fr-portfolio` only'),
  superficialLoss: z
    .strictObject({ daysBefore: z.int().min(0).max(365), daysAfter: z.int().min(0).max(365) })
    .nullable()
    .optional(),
  year: z
    .strictObject({
      start: monthDay.describe('first day of the tax year, MM-DD'),
      due: monthDay.describe('day on which the bill is due, MM-DD'),
      dueYearsLater: z.int().min(0).max(3).describe('counted from the year in which the tax year ends'),
    })
    .optional(),
  rules: z.array(name).optional().describe('the rules in sentences, in place of the shipped ones'),
  sources: z.array(z.strictObject({ what: name, where: name, asOf: name })).optional(),
});
export type RegimeFile = z.output<typeof regimeFileSchema>;

/**
 * Reads a regime of the user's own (YAML or JSON).
 *
 * @param file - for messages
 * @throws {ConfigError} `file-not-yaml`; `regime-file-wrong` with all faults, each with line and column
 */
export function parseRegime(text: string, file: string): Regime {
  const source = parseSource(text, file);
  const checked = check(regimeFileSchema, source.value, source.place, 'the regime');
  if (!checked.ok) {
    const [first] = checked.faults;
    throw new ConfigError('regime-file-wrong', first!.message, {
      faults: checked.faults,
      ...(first!.at && { at: first!.at }),
      ...(first!.hint !== undefined && { hint: first!.hint }),
    });
  }
  const own = checked.value;
  const at = (...path: PropertyKey[]): ReturnType<typeof source.place> => source.place(path, 'value');
  const fail = (path: PropertyKey[], message: string, hint: string): never => {
    throw new ConfigError('regime-file-wrong', message, { at: at(...path), hint });
  };
  const base = shipped(own.extends, at('extends'));
  const { taxation } = base;
  if (taxation === null) return fail(['extends'], `regime ${base.name} taxes nothing`, 'extend one that does');

  const profiles = Object.keys(taxation.profiles);
  if (own.profile !== undefined && !profiles.includes(own.profile)) {
    fail(['profile'], `regime ${base.name} has no profile "${own.profile}"`, didYouMean(own.profile, profiles));
  }
  const classes = taxation.classes.map((each) => each.name);
  const given = own.rates === undefined ? [] : Array.isArray(own.rates) ? own.rates.map((each) => each.rates) : [own.rates];
  for (const unknown of given.flatMap((each) => Object.keys(each)).filter((each) => !classes.includes(each))) {
    fail(['rates'], `regime ${base.name} has no class "${unknown}"`, didYouMean(unknown, classes));
  }
  for (const [key, taxClass] of Object.entries(own.fundingIncome ?? {})) {
    if (taxClass === null || taxClass === undefined || classes.includes(taxClass)) continue;
    fail(['fundingIncome', key], `regime ${base.name} has no class "${taxClass}"`, didYouMean(taxClass, classes));
  }
  const lots = own.lots ?? base.lots.default;
  if ((own.swaps ?? taxation.swaps) === 'untaxed' && !leavesSwapsOut(lots)) {
    fail(
      [own.swaps === undefined ? 'lots' : 'swaps'],
      `swaps are untaxed${own.swaps === undefined ? ` in regime ${base.name}` : ''}, but lots "${lots}" would tax each of them`,
      'use `lots: fr-portfolio`, which leaves them out, or `swaps: disposal`',
    );
  }
  return {
    ...base,
    name: own.name,
    title: own.title ?? `${own.name}, after ${base.title}`,
    aliases: [],
    currency: own.currency ?? base.currency,
    lots: {
      ...base.lots,
      default: lots,
      // What a regime of one's own names is its law, also where the shipped one only compares by it.
      lawful: base.lots.lawful.includes(lots) ? base.lots.lawful : [lots, ...base.lots.lawful],
      forComparison: base.lots.forComparison.filter((each) => each !== lots),
    },
    taxation: taxationOf(taxation, own),
    sources: own.sources ?? base.sources,
  };
}

function taxationOf(base: Taxation, own: RegimeFile): Taxation {
  const from = own.profile ?? base.defaultProfile;
  return {
    ...base,
    profiles: { ...base.profiles, [own.name]: ownRates(base.profiles[from]!, own.rates) },
    defaultProfile: own.name,
    spot: { ...base.spot, ...(own.longAfterYears !== undefined && { longAfterYears: own.longAfterYears }) },
    fundingIncome: {
      received: own.fundingIncome?.received ?? base.fundingIncome.received,
      paid: own.fundingIncome?.paid === undefined ? base.fundingIncome.paid : own.fundingIncome.paid,
      bothWays: own.fundingIncome?.bothWays ?? base.fundingIncome.bothWays,
    },
    fees: { inBasis: own.fees?.inBasis ?? base.fees.inBasis, inProceeds: own.fees?.inProceeds ?? base.fees.inProceeds },
    swaps: own.swaps ?? base.swaps,
    superficialLoss: own.superficialLoss === undefined ? base.superficialLoss : own.superficialLoss,
    year: own.year
      ? { ...base.year, start: own.year.start, due: { ...own.year.due, yearsLater: own.year.dueYearsLater } }
      : base.year,
    rules: own.rules ?? base.rules,
  };
}

/** The rates of a profile with one's own over them; by year, where they are given by year. */
function ownRates(profile: ByYear<ClassRates>, own: RegimeFile['rates']): ByYear<ClassRates> {
  if (own === undefined) return profile;
  const today = profile.at(-1)!.figures;
  if (!Array.isArray(own)) return everyYear({ ...today, ...own });
  return own.toSorted((a, b) => a.from - b.from).map((each) => ({ from: each.from, figures: { ...today, ...each.rates } }));
}

function shipped(named: string, at: object): Regime {
  try {
    return findRegime(named);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError('regime-file-wrong', `extends: ${error.message}`, {
      at,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}
