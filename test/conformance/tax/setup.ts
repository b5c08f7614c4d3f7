import type { LotMethod } from '../../../src/tax/methods.ts';
import { LOT_METHODS } from '../../../src/tax/methods.ts';
import type { Regime, Taxation } from '../../../src/tax/regime.ts';
import { findRegime } from '../../../src/tax/regimes.ts';
import type { TaxSetup } from '../../../src/tax/setup.ts';

/** The regime an example means: `us-or-generic` and `us-pre-2025` are the US, `generic` is any. */
export function regimeOf(named: string): Regime {
  const name = named.replace(/-or-generic$|-pre-2025$/, '');
  return findRegime(name === 'generic' ? 'us' : name);
}

/** The regime with other facts: what an example leaves out of the law. */
export function withFacts(regime: Regime, facts: Partial<Taxation>): Regime {
  return { ...regime, taxation: { ...regime.taxation!, ...facts } };
}

export function taxSetup(regime: Regime, changes: Partial<TaxSetup> = {}): TaxSetup {
  return { regime, payFrom: 'outside', funding: 'result', law: 'today', scope: 'universal', ...changes };
}

/** A regime that computes the method whether or not its law offers it. */
export function withMethod(regime: Regime, method: string): { regime: Regime; lots: LotMethod } {
  const lots = LOT_METHODS.find((known) => known === method);
  if (lots === undefined) throw new Error(`method "${method}" is not known`);
  return { regime: { ...regime, lots: { ...regime.lots, forComparison: LOT_METHODS } }, lots };
}

/** An example counts in one currency, whichever it names: here that of its regime. */
export function currencyOf({ currency }: Regime): string {
  return currency ?? 'USD';
}
