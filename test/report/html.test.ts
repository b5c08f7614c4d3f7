import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import type { Comparison } from '../../src/analysis/comparison.ts';
import { renderReport } from '../../src/report/html.ts';
import { fakeResult, literalResult } from '../support/result.ts';

const HOSTILE = '<img src=x onerror=alert(1)>';
const options = { bars: 900, seed: 6 };

function comparisonOf(changes: { synthetic?: boolean } = {}): Comparison {
  return compareRuns({
    name: `Does it hold? ${HOSTILE}`,
    results: [
      fakeResult({ ...options, ...changes, family: 'hold' }),
      fakeResult({ ...options, ...changes, family: 'spot' }),
      fakeResult({ ...options, ...changes, family: 'hedge', liquidateAt: 700 }),
      fakeResult({ ...options, ...changes, family: 'hedge', id: HOSTILE, band: 0.03 }),
    ],
    benchmark: 'spot-band',
    seed: 1,
    resamples: 50,
  });
}

/** Text between tags, entities left as they are. */
const textOf = (page: string) => page.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ');
/** Cells of the table row that has this heading. */
function row(page: string, head: string): string[] {
  const found = page.match(new RegExp(`<tr[^>]*>\\s*<th scope="row">${head}</th>([\\s\\S]*?)</tr>`));
  return [...(found?.[1] ?? '').matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) => cell!.replace(/<[^>]+>/g, '').trim());
}

let page: string;
beforeAll(async () => {
  page = await renderReport(comparisonOf());
});

describe('the report', () => {
  test('has its sections and their entries in the contents', () => {
    const ids = ['verdict', 'comparison', 'growth', 'drawdowns', 'costs', 'method'];
    expect([...page.matchAll(/<section id="([a-z]+)">/g)].map(([, id]) => id)).toEqual(ids);
    expect([...page.matchAll(/<a href="#([a-z]+)">/g)].map(([, id]) => id)).toEqual(ids);
  });

  test('is the same bytes for the same result', async () => {
    expect(await renderReport(comparisonOf())).toBe(page);
  });

  test('keeps the names of strategies text', () => {
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('\\u003cimg src=x');
  });

  test('asks for nothing and allows nothing but its own style and script', () => {
    const hashOf = (pattern: RegExp) => `'sha256-${createHash('sha256').update(page.match(pattern)![1]!).digest('base64')}'`;
    expect(page).toContain(
      `content="default-src &#39;none&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;; style-src ${hashOf(/<style>([\s\S]*?)<\/style>/)}; script-src ${hashOf(/<script>([\s\S]*?)<\/script>/)}"`.replaceAll(
        "'",
        '&#39;',
      ),
    );
    expect(page).not.toMatch(/ style="| src="| on[a-z]+="|https?:\/\//);
  });

  test('is small: the page under 1.5 MB, every chart under 60 KB', () => {
    expect(page.length).toBeLessThan(1_500_000);
    for (const [chart] of page.matchAll(/<svg class="(?:wide|narrow)"[\s\S]*?<\/svg>/g))
      expect(chart.length).toBeLessThan(60_000);
  });

  test('numbers have no −0, no NaN and no hyphen for a minus', () => {
    expect(textOf(page)).not.toMatch(/−0(?:\.0+)?%|\bNaN\b|Infinity|undefined|null|[\s(]-\d/);
  });

  test('adds up from the first value to the last, and on to what selling everything leaves', () => {
    const amounts = (head: string) => row(page, head).map((text) => Number(text.replace('−', '-').replace(/[$,]/g, '')));
    const parts = ['Equity at the start', 'BTC, spot', 'ETH, spot', 'BTC-PERP, index', 'BTC-PERP, basis', 'Funding'];
    const costs = ['Fees', 'Slippage', 'Tax paid', 'Liquidation'];
    const sum = (heads: readonly string[], run: number) => heads.reduce((total, head) => total + amounts(head)[run]!, 0);
    for (let run = 0; run < 4; run++) {
      // Every line is rounded to a dollar.
      expect(Math.abs(sum([...parts, ...costs], run) - amounts('Equity at the end')[run]!)).toBeLessThanOrEqual(6);
      const onward = [
        'Equity at the end',
        'Tax accrued, not yet paid',
        'Tax deferred in unsold gains',
        'Fees and spread of selling',
      ];
      expect(Math.abs(sum(onward, run) - amounts('Left if all were sold')[run]!)).toBeLessThanOrEqual(3);
    }
  });

  test('marks the best value of a row for the eye and for the ear, and shares a tie', () => {
    expect(row(page, 'Liquidations').filter((cell) => cell.endsWith('(best)'))).toHaveLength(3);
    expect(row(page, 'Capital in coins').some((cell) => cell.endsWith('(best)'))).toBe(false);
  });

  test('ranks runs under one tax regime among themselves, and shows them side by side', async () => {
    const spot = { ...options, family: 'spot' } as const;
    const results = [
      fakeResult({ ...options, family: 'hold' }),
      fakeResult({ ...options, family: 'hold', id: 'hold untaxed', regime: 'none', interest: 0.2 }),
      fakeResult(spot),
      fakeResult({ ...spot, id: 'spot untaxed', regime: 'none' }),
    ];
    const mixed = await renderReport(compareRuns({ name: 'x', results, benchmark: 'hold', seed: 1, resamples: 10 }));
    expect(row(mixed, 'Final value').map((cell) => cell.endsWith('(best)'))).toEqual([true, false, true, false]);
    expect(textOf(mixed)).toContain('the best value in a row among the runs under one tax regime');
    const alone = await renderReport(
      compareRuns({ name: 'x', results: results.slice(0, 3), benchmark: 'hold', seed: 1, resamples: 10 }),
    );
    expect(row(alone, 'Final value').filter((cell) => cell.endsWith('(best)'))).toHaveLength(1);
  });

  test('says what every chart shows in a sentence with its figures', () => {
    const labels = [...page.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, label]) => label!);
    expect(labels).toHaveLength(3 + 4 + 1);
    for (const label of labels) expect(label).toMatch(/\d.*\.$/);
  });

  test('says what contracts ask for, and where the figures of the venue come from', () => {
    const method = textOf(page).split('What was assumed?')[1]!;
    expect(method).toMatch(/BTC-PERP\s+0\.40% to 0\.50% in two bands\s+1\.250%\s+none\s+0\.001\s+none/);
    expect(method).toMatch(/spot taker 0\.1 %\s+made up\s+2024-01-01/);
  });

  test('says on synthetic prices that it is no evidence, in the verdict and in the method', async () => {
    const text = textOf(await renderReport(comparisonOf({ synthetic: true })));
    expect(text.split('How do the')[0]).toContain('synthetic prices');
    expect(text.split('How do the')[0]).toMatch(/no evidence/);
    expect(text.split('What was assumed?')[1]).toMatch(/no evidence/);
  });
});

test('any name can be shown', async () => {
  const names = ['"', "'", '\\', '${1}', '\u2028', '\ud800', '__proto__', ']]>', '&amp;', 'x'.repeat(300), '%s $& $1'];
  const results = names.map((id) => literalResult([100, 101, 99], { id }));
  const comparison = compareRuns({ name: names.join(), results, benchmark: names[0]!, seed: 1, resamples: 10 });
  const text = textOf(await renderReport(comparison));
  for (const shown of ['&quot;', '&#39;', '\\', '${1}', '__proto__', '&amp;amp;', '%s $&amp; $1']) expect(text).toContain(shown);
});

describe('deposits and withdrawals', () => {
  const removed = 'how far it lies below its highest, deposits and withdrawals removed.';
  const inside = 'Deposits and withdrawals are in it; returns and drawdowns leave them out.';

  test('are said to be in the values and out of the falls, where there are any', async () => {
    const results = [fakeResult({ ...options, flows: { 300: 500, 600: -20_000 } })];
    const text = textOf(await renderReport(compareRuns({ name: 'flows', results, benchmark: 'hold', seed: 1, resamples: 10 })));
    expect(text).toContain(removed);
    expect(text).toContain(inside);
    expect(textOf(page)).not.toContain(removed);
    expect(textOf(page)).not.toContain(inside);
  });
});

describe('what has no data is left out', () => {
  test('a single run has no differences and no lead', async () => {
    const alone = compareRuns({ name: 'one', results: [fakeResult(options)], benchmark: 'hold', seed: 1 });
    const text = textOf(await renderReport(alone));
    expect(text).toContain('How did the strategy do?');
    expect(text).not.toMatch(/Difference to|Lead over|Dotted/);
  });

  test('lean records have no event lanes, tax years or forced sales', async () => {
    const results = [literalResult([100, 110, 90, 95], { id: 'a' }), literalResult([100, 105, 101, 99], { id: 'b' })];
    const text = textOf(await renderReport(compareRuns({ name: 'lean', results, benchmark: 'a', seed: 1, resamples: 10 })));
    expect(text).not.toMatch(/Events share|Tax by year|Forced sales/);
    expect(text).toContain('$99.00');
  });

  test('a tax year that was exempt says so', async () => {
    const run = fakeResult({ ...options, family: 'spot' });
    const taxYears = run.full!.taxYears.map((year) => ({ ...year, tax: 0, exempt: true }));
    const results = [{ ...run, full: { ...run.full!, taxYears } }];
    const text = textOf(await renderReport(compareRuns({ name: 'one', results, benchmark: run.id, seed: 1, resamples: 10 })));
    expect(text).toMatch(/\b20\d\d, exempt/);
  });

  test('an account that lost everything is drawn on a linear scale', async () => {
    const ruined = compareRuns({ name: 'ruin', results: [literalResult([100, 50, 0, 0])], benchmark: 'literal', seed: 1 });
    const text = textOf(await renderReport(ruined));
    expect(text).toContain('Account value.');
    expect(text).not.toMatch(/NaN|Infinity/);
  });
});
