import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/analysis/compare.ts';
import { attributionTable } from '../../../src/report/sections/attribution.ts';
import { largestGains } from '../../../src/report/sections/largest-gains.ts';
import { taxThroughTime } from '../../../src/report/sections/tax-through-time.ts';
import { taxYears } from '../../../src/report/sections/tax-years.ts';
import { type ReportView, openView } from '../../../src/report/view.ts';
import type { RunEvent, RunResult } from '../../../src/result/run-result.ts';
import type { GainColumns, TaxYear } from '../../../src/tax/ledger.ts';
import { fakeResult } from '../../support/result.ts';

const plain = fakeResult({ bars: 40, seed: 6, family: 'hedge' });

function viewOf(change: Partial<RunResult>): ReportView {
  const results = [{ ...plain, ...change }];
  return openView(compareRuns({ name: 'tables', results, benchmark: plain.id, seed: 1, resamples: 20 }));
}

function cellsOf(page: string, head: string): string[] {
  const [, cells = ''] = new RegExp(`<th scope="row">${head}</th>([\\s\\S]*?)</tr>`).exec(page) ?? [];
  return [...cells.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) => cell!.trim());
}

describe('tax through time', () => {
  test('counts bills met from outside the account as paid', () => {
    const bill = (bar: number, amount: number): RunEvent => ({ kind: 'tax', time: 0, bar, symbol: null, amount, message: '' });
    const last = plain.time.length - 1;
    const columns = { ...plain.full!.columns, taxes: plain.time.map(() => 0), taxDeferred: plain.time.map(() => 30) };
    const full = { ...plain.full!, events: [bill(0, 100), bill(last, -40)], columns };
    const page = taxThroughTime(viewOf({ full, taxAccrued: plain.time.map(() => 10) }))!.markup;
    const rows = [...page.matchAll(/<th scope="row">(\d{4}-\d\d-\d\d)<\/th>/g)].map(([, day]) => day!);
    expect(cellsOf(page, rows.at(-1)!)).toEqual(['$60', '$10', '$30', '$100']);
  });
});

describe('tax through time, of what rounding leaves,', () => {
  test('shows no amount', () => {
    const columns = { ...plain.full!.columns, taxDeferred: plain.time.map(() => -8e-12) };
    const full = { ...plain.full!, events: [], columns };
    const page = taxThroughTime(viewOf({ full, taxAccrued: plain.time.map(() => 10) }))!.markup;
    const rows = [...page.matchAll(/<th scope="row">(\d{4}-\d\d-\d\d)<\/th>/g)].map(([, day]) => day!);
    expect(cellsOf(page, rows.at(-1)!)).toEqual(['–', '$10', '–', '$10']);
  });
});

describe('tax by year', () => {
  const year = (more: Partial<TaxYear>): TaxYear => ({
    start: Date.UTC(2024, 0, 1),
    end: Date.UTC(2025, 0, 1),
    results: { gains: 50 },
    carried: { gains: 1e-13 },
    tax: 0,
    due: Date.UTC(2025, 8, 15),
    paid: false,
    provisional: false,
    exempt: false,
    ...more,
  });
  const pageOf = (...taxYearsOf: TaxYear[]) => taxYears(viewOf({ full: { ...plain.full!, taxYears: taxYearsOf } }))!.markup;

  test('says what an exempt year is, where there is one', () => {
    expect(pageOf(year({ exempt: true }))).toContain('Exempt: what was sold in that year');
    expect(pageOf(year({ tax: 5 }))).not.toContain('Exempt');
  });

  test('shows no loss carried on that is rounding', () => {
    expect(cellsOf(pageOf(year({ tax: 5 })), '2024')[1]).toBe('–');
  });

  const taxedBy = (
    regime: string,
    currency: string,
    classes: Record<string, string>,
    results: TaxYear['results'],
  ): RunResult => ({
    ...plain,
    id: regime,
    assumptions: { ...plain.assumptions, tax: { ...plain.assumptions.tax, regime, currency, classes } },
    full: { ...plain.full!, taxYears: [year({ results, carried: {} })] },
  });

  test('has a table for each regime, with its currency and its words for the classes of results', () => {
    const results = [
      taxedBy('us', 'USD', { short1256: 'section 1256, short-term 40%' }, { short1256: 50 }),
      taxedBy('germany', 'EUR', { capital: 'capital income' }, { capital: 70 }),
    ];
    const comparison = compareRuns({ name: 'tables', results, benchmark: 'us', seed: 1, resamples: 20 });
    const page = taxYears(openView(comparison))!.markup;
    const [, american, german] = page.split('<table>');
    expect(american).toContain('<th scope="col">Section 1256, short-term 40%</th>');
    expect(american).toContain('$50');
    expect(american).not.toContain('Capital income');
    expect(german).toContain('Regime germany, in EUR');
    expect(german).toContain('<th scope="col">Capital income</th>');
    expect(german).toContain('€70');
    expect(page).not.toContain('hort1256');
  });
});

describe('the largest gains', () => {
  const START = Date.UTC(2024, 0, 1);
  const gainsOf = (rule: string, taxClass: string): GainColumns => ({
    ...plain.full!.gains,
    asset: ['BTC'],
    kind: ['spot'],
    acquired: Float64Array.of(START),
    disposed: Float64Array.of(Date.UTC(2024, 4, 2)),
    quantity: Float64Array.of(0.5),
    proceeds: Float64Array.of(500),
    cost: Float64Array.of(300),
    denied: Float64Array.of(0),
    gain: Float64Array.of(200),
    class: [taxClass],
    rule: [rule],
    cause: ['strategy'],
    provisional: Float64Array.of(0),
  });
  const pageOf = (gains: GainColumns) => largestGains(viewOf({ full: { ...plain.full!, gains } }))!.markup;

  test('a remark has a column only where there is one', () => {
    const plainly = pageOf(gainsOf('lot', 'short'));
    expect(cellsOf(plainly, '2024-05-02, BTC')).toEqual(['2024-01-01', '0.5', '$500', '$300', '$200', 'short']);
    expect(plainly).not.toContain('Remark');
    expect(cellsOf(pageOf(gainsOf('s104', 'gains')), '2024-05-02, BTC').at(-1)).toBe('section 104 pool');
  });
});

describe('from the first value to the last', () => {
  const futures = (count: number): Partial<RunResult> => {
    const symbols = Array.from({ length: count }, (_, i) => `BTC-24010${i}`);
    const parts = Object.fromEntries(symbols.map((symbol) => [symbol, { index: 100, basis: -7 }]));
    const like = plain.instruments[0]!;
    return {
      instruments: [
        ...plain.instruments,
        ...symbols.map((symbol) => ({ ...like, symbol, kind: 'future' as const, base: 'BTC' })),
      ],
      totals: {
        ...plain.totals,
        attribution: { ...plain.totals.attribution, futures: parts },
        taxesOutside: count === 3 ? 12 : 0,
      },
    };
  };

  test('many dated futures of a coin are one line', () => {
    const page = attributionTable(viewOf(futures(4))).markup;
    expect(cellsOf(page, '4 dated futures of BTC, index')).toEqual(['$400']);
    expect(cellsOf(page, '4 dated futures of BTC, basis')).toEqual(['−$28']);
    expect(page).not.toContain('BTC-240100');
  });

  test('a few have a line each', () => {
    expect(cellsOf(attributionTable(viewOf(futures(3))).markup, 'BTC-240102, index')).toEqual(['$100']);
  });

  test('tax paid from outside stands below the sums', () => {
    const head = 'Tax paid from outside the account';
    expect(cellsOf(attributionTable(viewOf(futures(3))).markup, head)).toEqual(['−$12']);
    expect(attributionTable(viewOf(futures(4))).markup).not.toContain(head);
  });
});
