import type { RunResult, Target } from '../result/run-result.ts';

// Rounding may not put an exposure that stands exactly on its band outside of it.
const SLACK = 1e-12;

/** How a run kept to the experiment's target, whatever its own rule. */
export interface Discipline {
  /** Share of bars on which any exposure was out of its band. */
  readonly timeOutOfBand: number;
  /** Mean over bars of ½ Σ |exposure − target weight| over coins; cash is not among them. */
  readonly meanDrift: number;
}

/**
 * Compares the exposure of every bar with the target: absolute band |e − w| > band, relative |e − w| > band × w. A coin that the
 * target does not name has weight 0 there; one that the market does not have has exposure 0. A bucket whose split moves with the market
 * counts as one coin.
 *
 * @returns null in lean records and for no bars
 */
export function discipline({ full, target, time }: RunResult): Discipline | null {
  if (full === null || time.length === 0) return null;
  const holdings = holdingsOf(target, full.columns.exposure);
  let out = 0;
  let drift = 0;
  for (let bar = 0; bar < time.length; bar++) {
    let anyOut = false;
    for (const { exposures, weight } of holdings) {
      const exposure = exposures.reduce((sum, column) => sum + column[bar]!, 0);
      const distance = Math.abs(exposure - weight);
      drift += distance / 2;
      anyOut ||= distance > allowance(target, weight) + SLACK;
    }
    if (anyOut) out += 1;
  }
  return { timeOutOfBand: out / time.length, meanDrift: drift / time.length };
}

interface Holding {
  /** One column per coin that the market has. */
  readonly exposures: readonly Float64Array[];
  readonly weight: number;
}

function holdingsOf({ weights, buckets = [] }: Target, exposure: Readonly<Record<string, Float64Array>>): Holding[] {
  const bucketed = new Set(buckets.flatMap(({ of }) => of));
  const single = [...new Set([...Object.keys(weights), ...Object.keys(exposure)])].filter((coin) => !bucketed.has(coin));
  return [...single.map((coin) => ({ of: [coin], weight: weights[coin] ?? 0 })), ...buckets].map(({ of, weight }) => ({
    exposures: of.flatMap((coin) => exposure[coin] ?? []),
    weight,
  }));
}

function allowance({ band, bandKind }: Target, weight: number): number {
  switch (bandKind) {
    case 'absolute':
      return band;
    case 'relative':
      return band * weight;
    default:
      return bandKind satisfies never;
  }
}
