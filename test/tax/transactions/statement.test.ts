import { describe, expect, test } from 'vitest';
import type { TaxSetup } from '../../../src/tax/setup.ts';
import { readTransactions } from '../../../src/tax/transactions/read.ts';
import type { TaxStatement } from '../../../src/tax/transactions/statement.ts';
import { taxStatement } from '../../../src/tax/transactions/statement.ts';

const CURRENCIES: Readonly<Record<string, string>> = {
  us: 'USD',
  uk: 'GBP',
  germany: 'EUR',
  france: 'EUR',
  india: 'INR',
  canada: 'CAD',
};

function statement(regime: string, head: string, rows: readonly string[], changes: Partial<TaxSetup> = {}): TaxStatement {
  const setup: TaxSetup = { regime, payFrom: 'outside', funding: 'result', law: 'today', ...changes };
  return taxStatement(readTransactions([head, ...rows].join('\n'), 'trades.csv'), setup, CURRENCIES[regime]!, 'trades.csv');
}

const gainsOf = ({ lines }: TaxStatement): number[] => lines.map(({ gain }) => gain);

describe('a tax statement', () => {
  const head = 'date,type,asset,quantity,gross,fee,wallet,id,lots,swap,portfolioValue';

  test('takes the lots that a sale names', () => {
    const rows = ['2024-01-01,buy,A,1,10,,,old,,,', '2024-02-01,buy,A,1,20,,,new,,,', '2024-03-01,sell,A,1,30,,,,new,,'];
    const named = statement('us', head, rows, { lots: 'specific-id' });
    expect(named.lines).toEqual([expect.objectContaining({ gain: 10, lines: [4], lot: 3, class: 'short', rule: 'lot' })]);
    expect(named.open).toEqual([expect.objectContaining({ seq: 2, quantity: 1, cost: 10 })]);
    expect(() => statement('us', head, rows)).toThrow('lots are named, but the method is fifo');
  });

  test('refuses to sell more than is held, naming lines; wallets count where the regime looks at them', () => {
    const rows = ['2025-01-01,buy,A,1,10,,x,,,,', '2025-02-01,sell,A,1,30,,y,,,,', '2025-03-01,sell,A,0.5,30,,x,,,,'];
    const place = { at: { file: 'trades.csv', line: 3 } };
    expect(() => statement('us', head, rows)).toThrow(
      expect.objectContaining({ code: 'transactions-invalid', faults: [expect.objectContaining(place)] }),
    );
    expect(() => statement('us', head, rows, { scope: 'universal' })).toThrow('0.5 A are sold on 2025-03-01, but 0 are held');
    expect(gainsOf(statement('us', head, rows.slice(0, 2), { scope: 'universal' }))).toEqual([20]);
  });

  test('under share matching a sale may come before the purchase of its day', () => {
    const rows = ['2024-05-01T09:00,sell,A,1,30,,,,,,', '2024-05-01T10:00,buy,A,1,10,,,,,,'];
    expect(statement('uk', head, rows).lines).toEqual([expect.objectContaining({ gain: 20, rule: 'same-day', lines: [2] })]);
    expect(() => statement('germany', head, rows)).toThrow('but 0 are held');
  });

  test('marks as provisional nothing that is past its window', () => {
    const rows = ['2024-01-01,buy,A,2,20,,,,,,', '2024-05-01,sell,A,1,30,,,,,,'];
    expect(statement('uk', head, rows).lines.map(({ provisional }) => provisional)).toEqual([false]);
  });

  test('in France a swap is untaxed and a sale for money takes its share of the portfolio', () => {
    const rows = [
      '2024-01-01,buy,A,1,1000,,,,,,',
      '2024-02-01,sell,A,0.5,900,,,,,s,',
      '2024-02-01,buy,B,3,900,,,,,s,',
      '2024-03-01,sell,B,3,1000,,,,,,2000',
    ];
    // 1,000 less half of 1,000.
    expect(gainsOf(statement('france', head, rows))).toEqual([500]);
    // In Germany the swap is a sale: 400, then 100.
    expect(gainsOf(statement('germany', head, rows))).toEqual([400, 100]);
    const unvalued = rows.map((row) => row.replace(/2000$/, ''));
    expect(() => statement('france', head, unvalued)).toThrow('portfolioValue is missing');
  });

  test('knows what was withheld and takes it off the bill', () => {
    const rows = ['2024-05-01,buy,A,1,60000,,,,,,', '2024-06-01,sell,A,1,100000,,,,,,'];
    const { withheld, years } = statement('india', head, rows);
    expect(withheld).toBe(1_000);
    expect(years.at(-1)!.tax).toBeCloseTo(0.312 * 40_000 - 1_000, 6);
  });
});

describe('contracts in a statement', () => {
  const head = 'date,type,asset,quantity,gross,fee';

  test('recognise funding and fees with the result, or funding as income', () => {
    const rows = ['2024-03-01,funding,PERP,,5,', '2024-04-01,funding,PERP,,-2,', '2024-05-01,result,PERP,,100,4'];
    const { years } = statement('us', head, rows, { rates: { short: 0.5, long: 0.5 } });
    expect(years.map(({ results, tax }) => [results['short'], tax])).toEqual([[99, 49.5]]);
    const income = statement('us', head, rows, { rates: { short: 0.5, long: 0.5 }, funding: 'income' });
    expect(income.years[0]!.results).toMatchObject({ short: 96, ordinary: 5 });
    const both = statement('us', head, rows, { rates: { short: 0.5, long: 0.5 }, funding: 'income-both-ways' });
    expect(both.years[0]!.results).toMatchObject({ short: 96, ordinary: 3 });
  });

  test('are marked at the year’s end under section 1256, and later results are adjusted', () => {
    const rows = ['2024-12-31,mark,CME,,100,', '2025-02-01,result,CME,,60,'];
    const { years } = statement('us', head, rows, { contracts: 'section-1256', rates: { short: 0.3, long: 0.2 } });
    expect(years.map(({ results }) => [results['short1256'], results['long1256']])).toEqual([
      [40, 60],
      [-16, -24],
    ]);
    expect(years.map(({ tax }) => Number(tax.toFixed(9)))).toEqual([24, -9.6]);
    // Where contracts are taxed when they close, a mark says nothing.
    expect(statement('us', head, rows).years.map(({ results }) => results['short'])).toEqual([0, 60]);
  });

  test('alone make a statement without coins', () => {
    const { lines, open, years } = statement('germany', head, ['2024-05-01,result,PERP,,3000,']);
    expect([lines.length, open, years[0]!.tax]).toEqual([1, [], 2_000 * 0.26375]);
  });
});
