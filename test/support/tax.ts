import { parseDate } from '../../src/core/time.ts';
import type { TaxLedger } from '../../src/tax/ledger.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import { LOT_METHODS } from '../../src/tax/methods.ts';
import type { Regime, Taxation } from '../../src/tax/regime.ts';
import { us } from '../../src/tax/regimes/us.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';

/** 00:00 UTC of a date, or a moment of it: `at('2024-03-01')`, `at('2024-03-01', 9.5)`. */
export function at(date: string, hour = 0): number {
  return parseDate(date) + hour * 3_600_000;
}

export const STRATEGY = 0;

/** Round rates: a gain of 100 costs 40 short-term, 20 long-term. */
export function usSetup(changes: Partial<TaxSetup> = {}): TaxSetup {
  return {
    regime: 'us',
    rates: { short: 0.4, long: 0.2 },
    payFrom: 'portfolio',
    funding: 'result',
    law: 'today',
    ...changes,
  };
}

/** The United States as if every method were lawful there, with other changes of its taxation. */
export function anyMethod(changes: Partial<Taxation> = {}): Regime {
  return {
    ...us,
    lots: { default: 'fifo', lawful: LOT_METHODS, forComparison: [], scope: 'universal' },
    taxation: { ...us.taxation!, ...changes },
  };
}

/** A ledger of three coins and one contract that starts on 2023-01-01. */
export function openUs(changes: Partial<TaxSetup> = {}, keepGains = true, tellLots = false): TaxLedger {
  return openTaxLedger(usSetup(changes), {
    assets: ['BTC', 'ETH', 'SOL'],
    contracts: ['BTC-PERP'],
    start: at('2023-01-01'),
    currency: 'USD',
    keepGains,
    tellLots,
  });
}
