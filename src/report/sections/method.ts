import { isShortened } from '../data/block.ts';
import { type Html, html } from '../escape.ts';
import { percent, rate } from '../format.ts';
import { renderTable } from '../table.ts';
import type { ReportView } from '../view.ts';
import { accountFacts, contractTable, executionFacts, feeTable, venueSources } from './assumptions.ts';
import { bulletList, factList, perRun } from './facts.ts';
import { noticeTable } from './notices.ts';
import { priceFacts, sourceTable } from './prices.ts';
import { provenance } from './provenance.ts';
import type { Section } from './section.ts';
import { taxMethod } from './tax-method.ts';

/** What was assumed and what was left out: everything needed to repeat the test, or to doubt it. */
export function methodSection(view: ReportView): Section {
  return {
    id: 'method',
    entry: 'Method and limits',
    title: 'What was assumed?',
    body: html`<h3>Strategies</h3>
      ${parameterTable(view)}
      <h3>Prices</h3>
      ${priceFacts(view)} ${sourceTable(view)}
      <h3>Execution and costs</h3>
      ${executionFacts(view)} ${feeTable(view)} ${contractTable(view)} ${venueSources(view)}
      <h3>Account and margin</h3>
      ${accountFacts(view)}
      <h3>Tax</h3>
      ${taxMethod(view)}
      <h3>Figures</h3>
      ${figureFacts(view)}
      <h3>Limits</h3>
      ${bulletList(limits(view))} ${noticeTable(view)}
      <h3>Provenance</h3>
      ${provenance(view)}`,
  };
}

function parameterTable({ runs }: ReportView): Html {
  return renderTable({
    name: 'Parameters of each strategy',
    head: ['Run', 'Strategy', 'Parameters'],
    groups: [
      {
        title: null,
        rows: runs.map(({ name, result }) => ({
          head: name,
          cells: [result.strategy.name, { content: parameterText(result.strategy.params), className: 'wrap' }],
        })),
      },
    ],
    look: 'compact text',
  });
}

function parameterText(params: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(params).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function figureFacts({ comparison, runs }: ReportView): Html {
  const level = comparison.differences[0]?.level;
  return factList([
    ['Returns', 'Simple returns per bar, time-weighted: deposits and withdrawals are removed at the close of their bar.'],
    [
      'Annualisation',
      'Years of 365.25 days; volatility is the sample deviation of bar returns × √(bars per year). Crypto trades every day.',
    ],
    ['Risk-free rate', perRun(runs, ({ result }) => rate(result.assumptions.riskFree))],
    [
      'If all were sold',
      'Equity, less tax accrued, less the fees and half-spread of selling everything, less the tax that selling would add.',
    ],
    [
      'Growth a year (log)',
      'ln(last / first value if all were sold) / years; what the verdict is measured by. The first value too is after the tax on what was owned then, so with old gains it may exceed the CAGR.',
    ],
    [
      'Intervals',
      level === undefined
        ? null
        : `Paired stationary bootstrap of daily returns (Politis and Romano; block length by Politis and White), ${percent(level, 0)} percentile intervals. They are conditional on this one price and tax path: a resampled path keeps the taxes and trades of the real one.`,
    ],
  ]);
}

function limits({ runs, time, comparison }: ReportView): string[] {
  const { fill } = runs[0]!.result.assumptions;
  return [
    ...(comparison.synthetic ? ['The prices are synthetic. Nothing here is evidence about any market.'] : []),
    'One history: what happened, not what could have happened. Parameters were not chosen out of sample unless you did so.',
    ...(fill === 'close'
      ? ['Orders fill at the close that the strategy has just seen: optimistic, for comparison with other tools only.']
      : []),
    'Orders of the size traded here are assumed to move prices by no more than the slippage stated above; inside a bar only its open, high, low and close are known.',
    'Venue failure, withdrawal limits, transfer times and the counterparty risk of margin are not modelled.',
    ...(isShortened(time)
      ? [
          'The data inside this page hold one bar a day and the hours around liquidations and margin calls; every figure uses all bars.',
        ]
      : []),
    ...[...new Set(runs.flatMap(({ result }) => result.assumptions.tax.notModelled))].map((text) => `Tax: ${text}`),
  ];
}
