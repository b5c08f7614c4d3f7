import type { Adapter, Answer, Example } from './example.ts';
import { Inputs } from './inputs.ts';
import { margined } from './margined.ts';
import { averageEntry, basis, collateral, expiry, fee, funding, fundingRate, fundingWindow } from './single.ts';

const ADAPTERS: Readonly<Record<string, Adapter>> = {
  liquidation: margined,
  bankruptcy: margined,
  pnl: margined,
  margin: margined,
  tier: margined,
  averageEntry,
  funding,
  fundingWindow,
  fundingRate,
  fee,
  collateral,
  expiry,
  basis,
};

/** Puts one example through the product; throws what does not agree. */
export function verify(example: Example): void {
  const adapter = Object.hasOwn(ADAPTERS, example.kind) ? ADAPTERS[example.kind] : undefined;
  if (!adapter) throw new Error(`kind "${example.kind}" is not known`);
  const expected = Object.entries(example.expected);
  if (expected.length === 0) throw new Error('nothing is expected');
  const tolerances: Readonly<Record<string, number>> =
    typeof example.tolerance === 'number' ? { abs: example.tolerance } : (example.tolerance ?? {});
  const stray = Object.keys(tolerances).find((name) => name !== 'abs' && name !== 'rel' && !(name in example.expected));
  if (stray !== undefined) throw new Error(`tolerance.${stray} belongs to no expected field`);
  const inputs = new Inputs(example.inputs);
  const answers = adapter(inputs, example);
  for (const [name, value] of expected) {
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (!answer) throw new Error(`nothing answers expected.${name}`);
    const found = answer();
    const tolerance = tolerances[name] ?? tolerances['abs'] ?? (tolerances['rel'] ?? 0) * Math.abs(Number(value));
    if (!agrees(found, value, tolerance)) {
      throw new Error(`${name}: ${JSON.stringify(found)}, expected ${JSON.stringify(value)} within ${tolerance}`);
    }
  }
  const unread = inputs.unread();
  if (unread.length > 0) throw new Error(`${unread.join(', ')} was not looked at`);
}

/** Rounding of the last digits is no disagreement. */
const ROUNDING = 1e-13;

function agrees(found: Answer, expected: unknown, tolerance: number): boolean {
  if (typeof found === 'object' && found !== null) return found.some((each) => agrees(each, expected, tolerance));
  if (typeof found === 'number' && typeof expected === 'number') {
    return Math.abs(found - expected) <= tolerance + ROUNDING * Math.abs(expected);
  }
  if (typeof found === 'string' && typeof expected === 'string') return found === expected || sameMoment(found, expected);
  return found === expected;
}

function sameMoment(a: string, b: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(a) && Date.parse(a) === Date.parse(b);
}
