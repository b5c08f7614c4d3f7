import { ConfigError } from '../core/errors.ts';
import type { Fault } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import { figuresIn } from './by-year.ts';
import type { FundingClasses, FundingReading } from './funding.ts';
import { fundingClasses } from './funding.ts';
import { type LotMethod, leavesSwapsOut } from './methods.ts';
import type { Assessment, ContractTreatment, Regime, ResultClass, Taxation } from './regime.ts';
import { findRegime } from './regimes.ts';
import type { TaxSetup } from './setup.ts';

const GIVES_UP_LOTS: readonly LotMethod[] = ['fifo', 'lifo', 'hifo', 'lofo', 'specific-id'];

/** A tax setup with every default applied. */
export interface TaxRules {
  readonly regime: Regime;
  /** null where nothing is taxed. */
  readonly profile: string | null;
  /** Fraction per class, in the order of the regime's classes: today's. */
  readonly rates: readonly number[];
  /** Classes that can hold a result under these choices, in order. */
  readonly reported: readonly string[];
  readonly method: LotMethod;
  readonly scope: 'universal' | 'per-wallet';
  /** null where nothing is taxed. */
  readonly contracts: ContractTreatment | null;
  readonly funding: FundingReading;
  /** null: funding is part of the contract's result, or nothing is taxed. */
  readonly fundingClasses: FundingClasses | null;
  readonly payFrom: TaxSetup['payFrom'];
  readonly law: TaxSetup['law'];
  readonly income: number | null;
  readonly filing: string | null;
  readonly ordinaryOffset: number;
  readonly instalments: boolean;
  readonly straddles: boolean;
  readonly constructiveSales: boolean;
}

/**
 * Applies the defaults of the regime to a setup.
 *
 * @throws {ConfigError} `tax-regime-unknown`, or `tax-invalid` with all faults of the setup
 */
export function resolveTax(setup: TaxSetup): TaxRules {
  const regime = typeof setup.regime === 'string' ? findRegime(setup.regime) : setup.regime;
  const { taxation } = regime;
  const faults = [
    ...methodFaults(regime, setup),
    ...(taxation ? taxedFaults(regime, taxation, setup) : untaxedFaults(regime, setup)),
  ];
  if (faults.length > 0) {
    const [first] = faults;
    throw new ConfigError('tax-invalid', `tax: ${faults.map(({ message }) => message).join('; ')}`, {
      faults,
      ...(first?.hint !== undefined && { hint: first.hint }),
    });
  }
  const profile = taxation ? (setup.profile ?? taxation.defaultProfile) : null;
  const contracts = taxation ? treatmentOf(taxation, setup) : null;
  return {
    regime,
    profile,
    rates: taxation && profile !== null ? ratesOf(taxation, profile, setup.rates, Infinity) : [],
    reported: taxation && contracts ? reportedClasses(taxation, contracts, setup) : [],
    method: setup.lots ?? regime.lots.default,
    scope: setup.scope ?? regime.lots.scope,
    contracts,
    funding: setup.funding,
    fundingClasses: taxation ? fundingClasses(setup.funding, taxation) : null,
    payFrom: setup.payFrom,
    law: setup.law,
    income: setup.income ?? null,
    filing: setup.filing ?? null,
    ordinaryOffset: setup.ordinaryOffset ?? 0,
    instalments: setup.instalments ?? false,
    straddles: setup.straddles ?? false,
    constructiveSales: setup.constructiveSales ?? false,
  };
}

const resolved = new WeakMap<TaxSetup, TaxRules>();

/** `resolveTax`, once for all runs that share a setup. */
export function rulesOf(setup: TaxSetup): TaxRules {
  let rules = resolved.get(setup);
  if (!rules) resolved.set(setup, (rules = resolveTax(setup)));
  return rules;
}

/**
 * The assessment of each tax year: one for all under today's law, else one by the figures of the year.
 *
 * @returns a function of the calendar year in which the tax year begins
 */
export function assessmentsOf(
  { law, profile, income, filing, ordinaryOffset }: TaxRules,
  taxation: Taxation,
  given: TaxSetup['rates'],
): (beginsIn: number) => Assessment {
  const known = new Map<number, Assessment>();
  return (beginsIn) => {
    const year = law === 'today' ? Infinity : beginsIn;
    let assessment = known.get(year);
    if (assessment === undefined) {
      const rates = ratesOf(taxation, profile ?? taxation.defaultProfile, given, year);
      assessment = taxation.assess({ rates, ordinaryOffset, year, income, filing });
      known.set(year, assessment);
    }
    return assessment;
  };
}

/** Both names of a class that the sign decides, or its one name twice. */
export function namesOfClass(target: ResultClass): { readonly gains: string; readonly losses: string } {
  return typeof target === 'string' ? { gains: target, losses: target } : target;
}

/** A rate for every class: its own, or that of the class it follows, else 0 (losses, exempt results, credits). */
export function ratesOf({ classes, profiles }: Taxation, profile: string, own: TaxSetup['rates'], year: number): number[] {
  const given = { ...figuresIn(profiles[profile]!, year), ...own };
  return classes.map(({ name, rateOf }) => given[name] ?? given[rateOf ?? name] ?? 0);
}

function treatmentOf({ contracts }: Taxation, setup: TaxSetup): ContractTreatment {
  return contracts.find(({ name }) => name === setup.contracts) ?? contracts[0]!;
}

function reportedClasses(taxation: Taxation, contracts: ContractTreatment, { funding, law }: TaxSetup): string[] {
  const { classes, spot, withholding, proceedsClass, splits } = taxation;
  const own = fundingClasses(funding, taxation);
  const results = [spot.short, spot.long, ...contracts.classes.map((part) => part.class)].map(namesOfClass);
  const used = new Set<string | null>(results.flatMap(({ gains, losses }) => [gains, losses]));
  if (own !== null) used.add(own.received).add(own.paid);
  if (withholding) used.add(withholding.class);
  if (proceedsClass !== undefined) used.add(proceedsClass);
  if (law === 'historical') for (const split of splits) for (const name of Object.values(split.classes)) used.add(name);
  return classes.map(({ name }) => name).filter((name) => used.has(name));
}

function methodFaults({ name, lots, taxation }: Regime, setup: TaxSetup): Fault[] {
  const offered: readonly string[] = [...lots.lawful, ...lots.forComparison];
  if (setup.lots === undefined || offered.includes(setup.lots)) {
    const method = setup.lots ?? lots.default;
    if (taxation?.swaps !== 'untaxed' || leavesSwapsOut(method)) return [];
    const message = `lots "${method}" would tax each swap, and regime ${name} leaves swaps untaxed`;
    return [{ message, hint: 'use `lots: fr-portfolio`, or a regime with `swaps: disposal`' }];
  }
  return [{ message: `lots "${setup.lots}" is no method of regime ${name}`, hint: didYouMean(setup.lots, offered) }];
}

function taxedFaults(regime: Regime, taxation: Taxation, setup: TaxSetup): Fault[] {
  const { profile, rates = {}, contracts, filing } = setup;
  const faults: Fault[] = [];
  const refuseUnknown = (what: string, asked: string | undefined, known: readonly string[]): void => {
    if (asked === undefined || known.includes(asked)) return;
    faults.push({ message: `regime ${regime.name} has no ${what}`, hint: didYouMean(asked, known) });
  };
  const classes = taxation.classes.map(({ name }) => name);
  refuseUnknown(`profile "${profile}"`, profile, Object.keys(taxation.profiles));
  for (const [name, rate] of Object.entries(rates)) {
    refuseUnknown(`class "${name}" in rates`, name, classes);
    if (classes.includes(name) && !(rate >= 0 && rate <= 1)) {
      faults.push({ message: `the rate of "${name}" is ${rate}`, hint: 'rates are fractions from 0 to 1: 0.24 is 24%' });
    }
  }
  refuseUnknown(
    `way "${contracts}" of taxing contracts`,
    contracts,
    taxation.contracts.map(({ name }) => name),
  );
  for (const key of ['income', 'ordinaryOffset'] as const) {
    const amount = setup[key] ?? 0;
    if (!(amount >= 0 && amount < Infinity)) {
      faults.push({ message: `${key} is ${amount}`, hint: 'an amount of the regime’s currency per tax year, 0 or more' });
    }
  }
  if (taxation.brackets) refuseUnknown(`filing "${filing}"`, filing, taxation.brackets.filings);
  else faults.push(...meaningless(regime, setup, ['income', 'filing']));
  if (!taxation.offsetsIncome) faults.push(...meaningless(regime, setup, ['ordinaryOffset']));
  const method = setup.lots ?? regime.lots.default;
  for (const key of ['straddles', 'constructiveSales'] as const) {
    if (!setup[key] || GIVES_UP_LOTS.includes(method)) continue;
    faults.push({ message: `${key} needs lots, and "${method}" has none`, hint: `leave ${key} out, or use lots: fifo` });
  }
  if (taxation.year.instalments.length === 0 && setup.instalments) faults.push(...meaningless(regime, setup, ['instalments']));
  return faults;
}

function untaxedFaults(regime: Regime, setup: TaxSetup): Fault[] {
  return meaningless(regime, setup, [
    'profile',
    'rates',
    'ordinaryOffset',
    'contracts',
    'income',
    'filing',
    'instalments',
    'straddles',
    'constructiveSales',
  ]);
}

function meaningless({ name }: Regime, setup: TaxSetup, keys: readonly (keyof TaxSetup)[]): Fault[] {
  return keys
    .filter((key) => setup[key] !== undefined)
    .map((key) => ({
      message: `${key} means nothing under regime ${name}`,
      hint: `leave ${key} out, or name the regime it belongs to`,
    }));
}
