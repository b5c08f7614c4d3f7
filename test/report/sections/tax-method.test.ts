import { expect, test } from 'vitest';
import { compareRuns } from '../../../src/analysis/compare.ts';
import { taxMethod } from '../../../src/report/sections/tax-method.ts';
import { openView } from '../../../src/report/view.ts';
import { fakeResult } from '../../support/result.ts';

const plain = fakeResult({ bars: 20, seed: 6, family: 'spot' });

/** Items of the lists of a page for runs under regimes with these sentences. */
function itemsOf(...runs: { regime: string; description: string[] }[]): string[] {
  const results = runs.map((tax, index) => {
    const assumptions = { ...plain.assumptions, tax: { ...plain.assumptions.tax, sources: ['a law'], ...tax } };
    return { ...plain, id: `run ${index}`, assumptions };
  });
  const view = openView(compareRuns({ name: 'tax', results, benchmark: 'run 0', seed: 1, resamples: 20 }));
  return [...taxMethod(view).markup.matchAll(/<(?:li|p class="prose")>([\s\S]*?)<\/(?:li|p)>/g)].map(([, item]) =>
    item!.replace(/<[^>]+>/g, ''),
  );
}

test('what runs under one regime have in common stands once, the rest with their names', () => {
  const items = itemsOf(
    { regime: 'us', description: ['Rates.', 'Oldest first.', 'Year.'] },
    { regime: 'us', description: ['Rates.', 'Dearest first.', 'Straddles.', 'Year.'] },
  );
  expect(items).toEqual([
    ...['Regime us.', 'Rates.', 'run 0: Oldest first.', 'run 1: Dearest first.', 'run 1: Straddles.', 'Year.'],
    'a law',
  ]);
});

test('names of options are code', () => {
  const tax = { ...plain.assumptions.tax, description: ['Lost (`income`).'] };
  const results = [{ ...plain, assumptions: { ...plain.assumptions, tax } }];
  const view = openView(compareRuns({ name: 'tax', results, benchmark: plain.id, seed: 1, resamples: 20 }));
  expect(taxMethod(view).markup).toContain('<li>Lost (<code>income</code>).</li>');
});

test('other regimes stand apart, with the runs under them', () => {
  const items = itemsOf({ regime: 'us', description: ['Rates.'] }, { regime: 'uk', description: ['Pool.'] });
  expect(items).toEqual(['Regime us for run 0.', 'Rates.', 'a law', 'Regime uk for run 1.', 'Pool.', 'a law']);
});
