import type { Html } from '../escape.ts';
import { closingDay, count, rate } from '../format.ts';
import { renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { factList, shortHash } from './facts.ts';

const SPLITS = { value: 'value', inverseVolatility: '1 / volatility' } as const;

/** What the prices are: kind, period, target, contracts without prices of their own. */
export function priceFacts({ runs, time, benchmark, comparison }: ReportView): Html {
  const { interval, target } = benchmark.result;
  const bucketed = new Set((target.buckets ?? []).flatMap(({ of }) => of));
  const weights = [
    ...Object.entries(target.weights).flatMap(([coin, weight]) => (bucketed.has(coin) ? [] : [`${coin} ${rate(weight)}`])),
    ...(target.buckets ?? []).map(({ name, weight, of, by }) => `${name} ${rate(weight)} (${of.join(', ')} by ${SPLITS[by]})`),
  ];
  const derived = derivedContracts(runs);
  return factList([
    ['Kind', comparison.synthetic ? 'Synthetic: made up by a generator, no evidence about any market.' : 'Historical prices.'],
    ['Period', `${closingDay(time[0]!)} to ${closingDay(time.at(-1)!)}, ${count(time.length)} bars of ${interval}, UTC`],
    ['Target', `${weights.join(', ')}; band ${rate(target.band)} (${target.bandKind})`],
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

/** Every data file read, with its source, licence and hash. */
export function sourceTable({ runs }: ReportView): Html | null {
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
            shortHash(sha256),
          ],
        })),
      },
    ],
    look: 'compact text',
  });
}
