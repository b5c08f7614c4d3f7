import { resolveTax } from '../tax/resolve.ts';
import type { TaxSetup } from '../tax/setup.ts';
import { uniqueIds } from './entries.ts';
import type { Experiment } from './experiment.ts';
import type { TaxSetting } from './experiment-schema.ts';
import type { FaultList } from './faults.ts';

/** One of an experiment's tax regimes. */
export interface PlannedTax {
  /** Tells it from the experiment's others: `us`, `none`, `us#2`. */
  readonly name: string;
  readonly setup: TaxSetup;
}

/** The regimes an experiment is run under; what is wrong with them is noted at its line. */
export async function plannedTaxes({ settings, place }: Experiment, faults: FaultList): Promise<PlannedTax[]> {
  const { tax } = settings;
  const several = Array.isArray(tax);
  const setups = several ? tax.map(taxSetup) : [taxSetup(tax)];
  for (const [i, setup] of setups.entries()) {
    await faults.attempt(place(several ? ['tax', i] : ['tax'], 'value'), () => resolveTax(setup));
  }
  const names = uniqueIds(setups.map(({ regime }) => ({ label: undefined, name: nameOfRegime(regime) })));
  return setups.map((setup, i) => ({ name: names[i]!, setup }));
}

function nameOfRegime(regime: TaxSetup['regime']): string {
  return typeof regime === 'string' ? regime : regime.name;
}

function taxSetup(setting: TaxSetting): TaxSetup {
  if (typeof setting === 'string') return { regime: setting, payFrom: 'portfolio', funding: 'result', law: 'today' };
  const { regime, profile, rates, lots, payFrom, funding, law, ordinaryOffset } = setting;
  return {
    regime,
    payFrom,
    funding,
    law,
    ...(profile !== undefined && { profile }),
    ...(rates && { rates }),
    ...(lots && { lots }),
    ...(ordinaryOffset !== undefined && { ordinaryOffset }),
  };
}
