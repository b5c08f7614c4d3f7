import type { TopLevelSpec } from 'vega-lite';
import type { Tick } from './ticks.ts';

/** A drawable chart: a vega-lite spec without values, and the rows of its named data sets. */
export interface Chart {
  readonly spec: TopLevelSpec;
  readonly data: Readonly<Record<string, readonly Row[]>>;
}

export type Row = Readonly<Record<string, string | number | null>>;
type LayerSpec = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** Outer width and side margins in px. Time charts of one frame share them, so that their axes line up. */
export interface Frame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  /** Whether names stand at the line ends. */
  readonly names: boolean;
}

/** The page’s main column, and a phone’s. At the right, half of the longest time label (`31 Dec`) fits beside the last tick. */
export const WIDE: Frame = { width: 900, left: 52, right: 132, names: true };
export const NARROW: Frame = { width: 358, left: 46, right: 20, names: false };

export const AXIS_FONT_PX = 11.5;
const TOP = 10;
const BOTTOM = 24;

export function plotWidth(frame: Frame): number {
  return frame.width - frame.left - frame.right;
}

/** A layered chart of fixed margins in the page's colours; `height` is the plot's, without axis. */
export function layered(
  frame: Frame,
  height: number,
  layers: readonly LayerSpec[],
  data: Chart['data'],
  { top = TOP, bottom = BOTTOM }: { top?: number; bottom?: number } = {},
): Chart {
  return {
    spec: {
      // `fit` would make the plot's width depend on the names at the line ends.
      autosize: { type: 'none' },
      padding: { left: frame.left, right: frame.right, top, bottom },
      width: plotWidth(frame),
      height,
      layer: [...layers],
      config: CONFIG,
    },
    data,
  };
}

const CONFIG: NonNullable<TopLevelSpec['config']> = {
  // The page gives every chart one sentence; vega's own labels repeat one text for all points of a line (vega-lite #7970).
  aria: false,
  background: null as unknown as string,
  view: { stroke: null },
  axis: {
    title: null,
    labelFontSize: AXIS_FONT_PX,
    labelColor: 'var(--muted)',
    gridColor: 'var(--grid)',
    domainColor: 'var(--axis)',
    tickColor: 'var(--axis)',
    labelOverlap: false,
    labelBound: false,
    labelFlush: false,
  },
  text: { fontSize: AXIS_FONT_PX },
};

/** A time axis below the plot: marked at the ticks, no grid. */
export function timeAxis(field: string, from: number, to: number, ticks: readonly Tick[]) {
  return {
    field,
    type: 'quantitative' as const,
    scale: { domain: [from, to], nice: false, zero: false },
    axis: { ...tickAxis(ticks), grid: false, tickSize: 4, labelPadding: 5 },
  };
}

/** A value axis at the left: horizontal grid lines, no line of its own. */
export function valueAxis(field: string, scale: 'linear' | 'log', domain: readonly [number, number], ticks: readonly Tick[]) {
  return {
    field,
    type: 'quantitative' as const,
    scale: { type: scale, domain: [...domain], nice: false, ...(scale === 'linear' && { zero: false }) },
    axis: { ...tickAxis(ticks), grid: true, domain: false, ticks: false, labelPadding: 6 },
  };
}

function tickAxis(ticks: readonly Tick[]) {
  const labels = Object.fromEntries(ticks.map(({ value, label }) => [String(value), label]));
  return {
    values: ticks.map(({ value }) => value),
    // Given more values than tickCount, vega shows only the first and the last.
    tickCount: 1000,
    labelExpr: `${JSON.stringify(labels)}[datum.value]`,
  };
}
