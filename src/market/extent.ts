import { lowerBound } from '../core/column.ts';
import type { Bars } from './bars.ts';
import { fundingGaps } from './load/funding-gaps.ts';

/** A stretch of time, from its beginning up to (not including) its end; UTC ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The time that a series covers: all of it but the gaps, which are ascending and do not touch. */
export interface Extent extends Stretch {
  readonly gaps: readonly Stretch[];
}

/** From the first open to the last close, without the bars that are missing. */
export function extentOfBars({ opens, step }: Pick<Bars, 'opens' | 'step'>): Extent {
  const gaps: Stretch[] = [];
  for (let i = 1; i < opens.length; i++) {
    const due = opens[i - 1]! + step;
    // Half a bar of slack: records of open interest need not lie on a grid.
    if (opens[i]! > due + step / 2) gaps.push({ from: due, to: opens[i]! });
  }
  return { from: opens[0]!, to: opens.at(-1)! + step, gaps };
}

/** From the first settlement to the last, without the stretches in which settlements were due and are missing. */
export function extentOfSettlements(times: Float64Array): Extent {
  const [from, to] = [times[0]!, times.at(-1)!];
  return { from, to, gaps: fundingGaps(times, from, to).map((gap) => ({ from: gap.from, to: gap.to })) };
}

/** Answers how much of a stretch a series covers, as a fraction of the stretch. */
export function coverageOf({ from, to, gaps }: Extent): (stretch: Stretch) => number {
  const ends = Float64Array.from(gaps, (gap) => gap.to);
  return (stretch) => {
    let covered = overlap(stretch, { from, to });
    for (let i = lowerBound(ends, stretch.from); i < gaps.length && gaps[i]!.from < stretch.to; i++) {
      covered -= overlap(stretch, gaps[i]!);
    }
    return covered / (stretch.to - stretch.from);
  };
}

function overlap(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}
