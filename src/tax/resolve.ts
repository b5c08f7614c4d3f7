import { ConfigError } from '../core/errors.ts';
import type { Fault } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import type { LotMethod } from './methods.ts';
import type { Regime, Taxation } from './regime.ts';
import { findRegime } from './regimes.ts';
import type { TaxSetup } from './setup.ts';

/** A tax setup with every default applied. */
export interface TaxRules {
  readonly regime: Regime;
  /** null where nothing is taxed. */
  readonly profile: string | null;
  /** Fraction per class, in the order of the regime's classes. */
  readonly rates: readonly number[];
  /** Classes that can hold a result under these choices, in order. */
  readonly reported: readonly string[];
  readonly method: LotMethod;
  readonly funding: TaxSetup['funding'];
  readonly payFrom: TaxSetup['payFrom'];
  readonly law: TaxSetup['law'];
  readonly ordinaryOffset: number;
}

/**
 * Applies the defaults of the regime to a setup.
 *
 * @throws {ConfigError} `tax-regime-unknown`, `tax-regime-unavailable`, or `tax-invalid` with all faults of the setup
 */
export function resolveTax(setup: TaxSetup): TaxRules {
  const regime = findRegime(setup.regime);
  const { taxation } = regime;
  const faults = [
    ...methodFaults(regime, setup),
    ...(taxation ? rateFaults(regime, taxation, setup) : untaxedFaults(regime, setup)),
  ];
  if (faults.length > 0) {
    const [first] = faults;
    throw new ConfigError('tax-invalid', `tax: ${faults.map(({ message }) => message).join('; ')}`, {
      faults,
      ...(first?.hint !== undefined && { hint: first.hint }),
    });
  }
  const profile = taxation ? (setup.profile ?? taxation.defaultProfile) : null;
  return {
    regime,
    profile,
    rates: taxation && profile !== null ? ratesOf(taxation, { ...taxation.profiles[profile], ...setup.rates }) : [],
    reported: taxation ? reportedClasses(taxation, setup.funding) : [],
    method: setup.lots ?? regime.lots.default,
    funding: setup.funding,
    payFrom: setup.payFrom,
    law: setup.law,
    ordinaryOffset: setup.ordinaryOffset ?? 0,
  };
}

/** A rate for every class: its own, or that of the class it follows (a test holds every profile to that). */
function ratesOf({ classes }: Taxation, given: Readonly<Record<string, number>>): number[] {
  return classes.map(({ name, rateOf }) => (given[name] ?? given[rateOf ?? name])!);
}

function reportedClasses({ classes, spot, contracts, fundingIncome }: Taxation, funding: TaxSetup['funding']): string[] {
  const income = funding === 'income' ? [fundingIncome.received, fundingIncome.paid] : [];
  const used = [spot.short, spot.long, contracts, ...income];
  return classes.map(({ name }) => name).filter((name) => used.includes(name));
}

function methodFaults(regime: Regime, { lots }: TaxSetup): Fault[] {
  const offered: readonly string[] = [...regime.lots.lawful, ...regime.lots.forComparison];
  if (lots === undefined || offered.includes(lots)) return [];
  return [{ message: `lots "${lots}" is no method of regime ${regime.name}`, hint: didYouMean(lots, offered) }];
}

function rateFaults(regime: Regime, taxation: Taxation, { profile, rates = {}, ordinaryOffset = 0 }: TaxSetup): Fault[] {
  const faults: Fault[] = [];
  const profiles = Object.keys(taxation.profiles);
  if (profile !== undefined && !profiles.includes(profile)) {
    faults.push({ message: `regime ${regime.name} has no profile "${profile}"`, hint: didYouMean(profile, profiles) });
  }
  const classes = taxation.classes.map(({ name }) => name);
  for (const [name, rate] of Object.entries(rates)) {
    if (!classes.includes(name)) {
      faults.push({ message: `regime ${regime.name} has no class "${name}" in rates`, hint: didYouMean(name, classes) });
    } else if (!(rate >= 0 && rate <= 1)) {
      faults.push({ message: `the rate of "${name}" is ${rate}`, hint: 'rates are fractions from 0 to 1: 0.24 is 24 %' });
    }
  }
  if (!(ordinaryOffset >= 0 && ordinaryOffset < Infinity)) {
    faults.push({
      message: `ordinaryOffset is ${ordinaryOffset}`,
      hint: 'an amount of the account currency per tax year, 0 or more',
    });
  }
  return faults;
}

function untaxedFaults(regime: Regime, { profile, rates, ordinaryOffset }: TaxSetup): Fault[] {
  const given = Object.entries({ profile, rates, ordinaryOffset }).filter(([, value]) => value !== undefined);
  return given.map(([key]) => ({
    message: `${key} means nothing under regime ${regime.name}`,
    hint: `leave ${key} out, or name the regime it belongs to`,
  }));
}
