import type { FillColumns, FullColumns, RunEvent, RunResult } from './run-result.ts';
import type { GainColumns } from '../tax/ledger.ts';
import type { Column, Columns } from './table.ts';

/** The part of a run that is JSON: everything but its columns. */
export interface RunRecord {
  readonly head: Omit<RunResult, BarColumn | 'monthEnds' | 'full'>;
  readonly monthEnds: {
    readonly bar: readonly number[];
    readonly taxDeferred: readonly number[];
    readonly afterLiquidation: readonly number[];
  };
  readonly full: Pick<NonNullable<RunResult['full']>, 'lots' | 'taxYears'> | null;
}

type BarColumn = 'time' | 'equity' | 'taxAccrued' | 'flows' | 'btc';
type Tables = Readonly<Record<string, Columns>>;

// In the table of bars a column of a full record is `full/cash`, one of a group `full/weights/BTC`.
const FULL = 'full/';
const SHAPE = {
  cash: 'column',
  afterLiquidation: 'column',
  taxDeferred: 'column',
  marginRatio: 'column',
  weights: 'group',
  exposure: 'group',
  spot: 'group',
  futuresIndex: 'group',
  futuresBasis: 'group',
  funding: 'column',
  interest: 'column',
  fees: 'column',
  slippage: 'column',
  taxes: 'column',
  liquidation: 'column',
} as const satisfies Record<keyof FullColumns, 'column' | 'group'>;

/** Splits a run into JSON and tables: `bars`, and in a full record `fills`, `gains` and `events`. */
export function packRun(result: RunResult): { record: RunRecord; tables: Tables } {
  const { time, equity, taxAccrued, flows, btc, monthEnds, full, ...head } = result;
  const bars: Columns = { time, equity, taxAccrued, flows, ...(btc && { btc }) };
  const record = {
    head,
    monthEnds: {
      bar: [...monthEnds.bar],
      taxDeferred: [...monthEnds.taxDeferred],
      afterLiquidation: [...monthEnds.afterLiquidation],
    },
  };
  if (full === null) return { record: { ...record, full: null }, tables: { bars } };
  const { columns, fills, gains, events, lots, taxYears } = full;
  return {
    record: { ...record, full: { lots, taxYears } },
    tables: {
      bars: { ...bars, ...packColumns(columns) },
      fills: { ...fills },
      gains: { ...gains },
      events: packEvents(events),
    },
  };
}

/** The run back from what `packRun` made. */
export function unpackRun({ head, monthEnds, full }: RunRecord, tables: Tables): RunResult {
  const bars = tables['bars'] as Readonly<Record<string, Float64Array>>;
  return {
    ...head,
    time: bars['time']!,
    equity: bars['equity']!,
    taxAccrued: bars['taxAccrued']!,
    flows: bars['flows']!,
    btc: bars['btc'] ?? null,
    monthEnds: {
      bar: Int32Array.from(monthEnds.bar),
      taxDeferred: Float64Array.from(monthEnds.taxDeferred),
      afterLiquidation: Float64Array.from(monthEnds.afterLiquidation),
    },
    full: full && {
      ...full,
      columns: unpackColumns(bars),
      fills: tables['fills'] as unknown as FillColumns,
      gains: tables['gains'] as unknown as GainColumns,
      events: unpackEvents(tables['events']!),
    },
  };
}

function packColumns(columns: FullColumns): Columns {
  const packed: Record<string, Column> = {};
  for (const [name, value] of Object.entries(columns) as [string, FullColumns[keyof FullColumns]][]) {
    if (value instanceof Float64Array) packed[FULL + name] = value;
    else for (const [symbol, column] of Object.entries(value)) packed[`${FULL}${name}/${symbol}`] = column;
  }
  return packed;
}

function unpackColumns(bars: Readonly<Record<string, Float64Array>>): FullColumns {
  const group = (prefix: string): Record<string, Float64Array> =>
    Object.fromEntries(
      Object.entries(bars).flatMap(([name, column]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), column]] : [])),
    );
  const columns = Object.entries(SHAPE).map(([name, shape]) => [
    name,
    shape === 'column' ? bars[FULL + name] : group(`${FULL}${name}/`),
  ]);
  return Object.fromEntries(columns) as FullColumns;
}

function packEvents(events: readonly RunEvent[]): Columns {
  return {
    kind: events.map(({ kind }) => kind),
    time: Float64Array.from(events, ({ time }) => time),
    bar: Int32Array.from(events, ({ bar }) => bar),
    symbol: events.map(({ symbol }) => symbol),
    amount: Float64Array.from(events, ({ amount }) => amount),
    message: events.map(({ message }) => message),
  };
}

function unpackEvents({ kind, time, bar, symbol, amount, message }: Columns): RunEvent[] {
  return (kind as RunEvent['kind'][]).map((each, i) => ({
    kind: each,
    time: time![i] as number,
    bar: bar![i] as number,
    symbol: symbol![i] as string | null,
    amount: amount![i] as number,
    message: message![i] as string,
  }));
}
