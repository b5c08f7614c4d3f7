import type { Look } from '../looks.ts';
import { percent } from '../format.ts';
import { thin } from '../thin.ts';
import { type Chart, type Frame, type Row, layered, plotWidth, timeAxis, valueAxis } from './frame.ts';
import { linearTicks, timeTicks } from './ticks.ts';

/** One panel of the small multiples, and its size on a phone. At the left there is room for `−100%`. */
export const PANEL: Frame = { width: 284, left: 44, right: 20, names: false };
export const NARROW_PANEL: Frame = { width: 172, left: 44, right: 20, names: false };
const HEIGHT = 104;

export interface DrawdownPanel {
  /** Bar closes, UTC ms. */
  readonly time: Float64Array;
  /** Fraction below the running peak per bar, in [0, 1]. */
  readonly depth: Float64Array;
  readonly look: Look;
  /** The benchmark's depth, dotted; null in its own panel. */
  readonly reference: Float64Array | null;
  /** The deepest fall of all panels: they share one scale. */
  readonly deepest: number;
}

/** How far below its last peak a run was: an area hanging from zero, the benchmark as a dotted line. */
export function drawdownChart({ time, depth, look, reference, deepest }: DrawdownPanel, frame: Frame): Chart {
  const from = time[0]!;
  const to = time.at(-1)!;
  const floor = -Math.max(0.01, Math.ceil(deepest * 20) / 20);
  const values = linearTicks(floor, 0, 3).map((value) => ({ value, label: percent(value, -floor < 0.06 ? 1 : 0) }));
  const x = timeAxis('t', from, to, timeTicks(from, to, Math.floor(plotWidth(frame) / 34)));
  const y = valueAxis('v', 'linear', [floor, 0], values);
  const rows = (column: Float64Array): Row[] =>
    Array.from(thin(column, Math.round(plotWidth(frame) / 2)), (bar) => ({ t: time[bar]!, v: -column[bar]! }));
  return layered(
    frame,
    HEIGHT,
    [
      {
        data: { name: 'depth' },
        mark: { type: 'area', color: look.stroke, fillOpacity: 0.18, line: { color: look.stroke, strokeWidth: 1.2 } },
        encoding: { x, y: { ...y, stack: null } },
      },
      ...(reference === null
        ? []
        : [
            {
              data: { name: 'reference' },
              mark: { type: 'line' as const, color: 'var(--s-benchmark)', strokeWidth: 1, strokeDash: [1.5, 2.5] },
              encoding: { x, y },
            },
          ]),
    ],
    { depth: rows(depth), ...(reference === null ? {} : { reference: rows(reference) }) },
    { top: 6 },
  );
}
