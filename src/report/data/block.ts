import { DAY } from '../../core/time.ts';
import type { RunEvent } from '../../result/run-result.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { type PackedColumn, packColumn, packIntegers } from './codec.ts';

/** More bars than this are not written out: one a day, and the bars around events. */
const MOST_BARS = 20_000;
/** Bars within this distance of an event keep their place, ms. */
const AROUND = DAY / 2;
const KEPT_KINDS: readonly RunEvent['kind'][] = ['liquidation', 'margin-call', 'shortfall'];

/** What the page carries once, for every chart and table that a script draws: columns on one clock, packed. */
export interface DataBlock {
  readonly version: 1;
  readonly currency: string;
  readonly benchmark: string;
  /** Close of bar `i` is start + i · step, UTC ms. */
  readonly clock: { readonly start: number; readonly step: number; readonly count: number };
  /** The bars that the columns hold, packed integers; absent: all. */
  readonly bars?: string;
  readonly runs: readonly {
    readonly id: string;
    readonly columns: Readonly<Record<string, PackedColumn>>;
    /** Bars of events by kind, packed integers. */
    readonly events: Readonly<Record<string, string>>;
  }[];
}

/** The page's data: account value and, in full records, what selling everything would leave, with flows where there are any. */
export function dataBlock({ runs, time, currency, benchmark }: ReportView): DataBlock {
  const bars = time.length > MOST_BARS ? keptBars(runs, time) : null;
  const pick = (column: Float64Array) => packColumn(bars === null ? column : bars.map((bar) => column[bar]!));
  return {
    version: 1,
    currency,
    benchmark: benchmark.result.id,
    clock: { start: time[0]!, step: benchmark.result.step, count: time.length },
    ...(bars === null ? {} : { bars: packIntegers(bars) }),
    runs: runs.map(({ result: { id, equity, flows, full } }) => ({
      id,
      columns: {
        equity: pick(equity),
        ...(full === null ? {} : { afterLiquidation: pick(full.columns.afterLiquidation) }),
        ...(flows.some((flow) => flow !== 0) ? { flows: pick(flows) } : {}),
      },
      events: packEvents(full?.events ?? []),
    })),
  };
}

/** Whether the block leaves bars out, for the page's method. */
export function isShortened(time: Float64Array): boolean {
  return time.length > MOST_BARS;
}

/** The last bar of every UTC day, the first and last of all, and those around events that end accounts. */
function keptBars(runs: readonly ReportRun[], time: Float64Array): Float64Array {
  const moments = runs.flatMap(({ result }) =>
    (result.full?.events ?? []).filter(({ kind }) => KEPT_KINDS.includes(kind)).map((event) => event.time),
  );
  const kept: number[] = [];
  time.forEach((close, bar) => {
    const lastOfDay = bar === time.length - 1 || Math.ceil(time[bar + 1]! / DAY) !== Math.ceil(close / DAY);
    if (bar === 0 || lastOfDay || moments.some((moment) => Math.abs(moment - close) <= AROUND)) kept.push(bar);
  });
  return Float64Array.from(kept);
}

function packEvents(events: readonly RunEvent[]): Record<string, string> {
  const bars = new Map<string, number[]>();
  for (const { kind, bar } of events) {
    // Funding settles three times a day: its sums are in the attribution.
    if (kind !== 'funding') bars.set(kind, [...(bars.get(kind) ?? []), bar]);
  }
  return Object.fromEntries([...bars].map(([kind, list]) => [kind, packIntegers(Float64Array.from(list))]));
}
