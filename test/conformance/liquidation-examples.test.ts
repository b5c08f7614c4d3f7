import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';
import type { Example } from './venue/example.ts';
import { verify } from './venue/verify.ts';

/** KEDGE_CONFORMANCE_DIR names a folder with other cases, in a file of the same name and schema. */
const folder = process.env['KEDGE_CONFORMANCE_DIR'] ?? join(ROOT, 'test/conformance/cases');
const file = join(folder, 'liquidation-examples.json');
const examples = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { examples: Example[] }).examples : [];

describe.skipIf(!existsSync(file))('worked examples of venues (skipped where the folder has none)', () => {
  test('there are some', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples.map((example) => [example.id, example] as const))('%s', (_, example) => {
    verify(example);
  });
});

describe('an example cannot pass without being looked at', () => {
  const fee50: Example = {
    id: 'fee',
    kind: 'fee',
    contract: 'linear',
    inputs: { qty: 1, price: 100, rate: 0.5 },
    expected: { fee: 50 },
    tolerance: { abs: 0 },
  };

  test.each([
    ['an unknown kind', { kind: 'fees' }, 'kind "fees" is not known'],
    ['an expected field that nothing answers', { expected: { feee: 50 } }, 'nothing answers expected.feee'],
    ['an input that nothing reads', { inputs: { ...fee50.inputs, discount: 0.1 } }, 'inputs.discount was not looked at'],
    ['no expectation', { expected: {} }, 'nothing is expected'],
    ['another answer', { expected: { fee: 51 } }, 'fee: 50, expected 51'],
    ['no number where one is expected', { expected: { fee: null } }, 'fee: 50, expected null'],
    ['a tolerance of a field that is not expected', { tolerance: { feee: 1 } }, 'tolerance.feee belongs to no expected field'],
    ['a missing input', { inputs: { qty: 1, rate: 0.5 } }, 'price or markPrice or entryPrice is missing'],
  ])('%s fails, naming it', (_, change, message) => {
    expect(() => verify(fee50)).not.toThrow();
    expect(() => verify({ ...fee50, ...change })).toThrow(message);
  });
});
