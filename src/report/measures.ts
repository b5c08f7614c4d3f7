import type { RunMetrics } from '../analysis/comparison.ts';
import { count, days, decimal, fall, money, percent, ratio } from './format.ts';

/** One row of the comparison: a metric, how it is written, and which end of it is better. */
export interface Measure {
  readonly key: keyof RunMetrics;
  readonly label: string;
  readonly text: (value: number | null, currency: string) => string;
  /** null: neither end is better in itself. */
  readonly better: 'higher' | 'lower' | null;
}

const share = (value: number | null) => percent(value);
const whole = (value: number | null) => count(value);
const loss = (value: number | null) => fall(value);

/** The comparison's rows in their groups; definitions in docs and spec are by `key`. */
export const MEASURES: readonly { readonly title: string; readonly measures: readonly Measure[] }[] = [
  {
    title: 'Growth',
    measures: [
      { key: 'finalEquity', label: 'Final value', text: money, better: 'higher' },
      { key: 'finalAfterTax', label: 'After tax due', text: money, better: 'higher' },
      { key: 'finalAfterLiquidation', label: 'If all were sold', text: money, better: 'higher' },
      { key: 'growthAfterLiquidation', label: 'Growth a year if all were sold (log)', text: share, better: 'higher' },
      { key: 'totalReturn', label: 'Total return', text: share, better: 'higher' },
      { key: 'cagr', label: 'CAGR', text: share, better: 'higher' },
      { key: 'mwr', label: 'Money-weighted return', text: share, better: 'higher' },
    ],
  },
  {
    title: 'Risk',
    measures: [
      { key: 'maxDrawdown', label: 'Max drawdown', text: loss, better: 'lower' },
      { key: 'underwaterDays', label: 'Longest under water', text: days, better: 'lower' },
      { key: 'volatility', label: 'Volatility (annualised)', text: share, better: 'lower' },
      { key: 'ulcer', label: 'Ulcer index', text: share, better: 'lower' },
      { key: 'cvar95', label: 'Mean of the worst 5% of days', text: loss, better: 'lower' },
      { key: 'betaToBtc', label: 'Beta to BTC', text: ratio, better: null },
    ],
  },
  {
    title: 'Reward per risk',
    measures: [
      { key: 'sharpe', label: 'Sharpe', text: ratio, better: 'higher' },
      { key: 'sortino', label: 'Sortino', text: ratio, better: 'higher' },
      { key: 'calmar', label: 'Calmar', text: ratio, better: 'higher' },
    ],
  },
  {
    title: 'Discipline',
    measures: [
      { key: 'timeOutOfBand', label: 'Time out of band', text: share, better: 'lower' },
      { key: 'meanDrift', label: 'Mean drift from target', text: share, better: 'lower' },
      { key: 'capitalInMarket', label: 'Capital in coins', text: share, better: null },
      { key: 'turnover', label: 'Spot turnover a year', text: share, better: null },
      { key: 'taxableDisposals', label: 'Taxable disposals of coins', text: whole, better: null },
    ],
  },
  {
    title: 'Hedge',
    measures: [
      { key: 'minMarginRatio', label: 'Lowest margin ratio', text: (value) => decimal(value, 1), better: 'higher' },
      { key: 'hedgeR2', label: 'Variance removed (R²)', text: share, better: 'higher' },
      { key: 'futuresTurnover', label: 'Futures turnover a year', text: share, better: null },
      { key: 'forcedSales', label: 'Forced sales (fills)', text: whole, better: 'lower' },
      { key: 'liquidations', label: 'Liquidations', text: whole, better: 'lower' },
    ],
  },
];
