import type { AccountOverride, StrategySetting } from './experiment-schema.ts';

/** One strategy of an experiment, whichever of its three forms it was written in. */
export interface StrategyEntry {
  /** A shipped name, or a path relative to the experiment, or to the working directory where the command line gives it. */
  readonly use: string;
  readonly label: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly account: AccountOverride;
  /** Where the entry's strategy and its parameters stand in the file. */
  readonly path: readonly PropertyKey[];
  readonly paramsPath: readonly PropertyKey[];
}

/** Reads `name`, `{ name: params }` and `{ use, label, params, account }` as one. */
export function strategyEntry(setting: StrategySetting, index: number): StrategyEntry {
  const path = ['strategies', index];
  if (typeof setting === 'string') return { use: setting, label: undefined, params: {}, account: {}, path, paramsPath: path };
  if (isFull(setting)) {
    const { use, label, params, account } = setting;
    return { use, label, params, account, path: [...path, 'use'], paramsPath: [...path, 'params'] };
  }
  const [use, params] = Object.entries(setting)[0]!;
  return { use, label: undefined, params: params ?? {}, account: {}, path: [...path, use], paramsPath: [...path, use] };
}

function isFull(setting: Exclude<StrategySetting, string>): setting is Extract<StrategySetting, { use: string }> {
  return typeof setting['use'] === 'string';
}

/**
 * Ids of runs: the label, else the strategy's name, else `name#2`, `name#3`, …
 *
 * @param entries - labels differ from each other
 */
export function uniqueIds(entries: readonly { readonly label: string | undefined; readonly name: string }[]): string[] {
  const taken = new Set(entries.flatMap(({ label }) => label ?? []));
  return entries.map(({ label, name }) => {
    if (label !== undefined) return label;
    let id = name;
    for (let count = 2; taken.has(id); count++) id = `${name}#${count}`;
    taken.add(id);
    return id;
  });
}
