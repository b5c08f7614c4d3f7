import type { Decision } from './decisions.ts';

/** The first place where two runs decided differently. */
export interface Difference {
  /** What each run did there; undefined: nothing (more). */
  readonly left: Decision | undefined;
  readonly right: Decision | undefined;
}

/**
 * The first difference between the decisions of two runs, tags included.
 *
 * @param until - last bar that counts
 * @param tolerance - relative difference of numbers that is none; then tags, which print them, do not count
 */
export function firstDifference(
  left: readonly Decision[],
  right: readonly Decision[],
  until = Infinity,
  tolerance = 0,
): Difference | undefined {
  for (let k = 0; k < Math.max(left.length, right.length); k++) {
    const a = within(left[k], until);
    const b = within(right[k], until);
    if (a === undefined && b === undefined) return undefined;
    if (a?.time !== b?.time || a?.call !== b?.call || !same(a?.args, b?.args, tolerance)) return { left: a, right: b };
  }
  return undefined;
}

function within(decision: Decision | undefined, until: number): Decision | undefined {
  return decision === undefined || decision.bar > until ? undefined : decision;
}

function same(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  if (tolerance > 0) keys.delete('tag');
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return [...keys].every((key) => same(left[key], right[key], tolerance));
}

/** What is said of a difference: its place, and what each run did at that bar. */
export interface DifferenceText {
  readonly first: Decision;
  readonly left: string;
  readonly right: string;
}

/** The earlier of the two decisions that differ, and both in words: a run whose next decision comes later did nothing there. */
export function describeDifference({ left, right }: Difference): DifferenceText {
  const first = left === undefined || (right !== undefined && right.bar < left.bar) ? right! : left;
  const [a, b] = [left, right].map((decision) => (decision?.bar === first.bar ? decisionText(decision) : 'nothing'));
  return { first, left: a!, right: b! };
}

/** `target("BTC-PERP", -0.5)`; the tag stands apart. */
export function decisionText(decision: Decision | undefined): string {
  if (decision === undefined) return 'nothing';
  const shown = decision.args.filter((arg) => !isOptions(arg)).map((arg) => JSON.stringify(arg));
  return `${decision.call}(${shown.join(', ')})`;
}

function isOptions(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && 'tag' in arg;
}
