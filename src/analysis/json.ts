import { sha256 } from '../core/hash.ts';
import { formatDate } from '../core/time.ts';
import type { RunResult } from '../result/run-result.ts';
import type { Comparison, JudgedRun } from './comparison.ts';
import { type ComparisonDocument, DOCUMENT_SCHEMA_VERSION, type MetricsDocument, type RunDocument } from './document.ts';
import { seriesOf, type Series, type SeriesName } from './series.ts';

/** What is added to every run of the document. */
export interface DocumentParts {
  readonly series?: readonly SeriesName[];
  readonly fills?: boolean;
  readonly lots?: boolean;
  readonly gains?: boolean;
}

/**
 * The document of `compare --json` and `run --json`: amounts in account currency, rates as fractions, undefined as null.
 *
 * A lean run has null series and no rows of fills, lots and gains.
 */
export function comparisonDocument({ runs, benchmark, differences }: Comparison, parts: DocumentParts = {}): ComparisonDocument {
  const results = runs.map(({ result }) => result);
  const first = results.find(({ id }) => id === benchmark)!;
  const { time, step, interval } = first;
  return {
    schemaVersion: DOCUMENT_SCHEMA_VERSION,
    manifest: {
      dataHash: commonHash(results.map(({ manifest }) => manifest.dataHash)),
      configHash: commonHash(results.map(({ manifest }) => manifest.configHash)),
      seed: first.manifest.seed,
      version: first.manifest.version,
      node: first.manifest.node,
      synthetic: results.some(({ manifest }) => manifest.synthetic),
      strategies: results.map(({ id, strategy, manifest }) => {
        return { id, name: strategy.name, sourceHash: manifest.sourceHash, params: strategy.params };
      }),
    },
    market: {
      symbols: [...new Set(results.flatMap(({ instruments }) => instruments.map(({ symbol }) => symbol)))],
      interval,
      from: formatDate((time[0] ?? NaN) - step),
      to: formatDate((time.at(-1) ?? NaN) - step),
      bars: time.length,
    },
    runs: runs.map((run) => runDocument(run, parts)),
    benchmark,
    comparison: differences.map((difference) => ({ ...difference })),
  };
}

function runDocument({ result, metrics, attribution }: JudgedRun, parts: DocumentParts): RunDocument {
  const { full } = result;
  return {
    id: result.id,
    strategy: result.strategy.name,
    params: result.strategy.params,
    tax: result.assumptions.tax.regime,
    metrics: mapValues(metrics, finite) as MetricsDocument,
    attribution,
    notices: result.notices.map(({ code, count, first }) => ({ code, count, first })),
    ...(result.readings && {
      readings: result.readings.map(({ reading, tax, taxes, finalAfterLiquidation }) => ({
        reading,
        tax,
        taxes: finite(taxes),
        finalAfterLiquidation: finite(finalAfterLiquidation),
      })),
    }),
    ...(parts.series && { series: seriesDocument(result, parts.series) }),
    ...(parts.fills && { fills: fillRows(full) }),
    ...(parts.lots && {
      lots: (full?.lots ?? []).map(({ asset, acquired, quantity, cost }) => ({ asset, acquired, quantity, cost })),
    }),
    ...(parts.gains && { gains: gainRows(full) }),
  };
}

function seriesDocument(result: RunResult, names: readonly SeriesName[]): NonNullable<RunDocument['series']> {
  const columns = names.map((name) => [name, columnDocument(seriesOf(result, name))]);
  return { time: Array.from(result.time), ...Object.fromEntries(columns) };
}

function columnDocument(series: Series): unknown {
  if (series === null) return null;
  return series instanceof Float64Array ? Array.from(series, finite) : mapValues(series, (column) => Array.from(column, finite));
}

function fillRows(full: RunResult['full']): NonNullable<RunDocument['fills']> {
  if (full === null) return [];
  const { fills } = full;
  return fills.symbol.map((symbol, i) => ({
    time: fills.time[i]!,
    symbol,
    side: fills.quantity[i]! < 0 ? 'sell' : 'buy',
    quantity: Math.abs(fills.quantity[i]!),
    referencePrice: fills.referencePrice[i]!,
    price: fills.price[i]!,
    fee: fills.fee[i]!,
    feeCurrency: fills.feeCurrency[i]!,
    slippage: fills.slippage[i]!,
    realised: fills.realised[i]!,
    tag: fills.tag[i]!,
    cause: fills.cause[i]!,
  }));
}

function gainRows(full: RunResult['full']): NonNullable<RunDocument['gains']> {
  if (full === null) return [];
  const { gains } = full;
  return gains.asset.map((asset, i) => ({
    asset,
    kind: gains.kind[i]!,
    acquired: finite(gains.acquired[i]!),
    disposed: gains.disposed[i]!,
    quantity: gains.quantity[i]!,
    proceeds: gains.proceeds[i]!,
    cost: gains.cost[i]!,
    gain: gains.gain[i]!,
    class: gains.class[i]!,
  }));
}

// Runs of one comparison share their hash; where they do not (several tax regimes, accounts), the hash of all of them stands for it.
function commonHash(hashes: readonly string[]): string {
  const distinct = [...new Set(hashes)].sort();
  return distinct.length === 1 ? distinct[0]! : sha256(distinct.join('\n'));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function mapValues<T, U>(record: Readonly<Record<string, T>> | object, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record as Record<string, T>).map(([key, value]) => [key, map(value)]));
}
