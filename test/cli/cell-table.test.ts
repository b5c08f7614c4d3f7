import { describe, expect, test } from 'vitest';
import { cellTable, type CellTable } from '../../src/cli/cell-table.ts';

const TABLE: CellTable = {
  head: ['day', 'asset', 'gain', 'class'],
  rows: [
    ['2024-01-10', 'BTC', '1,000', 'short-term gain of a coin'],
    ['2024-01-11', 'ETH', '20', 'long-term'],
  ],
  right: [2],
  keys: 2,
};
const lines = (width: number, table = TABLE) =>
  cellTable(table, width)
    .split('\n')
    .map((line) => line.trimEnd());

describe('a table of cells', () => {
  test('stays as it is where it fits', () => {
    expect(lines(80)).toEqual([
      ' day        │ asset │  gain │ class',
      ' 2024-01-10 │ BTC   │ 1,000 │ short-term gain of a coin',
      ' 2024-01-11 │ ETH   │    20 │ long-term',
    ]);
  });

  test('breaks cells at blanks where it does not', () => {
    expect(lines(46)).toEqual([
      ' day        │ asset │  gain │ class',
      ' 2024-01-10 │ BTC   │ 1,000 │ short-term gain',
      '            │       │       │ of a coin',
      ' 2024-01-11 │ ETH   │    20 │ long-term',
    ]);
  });

  test('is continued below, with what tells its rows apart, where that is not enough', () => {
    expect(lines(36)).toEqual([
      ' day        │ asset │  gain',
      ' 2024-01-10 │ BTC   │ 1,000',
      ' 2024-01-11 │ ETH   │    20',
      '',
      ' day        │ asset │ class',
      ' 2024-01-10 │ BTC   │ short-term',
      '            │       │ gain of a',
      '            │       │ coin',
      ' 2024-01-11 │ ETH   │ long-term',
    ]);
  });

  test('cuts words that are too long, and no figures', () => {
    const wallet = { head: ['wallet', 'cost'], rows: [['bc1q0123456789abcdef', '1,234,567,890']], right: [1], keys: 1 };
    expect(lines(31, wallet)).toEqual([' wallet        │          cost', ' bc1q012345678 │ 1,234,567,890', ' 9abcdef       │']);
    expect(lines(20, wallet).join('\n')).toContain('1,234,567,890');
  });
});
