import type { AccountConfig, Flow } from '../engine/config.ts';
import type { AccountOverride, ExperimentSettings } from './experiment-schema.ts';

type AccountSettings = ExperimentSettings['account'];

/** The account one strategy runs on: the experiment's, carried as this strategy's entry says. */
export function accountFor(settings: AccountSettings, own: AccountOverride): AccountConfig {
  const { marginCall, ...carried } = definedOnly(own);
  return {
    ...settings,
    ...carried,
    marginCall: { ...settings.marginCall, ...definedOnly(marginCall ?? {}) },
    flows: settings.flows.map((flow): Flow => ('date' in flow ? { time: flow.date, amount: flow.amount } : flow)),
  };
}

// An optional key may be present with the value undefined, which a spread would copy over a value that is there.
function definedOnly<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
