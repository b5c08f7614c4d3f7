import type { Lane } from './charts/lanes.ts';
import type { ReportRun } from './view.ts';

/** When something of one kind happened to a run, UTC ms, ascending. */
interface EventKind {
  /** Beside its lane, where there is little room. */
  readonly label: string;
  readonly title: string;
  readonly times: (run: ReportRun) => number[];
}

const EVENT_KINDS: readonly EventKind[] = [
  { label: 'Spot', title: 'Spot trades', times: (run) => fillTimes(run, 'strategy', true) },
  { label: 'Futures', title: 'Futures trades', times: (run) => fillTimes(run, 'strategy', false) },
  { label: 'Rolls', title: 'Rolls', times: (run) => fillTimes(run, 'roll', false) },
  { label: 'Flows', title: 'Deposits and withdrawals', times: (run) => eventTimes(run, 'flow') },
  { label: 'Tax', title: 'Tax payments', times: (run) => eventTimes(run, 'tax') },
  { label: 'Calls', title: 'Margin calls', times: (run) => eventTimes(run, 'margin-call') },
  { label: 'Forced', title: 'Forced sales', times: (run) => fillTimes(run, 'forced', true) },
  { label: 'Liquid.', title: 'Liquidations', times: (run) => eventTimes(run, 'liquidation') },
];

export interface EventLane extends Lane {
  readonly title: string;
  readonly counts: ReadonlyMap<ReportRun, number>;
}

/** What happened when, by kind: only kinds and runs that have events, runs with full records. */
export function eventLanes(runs: readonly ReportRun[]): EventLane[] {
  return EVENT_KINDS.map(({ label, title, times }) => {
    const found = runs.map((run) => ({ run, times: times(run) })).filter((entry) => entry.times.length > 0);
    return {
      label,
      title,
      alarm: label === 'Liquid.',
      tracks: found.map((entry) => ({ look: entry.run.look, times: Float64Array.from(entry.times) })),
      counts: new Map(found.map((entry) => [entry.run, entry.times.length])),
    };
  }).filter(({ tracks }) => tracks.length > 0);
}

/** Bars in which a run's account was liquidated. */
export function liquidationBars({ result }: ReportRun): number[] {
  return (result.full?.events ?? []).filter(({ kind }) => kind === 'liquidation').map(({ bar }) => bar);
}

/** Moments with fills of one cause, spot or contracts; fills of one moment count once. */
function fillTimes({ result }: ReportRun, cause: string, spot: boolean): number[] {
  if (result.full === null) return [];
  const { fills } = result.full;
  const spotSymbols = new Set(result.instruments.filter(({ kind }) => kind === 'spot').map(({ symbol }) => symbol));
  const times = new Set<number>();
  fills.time.forEach((time, index) => {
    if (fills.cause[index] === cause && spotSymbols.has(fills.symbol[index]!) === spot) times.add(time);
  });
  return [...times];
}

function eventTimes({ result }: ReportRun, kind: string): number[] {
  return (result.full?.events ?? []).filter((event) => event.kind === kind && event.amount !== 0).map(({ time }) => time);
}
