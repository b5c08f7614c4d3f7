import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/modules.ts';
import type { TaxExample } from './tax/example.ts';
import { verify } from './tax/verify.ts';

/** KEDGE_CONFORMANCE_DIR names a folder with other cases, in a file of the same name and schema. */
const folder = process.env['KEDGE_CONFORMANCE_DIR'] ?? join(ROOT, 'test/conformance/cases');
const file = join(folder, 'tax-examples.json');
const examples = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { examples: TaxExample[] }).examples : [];

describe.skipIf(examples.length === 0)(`worked tax examples (skipped where ${folder} has none)`, () => {
  test.each(examples.map((example) => [example.id, example.title, example] as const))('%s: %s', (_, __, example) => {
    verify(example);
  });
});

describe('a tax example cannot pass without being looked at', () => {
  const cliff: TaxExample = {
    id: 'cliff',
    title: 'all or nothing',
    kind: 'de-section-23',
    regime: 'germany',
    method: 'fifo',
    currency: 'EUR',
    input: {
      events: [
        { seq: 1, date: '2025-01-01', type: 'buy', asset: 'A', qty: 1, gross: 100 },
        { seq: 2, date: '2025-02-01', type: 'sell', asset: 'A', qty: 1, gross: 1_100 },
      ],
      exemptionLimit: 1_000,
    },
    expected: { gain: 1_000, withinOneYear: true, taxable: 1_000 },
    tolerance: { abs: 0 },
  };
  const { events } = cliff.input as { events: object[] };

  test.each([
    ['an unknown kind', { kind: 'de-section-22' }, 'kind "de-section-22" is not known'],
    ['an unknown method', { method: 'fofi' }, 'method "fofi" is not known'],
    ['an unknown regime', { regime: 'atlantis' }, 'there is no tax regime "atlantis"'],
    ['an expected field that nothing answers', { expected: { taxabel: 1 } }, 'nothing answers expected.taxabel'],
    ['another answer', { expected: { taxable: 1_001 } }, 'expected.taxable: 1000, expected 1001'],
    ['another word', { expected: { withinOneYear: false } }, 'expected.withinOneYear: true, expected false'],
    ['no expectation', { expected: {} }, 'nothing is expected'],
    ['an input that nothing reads', { input: { events, exemptionLimit: 1, joint: true } }, 'input.joint was not looked at'],
    ['a missing input', { input: { events } }, 'input.exemptionLimit is missing'],
    ['an unknown field of an event', { input: { events: [{ ...events[0], qyt: 1 }], exemptionLimit: 1 } }, 'no field "qyt"'],
    ['an input of another type', { input: { events, exemptionLimit: '1000' } }, 'input.exemptionLimit is no number: "1000"'],
  ])('%s fails, naming it', (_, change, message) => {
    expect(() => verify(cliff)).not.toThrow();
    expect(() => verify({ ...cliff, ...change })).toThrow(message);
  });
});
