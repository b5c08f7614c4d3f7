import { parseDate } from '../../src/core/time.ts';
import type { TaxLedger } from '../../src/tax/ledger.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
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

/** A ledger of three coins and one contract that starts on 2023-01-01. */
export function openUs(changes: Partial<TaxSetup> = {}, keepGains = true): TaxLedger {
  return openTaxLedger(usSetup(changes), {
    assets: ['BTC', 'ETH', 'SOL'],
    contracts: ['BTC-PERP'],
    start: at('2023-01-01'),
    currency: 'USD',
    keepGains,
  });
}
