import type { Place } from '../../core/errors.ts';

/** What `kedge check` looks at, in its order. */
export const CHECKS = [
  'types',
  'look-ahead',
  'purity',
  'determinism',
  'isolation',
  'warm-up',
  'parameters',
  'orders',
  'cost',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** Something that makes a strategy's results untrue. */
export interface CheckFinding {
  readonly message: string;
  /** Bar of the run and its close (UTC ms), where the finding has one. */
  readonly bar: number | null;
  readonly time: number | null;
  readonly at: Place | null;
}

/** One check with its result. */
export interface CheckResult {
  readonly check: CheckName;
  readonly verdict: 'passed' | 'found' | 'skipped';
  /** What was done, or why it could not be. */
  readonly summary: string;
  readonly findings: readonly CheckFinding[];
  /** Worth knowing, and no fault. */
  readonly notes: readonly string[];
}

/** A finished check: `found` as soon as there is a finding. */
export function result(
  check: CheckName,
  summary: string,
  findings: readonly CheckFinding[],
  notes: readonly string[] = [],
): CheckResult {
  return { check, verdict: findings.length > 0 ? 'found' : 'passed', summary, findings, notes };
}

/** A check that could not be done, and why. */
export function skipped(check: CheckName, why: string): CheckResult {
  return { check, verdict: 'skipped', summary: why, findings: [], notes: [] };
}
