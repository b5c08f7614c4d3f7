import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { signed } from '../../src/core/figures.ts';
import { points } from '../../src/analysis/words.ts';
import { regimeNotes } from '../../src/report/regime-notes.ts';
import { comparisonSection } from '../../src/report/sections/comparison.ts';
import { verdictSection } from '../../src/report/sections/verdict.ts';
import { comparisonText } from '../../src/report/text.ts';
import { openView } from '../../src/report/view.ts';
import { taxedResult } from '../support/regimes.ts';

const bars = 200;
const results = [
  taxedResult('us', { label: 'spot', family: 'spot', bars, start: 90_000 }),
  taxedResult('us', { label: 'hedge', family: 'hedge', bars }),
  taxedResult('germany', { label: 'spot', family: 'spot', bars, start: 95_000, interest: 0.02 }),
  taxedResult('germany', { label: 'hedge', family: 'hedge', bars, interest: 0.05 }),
];
const of = (runs: typeof results) => compareRuns({ name: 'x', results: runs, benchmark: 'spot (us)', seed: 1, resamples: 50 });
const comparison = of(results);
const START =
  'Growth is measured from what selling everything at the start would have left, $90,000 under us and $95,000 under germany: ' +
  'the tax deferred in gains held then differs by regime.';

/** Of a run to a benchmark, in points. */
function gap(id: string, to: string): string {
  const found = comparison.differences.find(
    (each) => each.id === id && each.benchmark === to && each.metric === 'growthAfterLiquidation',
  )!;
  return signed(points(found.difference!));
}

describe('beside runs under two regimes', () => {
  test('stand what the law alone makes for the benchmark, and where growth begins', () => {
    const [law, start, ...more] = regimeNotes(comparison);
    expect(law).toMatch(
      /^What the law alone makes for the benchmark, after selling everything: spot \(germany\) kept .* points a year (more|less) than spot \(us\) \(95% interval .* to .*\)\.$/,
    );
    expect(law).toContain(`kept ${gap('spot (germany)', 'spot (us)').slice(1)} points`);
    expect(start).toBe(START);
    expect(more).toEqual([]);
  });

  test('no start is told where it is the same, and no law where the benchmark has no counterpart', () => {
    expect(regimeNotes(of(results.map((run) => ({ ...run, totals: results[0]!.totals }))))).toHaveLength(1);
    expect(regimeNotes(of(results.slice(0, 2)))).toEqual([]);
  });

  test('one strategy alone has the note on the start', () => {
    expect(regimeNotes(of([results[0]!, results[2]!]))).toEqual([START]);
  });
});

test('the terminal measures every run against the benchmark of its regime', () => {
  const text = comparisonText(comparison, { color: false, width: 120 });
  const row = (name: string) => text.split('\n').find((line) => line.startsWith(name))!;
  expect(text).toMatch(/^Under germany, .*hedge \(germany\)/m);
  expect(row('spot (germany) *')).not.toContain(` ${gap('spot (germany)', 'spot (us)')} `);
  expect(row('hedge (germany)')).toContain(` ${gap('hedge (germany)', 'spot (germany)')} `);
  expect(gap('hedge (germany)', 'spot (germany)')).not.toBe(gap('hedge (germany)', 'spot (us)'));
  expect(text).toContain('* the benchmark under each tax regime; points are against that of the run’s own.');
  expect(text.replaceAll('\n', ' ')).toContain(START);
});

test('a benchmark with a long name keeps its mark', () => {
  const label = 'a strategy of a rather long name';
  const long = taxedResult('us', { label, bars });
  const both = compareRuns({ name: 'x', results: [long, results[1]!], benchmark: long.id, seed: 1, resamples: 20 });
  expect(comparisonText(both, { color: false, width: 120 })).toMatch(/^a strategy of a rather long… \* /m);
});

test('the report says the same: a sentence more, own differences, both notes', () => {
  const view = openView(comparison);
  expect(verdictSection(view).body.markup).toContain('<p class="elsewhere">Under germany, ');
  const page = comparisonSection(view).body.markup;
  expect(page).toContain('The benchmark under germany.');
  expect(page).toContain('Difference to spot (us), under germany to spot (germany), and the 95% interval');
  expect(page).toContain(`${gap('hedge (germany)', 'spot (germany)')} pp`);
  expect(page).not.toContain(`${gap('hedge (germany)', 'spot (us)')} pp`);
  for (const note of regimeNotes(comparison)) expect(page).toContain(`<p class="note">${note}</p>`);
});
