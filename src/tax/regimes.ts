import { ConfigError } from '../core/errors.ts';
import { nearest } from '../core/suggest.ts';
import type { Regime } from './regime.ts';
import { none } from './regimes/none.ts';
import { us } from './regimes/us.ts';

/** The regimes that can be computed. */
export const REGIMES: readonly Regime[] = [us, none];

/** Their names, as an experiment writes them. */
export const regimeNames: readonly string[] = REGIMES.map(({ name }) => name);

// Names and ISO codes that are reserved: without them "uk" would be answered by 'Did you mean "us"?'.
const RESERVED = [
  ['uk', 'gb'],
  ['germany', 'de'],
  ['canada', 'ca'],
  ['australia', 'au'],
  ['france', 'fr'],
  ['japan', 'jp'],
  ['india', 'in'],
  ['switzerland', 'ch'],
  ['singapore', 'sg'],
  ['uae', 'ae'],
];

/**
 * The regime of a name or ISO code, without regard to case.
 *
 * @throws {ConfigError} `tax-regime-unavailable` for a reserved name, `tax-regime-unknown` for any other
 */
export function findRegime(typed: string): Regime {
  const asked = typed.toLowerCase();
  const regime = REGIMES.find(({ name, aliases }) => name === asked || aliases.includes(asked));
  if (regime) return regime;
  const available = `available: ${regimeNames.join(', ')}`;
  if (RESERVED.some((names) => names.includes(asked))) {
    throw new ConfigError('tax-regime-unavailable', `the tax regime "${typed}" is not available yet`, {
      hint: `${available}; us with rates of your own ({ regime: us, rates: { short: 0.2, long: 0.1 } }) may come near it`,
    });
  }
  // A code of two letters is two edits from every other.
  const near = asked.length > 2 ? nearest(asked, [...regimeNames, ...RESERVED.flat()]) : undefined;
  throw new ConfigError('tax-regime-unknown', `there is no tax regime "${typed}"`, {
    hint: near === undefined ? available : `Did you mean "${near}"? (${available})`,
  });
}
