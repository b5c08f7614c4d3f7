import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { readTextFile } from '../core/text-file.ts';
import { requireZone } from '../core/zone.ts';
import type { Catalog } from '../market/load/catalog.ts';
import { readExchangeRates } from '../market/load/exchange-rates.ts';
import { inOneCurrency } from '../market/load/quotes.ts';
import { exchangeRate } from '../tax/exchange.ts';
import { parseRegime } from '../tax/regime-file.ts';
import { resolveTax } from '../tax/resolve.ts';
import type { TaxSetup } from '../tax/setup.ts';
import { uniqueIds } from './entries.ts';
import type { Experiment } from './experiment.ts';
import type { TaxSetting } from './experiment-schema.ts';

/** One of an experiment's tax regimes. */
export interface PlannedTax {
  /** Tells it from the experiment's others: `us`, `none`, `us#2`. */
  readonly name: string;
  readonly setup: TaxSetup;
}

/** The regimes an experiment is run under; what is wrong with them is noted at its line. */
export async function plannedTaxes({ settings, directory, place, faults }: Experiment): Promise<PlannedTax[]> {
  const { tax } = settings;
  const several = Array.isArray(tax);
  const setups = await Promise.all(
    (several ? tax : [tax]).map(async (setting, i): Promise<TaxSetup | undefined> =>
      faults.attempt(place(several ? ['tax', i] : ['tax'], 'value'), () => {
        const setup = taxSetup(setting, directory);
        resolveTax(setup);
        if (setup.zone !== undefined) requireZone(setup.zone);
        return setup;
      }),
    ),
  );
  const known = setups.filter((setup) => setup !== undefined);
  const names = uniqueIds(known.map(({ regime }) => ({ label: undefined, name: nameOfRegime(regime) })));
  return known.map((setup, i) => ({ name: names[i]!, setup }));
}

/**
 * The same regimes with the exchange rates they need from a catalog; where neither it nor the experiment nor kedge has one is noted.
 *
 * @param cacheDir - where binary caches go; null: none are kept
 */
export async function withExchangeRates(
  taxes: readonly PlannedTax[],
  { settings, place, faults }: Experiment,
  catalog: Catalog,
  cacheDir: string | null,
): Promise<PlannedTax[]> {
  const { currency } = settings.account;
  return Promise.all(
    taxes.map(async ({ name, setup }) => {
      const reckonedIn = resolveTax(setup).regime.currency;
      const found = await faults.attempt(place(['tax'], 'value'), async () => {
        const needed = reckonedIn !== null && setup.fx?.[reckonedIn] === undefined && !inOneCurrency(reckonedIn, currency);
        const rates = needed ? await readExchangeRates(catalog, reckonedIn, currency, cacheDir) : null;
        const own = rates && reckonedIn !== null ? { ...setup, exchange: [{ currency: reckonedIn, ...rates }] } : setup;
        exchangeRate(reckonedIn, currency, own);
        return own;
      });
      return { name, setup: found ?? setup };
    }),
  );
}

function nameOfRegime(regime: TaxSetup['regime']): string {
  return typeof regime === 'string' ? regime : regime.name;
}

function taxSetup(setting: TaxSetting, directory: string): TaxSetup {
  if (typeof setting === 'string') {
    return { regime: regimeOf(setting, directory), payFrom: 'portfolio', funding: 'result', law: 'today' };
  }
  const { regime, ...choices } = setting;
  const given = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
  return { ...(given as unknown as Omit<TaxSetup, 'regime'>), regime: regimeOf(regime, directory) };
}

/** Whether a regime is named by the path of a file of one's own. */
export function isRegimeFile(named: string): boolean {
  return /\.(ya?ml|json)$/i.test(named);
}

/** A name stays a name; a path is read. */
function regimeOf(named: string, directory: string): TaxSetup['regime'] {
  if (!isRegimeFile(named)) return named;
  const file = resolve(directory, named);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new ConfigError('regime-file-missing', `there is no regime file ${file}`, {
      hint: 'give a path relative to the experiment, or the name of a shipped regime',
    });
  }
  return parseRegime(readTextFile(file), file);
}
