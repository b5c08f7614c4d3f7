import { resolve } from 'node:path';
import { UsageError } from '../core/errors.ts';
import { checkDates } from './dates.ts';
import type { ExperimentOverrides } from '../research/overrides.ts';
import { isRegimeFile } from '../research/taxes.ts';
import { isVenueFile } from '../research/venue-file.ts';

/** Options of `compare` and `run` that take the place of what the experiment says. */
export const EXPERIMENT_OPTIONS = {
  catalog: { type: 'string', describe: 'directory with a catalog.json' },
  from: { type: 'string', describe: 'first UTC day, YYYY-MM-DD' },
  to: { type: 'string', describe: 'last UTC day, YYYY-MM-DD' },
  venue: { type: 'string', describe: 'venue preset (see kedge venues), or path of a venue file: fees, spreads and margin rules' },
  tax: { type: 'string', describe: 'tax regimes, separated by commas: one run per strategy and regime' },
  param: { type: 'string', array: true, describe: 'name=value: a parameter of every strategy that has it' },
  seed: { type: 'number', describe: 'of all randomness' },
} as const;

interface GivenOptions {
  readonly catalog: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly venue: string | undefined;
  readonly tax: string | undefined;
  readonly seed: number | undefined;
}

/**
 * What the options put in place of the experiment's own values; a catalog and a venue file are relative to the current directory.
 *
 * @throws {UsageError} `option-not-a-date`, `option-not-whole`, `option-empty`
 */
export function overridesFrom({ catalog, from, to, venue, tax, seed }: GivenOptions): ExperimentOverrides {
  checkDates({ from, to });
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new UsageError('option-not-whole', `--seed ${seed}: expected a whole number`);
  }
  return {
    ...(catalog !== undefined && { catalog: resolve(catalog) }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(venue !== undefined && { venue: isVenueFile(venue) ? resolve(venue) : venue }),
    ...(tax !== undefined && { tax: listed('tax', tax).map((regime) => (isRegimeFile(regime) ? resolve(regime) : regime)) }),
    ...(seed !== undefined && { seed }),
  };
}

/**
 * The values of an option that takes several, separated by commas.
 *
 * @throws {UsageError} `option-empty`
 */
export function listed(name: string, text: string): string[] {
  const values = text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (values.length === 0) throw new UsageError('option-empty', `--${name} needs a value`);
  return [...new Set(values)];
}
