/** What the command line sets in place of an experiment's own values. */
export interface ExperimentOverrides {
  /** Absolute path. */
  readonly catalog?: string;
  /** UTC dates, YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
  readonly venue?: string;
  /** Names of regimes; one that the file sets up itself keeps the file's setup. */
  readonly tax?: readonly string[];
  readonly seed?: number;
  /** Paths in them are relative to the working directory, not to the experiment. */
  readonly strategies?: readonly unknown[];
  readonly benchmark?: string;
}

type Tree = Readonly<Record<string, unknown>>;

const IN_MARKET = ['catalog', 'from', 'to'] as const;
const AT_TOP = ['venue', 'seed', 'strategies', 'benchmark'] as const;

/** The file's content with the overrides in it, to be checked as one. */
export function applyOverrides(content: unknown, overrides: ExperimentOverrides): unknown {
  if (!isTree(content)) return content;
  const market = pick(IN_MARKET, overrides);
  const { tax } = overrides;
  return {
    ...content,
    ...pick(AT_TOP, overrides),
    ...(Object.keys(market).length > 0 && { market: { ...(isTree(content['market']) && content['market']), ...market } }),
    ...(tax && { tax: tax.map((regime) => ownSetup(regime, content['tax'])) }),
  };
}

/** Whether the value at `path` comes from the command line, so that no line of the file is to blame for it. */
export function isOverridden([top, below]: readonly PropertyKey[], overrides: ExperimentOverrides): boolean {
  const key = top === 'market' ? below : top;
  return (
    typeof key === 'string' && Object.hasOwn(overrides, key) && (top !== 'market' || IN_MARKET.some((known) => known === key))
  );
}

function pick(keys: readonly (keyof ExperimentOverrides)[], overrides: ExperimentOverrides): Tree {
  return Object.fromEntries(keys.filter((key) => overrides[key] !== undefined).map((key) => [key, overrides[key]]));
}

function ownSetup(regime: string, setups: unknown): unknown {
  const listed: unknown[] = Array.isArray(setups) ? setups : [setups];
  return listed.find((setup) => isTree(setup) && setup['regime'] === regime) ?? regime;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
