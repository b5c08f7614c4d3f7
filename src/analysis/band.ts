import { coinsOf } from '../market/instrument.ts';
import type { RunResult, Target } from '../result/run-result.ts';

// Rounding may not put an exposure that stands exactly on its band outside of it.
const SLACK = 1e-12;

/** How a run kept to the experiment's target, whatever its own rule. */
export interface Discipline {
  /** Share of bars on which any exposure was out of its band. */
  readonly timeOutOfBand: number;
  /** Mean over bars of ½ Σ |exposure − target weight| over coins, those outside of the target at weight 0; cash is not among them. */
  readonly meanDrift: number;
}

/**
 * Compares the exposure of every bar with the target: absolute band |e − w| > band, relative |e − w| > band × w.
 *
 * @returns null in lean records and for no bars
 */
export function discipline({ full, target, time, instruments }: RunResult): Discipline | null {
  if (full === null || time.length === 0) return null;
  const parts = exposureParts(target, full.columns.exposure, instruments);
  let out = 0;
  let drift = 0;
  for (let bar = 0; bar < time.length; bar++) {
    drift += driftAt(parts, bar);
    if (isOut(parts, target, bar)) out += 1;
  }
  return { timeOutOfBand: out / time.length, meanDrift: drift / time.length };
}

/** What has one weight in a target: a coin, or a bucket whose split moves with the market. */
export interface TargetPart {
  /** Shares of equity, one column per coin that the market has; none: nothing is held of it. */
  readonly shares: readonly Float64Array[];
  readonly weight: number;
}

/** Parts of a target with their exposures, which go by base coin; a coin that the target does not name has weight 0. */
export function exposureParts(
  { weights, buckets = [], ...band }: Target,
  exposure: Readonly<Record<string, Float64Array>>,
  instruments: RunResult['instruments'],
): TargetPart[] {
  const coins = coinsOf(instruments);
  const baseOf = (symbol: string): string => coins[symbol] ?? symbol;
  const byBase: Record<string, number> = {};
  for (const [symbol, weight] of Object.entries(weights)) byBase[baseOf(symbol)] = (byBase[baseOf(symbol)] ?? 0) + weight;
  return targetParts(
    { ...band, weights: byBase, buckets: buckets.map((each) => ({ ...each, of: [...new Set(each.of.map(baseOf))] })) },
    exposure,
  );
}

/** Parts of a target with columns by the names that its weights have. */
export function targetParts({ weights, buckets = [] }: Target, columns: Readonly<Record<string, Float64Array>>): TargetPart[] {
  const bucketed = new Set(buckets.flatMap(({ of }) => of));
  const single = [...new Set([...Object.keys(weights), ...Object.keys(columns)])].filter((coin) => !bucketed.has(coin));
  return [...single.map((coin) => ({ of: [coin], weight: weights[coin] ?? 0 })), ...buckets].map(({ of, weight }) => ({
    shares: of.flatMap((coin) => columns[coin] ?? []),
    weight,
  }));
}

/** ½ Σ |share − weight| at one bar. */
export function driftAt(parts: readonly TargetPart[], bar: number): number {
  let distance = 0;
  for (const part of parts) distance += distanceOf(part, bar);
  return distance / 2;
}

/** Whether any part is out of its band at one bar. */
export function isOut(parts: readonly TargetPart[], { band, bandKind }: Target, bar: number): boolean {
  return parts.some((part) => distanceOf(part, bar) > allowance(band, bandKind, part.weight) + SLACK);
}

function distanceOf({ shares, weight }: TargetPart, bar: number): number {
  let share = 0;
  for (const column of shares) share += column[bar]!;
  return Math.abs(share - weight);
}

function allowance(band: number, bandKind: Target['bandKind'], weight: number): number {
  switch (bandKind) {
    case 'absolute':
      return band;
    case 'relative':
      return band * weight;
    default:
      return bandKind satisfies never;
  }
}
