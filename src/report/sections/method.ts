import { formatDate } from '../../core/time.ts';
import { type Html, html } from '../escape.ts';
import { closingDay, count, percent } from '../format.ts';
import { renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { accountFacts, executionFacts, feeTable, venueSources } from './assumptions.ts';
import { bulletList, factList, perRun } from './facts.ts';
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
      ${executionFacts(view)} ${feeTable(view)} ${venueSources(view)}
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
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function priceFacts({ runs, time, benchmark, comparison }: ReportView): Html {
  const { interval, target } = benchmark.result;
  const weights = Object.entries(target.weights).map(([coin, weight]) => `${coin} ${percent(weight)}`);
  const derived = derivedContracts(runs);
  return factList([
    ['Kind', comparison.synthetic ? 'Synthetic: made up by a generator, no evidence about any market.' : 'Historical prices.'],
    ['Period', `${closingDay(time[0]!)} to ${closingDay(time.at(-1)!)}, ${count(time.length)} bars of ${interval}, UTC`],
    ['Target', `${weights.join(', ')}; band ${percent(target.band)} (${target.bandKind})`],
    ['Derived contracts', derived.length === 0 ? null : derived.join('; ')],
  ]);
}

function derivedContracts(runs: readonly ReportRun[]): string[] {
  const texts = runs.flatMap(({ result }) =>
    result.instruments
      .filter(({ priceFrom }) => priceFrom !== null)
      .map(({ symbol, priceFrom }) => `${symbol} trades and is marked at the prices of ${priceFrom}: its own were not to be had`),
  );
  return [...new Set(texts)];
}

function sourceTable({ runs }: ReportView): Html | null {
  const sources = new Map(
    runs.flatMap(({ result }) => result.manifest.sources.map((source) => [`${source.symbol} ${source.file}`, source])),
  );
  if (sources.size === 0) return null;
  return renderTable({
    name: 'Data files, with source, licence and hash',
    head: ['Series', 'Venue', 'File', 'Source', 'Licence', 'sha256'],
    groups: [
      {
        title: null,
        rows: [...sources.values()].map(({ symbol, venue, file, source, licence, sha256 }) => ({
          head: symbol,
          cells: [
            venue,
            file,
            { content: source ?? 'not stated', className: 'wrap' },
            licence ?? 'not stated',
            html`<code>${sha256.slice(0, 12)}</code>`,
          ],
        })),
      },
    ],
    look: 'compact text',
  });
}

function figureFacts({ comparison, runs }: ReportView): Html {
  const level = comparison.differences[0]?.level;
  return factList([
    ['Returns', 'Simple returns per bar, time-weighted: deposits and withdrawals are removed at the close of their bar.'],
    [
      'Annualisation',
      'Years of 365.25 days; volatility is the sample deviation of bar returns × √(bars per year). Crypto trades every day.',
    ],
    ['Risk-free rate', perRun(runs, ({ result }) => percent(result.assumptions.riskFree))],
    [
      'If all were sold',
      'Equity, less tax accrued, less the fees and half-spread of selling everything, less the tax that selling would add.',
    ],
    ['Growth a year (log)', 'ln(last / first value if all were sold) / years; what the verdict is measured by.'],
    [
      'Intervals',
      level === undefined
        ? null
        : `Paired stationary bootstrap of daily returns (Politis and Romano; block length by Politis and White), ${percent(level, 0)} percentile intervals. They are conditional on this one price and tax path: a resampled path keeps the taxes and trades of the real one.`,
    ],
  ]);
}

function limits({ runs, comparison }: ReportView): string[] {
  const { fill } = runs[0]!.result.assumptions;
  return [
    ...(comparison.synthetic ? ['The prices are synthetic. Nothing here is evidence about any market.'] : []),
    'One history: what happened, not what could have happened. Parameters were not chosen out of sample unless you did so.',
    ...(fill === 'close'
      ? ['Orders fill at the close that the strategy has just seen: optimistic, for comparison with other tools only.']
      : []),
    'Orders of the size traded here are assumed to move prices by no more than the slippage stated above; inside a bar only its open, high, low and close are known.',
    'Venue failure, withdrawal limits, transfer times and the counterparty risk of margin are not modelled.',
    ...[...new Set(runs.flatMap(({ result }) => result.assumptions.tax.notModelled))].map((text) => `Tax: ${text}`),
  ];
}

function noticeTable({ runs }: ReportView): Html | null {
  const noticed = runs.filter(({ result }) => result.notices.length > 0);
  if (noticed.length === 0) return null;
  return html`<h3>Notices</h3>
    ${renderTable({
      name: 'Notices, with how often they occurred and the first occurrence',
      head: ['Notice', 'Times', 'First', 'What'],
      groups: sharedNotices(noticed).map(({ names, notices }) => ({
        title: names.length === runs.length ? 'All runs' : names.join(', '),
        rows: notices.map(({ code, message, count: times, first }) => ({
          head: html`<code>${code}</code>`,
          cells: [count(times), first === null ? '' : formatDate(first), { content: message, className: 'wrap' }],
        })),
      })),
      look: 'compact text',
    })}`;
}

type Notices = ReportRun['result']['notices'];

/** Notices grouped by the runs that have them in common, so that those of the data are listed once. */
function sharedNotices(runs: readonly ReportRun[]): { names: string[]; notices: Notices[number][] }[] {
  const holders = new Map<string, { notice: Notices[number]; names: string[] }>();
  for (const { name, result } of runs) {
    for (const notice of result.notices) {
      const key = JSON.stringify(notice);
      const known = holders.get(key) ?? { notice, names: [] };
      known.names.push(name);
      holders.set(key, known);
    }
  }
  const groups = new Map<string, { names: string[]; notices: Notices[number][] }>();
  for (const { notice, names } of holders.values()) {
    const group = groups.get(JSON.stringify(names)) ?? { names, notices: [] };
    group.notices.push(notice);
    groups.set(JSON.stringify(names), group);
  }
  return [...groups.values()].sort((a, b) => b.names.length - a.names.length);
}

function provenance({ runs }: ReportView): Html {
  const code = (text: string) => html`<code>${text}</code>`;
  const shared = runs[0]!.result.manifest;
  const unique = (pick: (run: ReportRun) => string) => [...new Set(runs.map(pick))];
  return factList([
    ['kedge', shared.version],
    ['Node', shared.node],
    ['Seed', String(shared.seed)],
    ['Market data', unique(({ result }) => result.manifest.dataHash).map((hash) => html`<div>${code(hash)}</div>`)],
    ['Configuration', hashes(runs, ({ result }) => result.manifest.configHash)],
    ['Strategy source', hashes(runs, ({ result }) => result.manifest.sourceHash)],
  ]);
}

function hashes(runs: readonly ReportRun[], pick: (run: ReportRun) => string): Html[] {
  return runs.map((run) => html`<div>${run.name} <code>${pick(run).slice(0, 16)}</code></div>`);
}
