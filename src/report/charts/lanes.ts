import type { Look } from '../looks.ts';
import { type Chart, type Frame, type Row, layered, plotWidth, timeAxis, valueAxis } from './frame.ts';
import { timeTicks } from './ticks.ts';

/** One kind of event, with a track for every run that has any. */
export interface Lane {
  readonly label: string;
  /** Drawn as crosses in the alarm colour instead of ticks in the run's. */
  readonly alarm: boolean;
  readonly tracks: readonly { readonly look: Look; readonly times: Float64Array }[];
}

const TRACK = 8;
const TICK_HEIGHT = 6;
const LANE_PADDING = 5;
const SMALLEST_LANE = 20;
/** Events nearer than this are drawn as one mark, px. */
const RESOLUTION = 2;
const CROSS = 'M-1,-1L1,1M-1,1L1,-1';

/** Events over time, a lane for each kind and inside it a track for each run, on the clock of the chart above. */
export function laneChart(lanes: readonly Lane[], from: number, to: number, frame: Frame): Chart {
  const data: Record<string, Row[]> = { lanes: [] };
  const centres: { value: number; label: string }[] = [];
  const marks: { name: string; look: Look; alarm: boolean }[] = [];
  let top = 0;
  lanes.forEach(({ label, alarm, tracks }, index) => {
    const height = Math.max(SMALLEST_LANE, tracks.length * TRACK + 2 * LANE_PADDING);
    centres.push({ value: top + height / 2, label });
    data['lanes']!.push({ y: top + height });
    tracks.forEach(({ look, times }, track) => {
      const name = `lane${index}track${track}`;
      const y = top + height / 2 + (track - (tracks.length - 1) / 2) * TRACK;
      data[name] = alarm ? points(times, y, from, to, frame) : ticks(times, y, from, to, frame);
      marks.push({ name, look, alarm });
    });
    top += height;
  });

  const x = timeAxis('t', from, to, timeTicks(from, to, Math.floor(plotWidth(frame) / 70)));
  const lane = valueAxis('y', 'linear', [top, 0], centres);
  const y = { ...lane, axis: { ...lane.axis, grid: false } };
  return layered(
    frame,
    top,
    [
      { data: { name: 'lanes' }, mark: { type: 'rule', color: 'var(--grid)', strokeWidth: 1 }, encoding: { y } },
      ...marks.map(({ name, look, alarm }) =>
        alarm
          ? {
              data: { name },
              mark: { type: 'point' as const, shape: CROSS, size: 28, color: 'var(--alarm)', strokeWidth: 1.8, opacity: 1 },
              encoding: { x, y },
            }
          : {
              data: { name },
              // One path for all ticks of a track: pieces of a line, broken where there is no event.
              mark: {
                type: 'line' as const,
                color: look.stroke,
                strokeWidth: TICK_HEIGHT,
                invalid: 'break-paths-filter-domains' as const,
              },
              encoding: { x, y },
            },
      ),
    ],
    data,
    { top: 0 },
  );
}

/** Pieces of a horizontal line: one for every stretch of drawing positions that holds an event. */
function ticks(times: Float64Array, y: number, from: number, to: number, frame: Frame): Row[] {
  const width = ((to - from) / plotWidth(frame)) * RESOLUTION;
  const rows: Row[] = [];
  let end = -2;
  for (const position of positions(times, from, width)) {
    if (position !== end) {
      if (rows.length > 0) rows.push({ t: from + (position - 0.5) * width, y: null });
      rows.push({ t: from + (position - 0.4) * width, y });
    } else rows.pop();
    rows.push({ t: from + (position + 0.4) * width, y });
    end = position + 1;
  }
  return rows;
}

function points(times: Float64Array, y: number, from: number, to: number, frame: Frame): Row[] {
  const width = ((to - from) / plotWidth(frame)) * 3 * RESOLUTION;
  return positions(times, from, width).map((position) => ({ t: from + position * width, y }));
}

function positions(times: Float64Array, from: number, width: number): number[] {
  return [...new Set(Array.from(times, (time) => Math.round((time - from) / width)))].sort((a, b) => a - b);
}
