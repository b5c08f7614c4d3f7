import { assessmentKinds } from './assessments.ts';
import { contractKinds } from './contracts.ts';
import type { Adapter, TaxExample } from './example.ts';
import { Input } from './example.ts';
import { lotKinds } from './lots.ts';

const KINDS: Readonly<Record<string, Adapter>> = { ...lotKinds, ...contractKinds, ...assessmentKinds };

/**
 * Runs an example through the product and compares every expected field.
 *
 * @throws {Error} naming what differs, what nothing answers, what was not looked at, or the kind that is not known
 */
export function verify(example: TaxExample): void {
  const adapter = KINDS[example.kind];
  if (adapter === undefined) throw new Error(`kind "${example.kind}" is not known`);
  const input = new Input(example.input);
  const actual = adapter(input, example);
  const faults = [
    ...input.unread().map((path) => `${path} was not looked at`),
    ...differences(actual, example.expected, example.tolerance.abs, 'expected'),
  ];
  if (typeof example.expected !== 'object' || Object.keys(example.expected ?? {}).length === 0)
    faults.push('nothing is expected');
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function differences(actual: unknown, expected: unknown, tolerance: number, path: string): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`nothing answers ${path}`];
    if (actual.length !== expected.length) return [`${path}: ${actual.length} entries, expected ${expected.length}`];
    return expected.flatMap((each, k) => differences(actual[k], each, tolerance, `${path}[${k}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    const answers = (actual ?? {}) as Record<string, unknown>;
    return Object.entries(expected).flatMap(([key, each]) => differences(answers[key], each, tolerance, `${path}.${key}`));
  }
  if (actual === undefined) return [`nothing answers ${path}`];
  const same =
    typeof expected === 'number' && typeof actual === 'number'
      ? Math.abs(actual - expected) <= tolerance
      : Object.is(actual, expected);
  return same ? [] : [`${path}: ${String(actual)}, expected ${String(expected)}`];
}
