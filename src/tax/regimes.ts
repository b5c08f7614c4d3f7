import { ConfigError } from '../core/errors.ts';
import { nearest } from '../core/suggest.ts';
import type { Regime } from './regime.ts';
import { australia } from './regimes/australia.ts';
import { canada } from './regimes/canada.ts';
import { france } from './regimes/france.ts';
import { germany } from './regimes/germany.ts';
import { india } from './regimes/india.ts';
import { japan } from './regimes/japan.ts';
import { none } from './regimes/none.ts';
import { singapore } from './regimes/singapore.ts';
import { switzerland } from './regimes/switzerland.ts';
import { uae } from './regimes/uae.ts';
import { uk } from './regimes/uk.ts';
import { us } from './regimes/us.ts';

/** The regimes that can be computed. */
export const REGIMES: readonly Regime[] = [
  us,
  uk,
  germany,
  canada,
  australia,
  france,
  japan,
  india,
  switzerland,
  singapore,
  uae,
  none,
];

/** Their names, as an experiment writes them. */
export const regimeNames: readonly string[] = REGIMES.map(({ name }) => name);

/**
 * The regime of a name or ISO code, without regard to case.
 *
 * @throws {ConfigError} `tax-regime-unknown`
 */
export function findRegime(typed: string): Regime {
  const asked = typed.toLowerCase();
  const regime = REGIMES.find(({ name, aliases }) => name === asked || aliases.includes(asked));
  if (regime) return regime;
  const available = `available: ${regimeNames.join(', ')}`;
  // A code of two letters is two edits from every other.
  const near = asked.length > 2 ? nearest(asked, regimeNames) : undefined;
  throw new ConfigError('tax-regime-unknown', `there is no tax regime "${typed}"`, {
    hint: near === undefined ? available : `Did you mean "${near}"? (${available})`,
  });
}
