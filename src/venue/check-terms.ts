import { ConfigError } from '../core/errors.ts';
import { productOf } from './facts.ts';
import type { TradedInstrument, Venue } from './venue.ts';

/**
 * Asks a venue for the terms of every instrument of a run, so that all it lacks is told at once.
 *
 * @throws {ConfigError} as `Venue.terms`; with several faults when several products or coins lack something
 */
export function checkTerms(venue: Venue, instruments: readonly TradedInstrument[]): void {
  const errors = new Map<string, ConfigError>();
  for (const instrument of instruments) {
    // Contracts of one product and coin differ by expiry only; one speaks for all.
    const group = `${productOf(instrument)} ${instrument.base} ${instrument.quote}`;
    try {
      venue.terms(instrument);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (!errors.has(group)) errors.set(group, error);
    }
  }
  const [first, ...others] = errors.values();
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new ConfigError(first.code, `${first.message}; and ${others.length} more`, {
    ...(first.hint !== undefined && { hint: first.hint }),
    faults: [first, ...others].map(({ message, hint }) => ({ message, ...(hint !== undefined && { hint }) })),
  });
}
