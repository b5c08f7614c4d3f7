import { thin } from '../thin.ts';
import type { Look } from '../looks.ts';
import { shortened } from '../names.ts';
import { type Chart, type Frame, type Row, AXIS_FONT_PX, layered, plotWidth, timeAxis, valueAxis } from './frame.ts';
import { linearTicks, logTicks, timeTicks } from './ticks.ts';

/** One line: a value per bar. */
export interface Line {
  readonly name: string;
  readonly look: Look;
  readonly values: Float64Array;
  /** Bars marked with a cross in the alarm colour: where the account was liquidated. */
  readonly crosses: readonly number[];
}

export interface LineChart {
  /** Bar closes, UTC ms. */
  readonly time: Float64Array;
  readonly lines: readonly Line[];
  /** `log` needs positive values. */
  readonly scale: 'log' | 'linear';
  /** A value that the axis always shows, drawn as a line: 1 for ratios; null for none. */
  readonly base: number | null;
  /** Plot height in px. */
  readonly height: number;
  /** Text of a tick; `step` is the distance to the next. */
  readonly label: (value: number, step: number) => string;
}

/** Line-end names keep this distance, px. */
const NAME_GAP = 14;
const NAME_LENGTH = 19;
const CROSS = 'M-1,-1L1,1M-1,1L1,-1';

/** Lines over time, thinned to the plot's width, with names at their ends where the frame has room. */
export function lineChart({ time, lines, scale, base, height, label }: LineChart, frame: Frame): Chart {
  const from = time[0]!;
  const to = time.at(-1)!;
  const domain = padded(lines, scale, base);
  const wanted = Math.round(height / 45);
  const values = scale === 'log' ? logTicks(domain[0], domain[1], wanted) : linearTicks(domain[0], domain[1], wanted);
  const x = timeAxis('t', from, to, timeTicks(from, to, Math.floor(plotWidth(frame) / 70)));
  const y = valueAxis(
    'v',
    scale,
    domain,
    values.map((value) => ({ value, label: label(value, values[1]! - values[0]!) })),
  );

  const data: Record<string, Row[]> = {};
  const layers: Parameters<typeof layered>[2][number][] = [];
  if (base !== null) {
    data['base'] = [{ v: base }];
    layers.push({ data: { name: 'base' }, mark: { type: 'rule', color: 'var(--axis)', strokeWidth: 1 }, encoding: { y } });
  }
  lines.forEach((line, index) => {
    const name = `line${index}`;
    const drawn = scale === 'log' ? line.values.map(Math.log) : line.values;
    data[name] = Array.from(thin(drawn, Math.round(plotWidth(frame) / 2), line.crosses), (bar) => ({
      t: time[bar]!,
      v: line.values[bar]!,
    }));
    const { stroke, width, dash } = line.look;
    layers.push({
      data: { name },
      mark: { type: 'line', color: stroke, strokeWidth: width, strokeDash: [...dash], strokeJoin: 'round' },
      encoding: { x, y },
    });
  });

  data['crosses'] = lines.flatMap(({ values: drawn, crosses }) => crosses.map((bar) => ({ t: time[bar]!, v: drawn[bar]! })));
  layers.push({
    data: { name: 'crosses' },
    mark: { type: 'point', shape: CROSS, size: 30, color: 'var(--alarm)', strokeWidth: 1.8, opacity: 1 },
    encoding: { x, y },
  });
  if (frame.names) {
    data['names'] = endNames(lines, scale, domain, height, to);
    layers.push({
      data: { name: 'names' },
      mark: { type: 'text', align: 'left', baseline: 'middle', dx: 8, fontWeight: 600, fontSize: AXIS_FONT_PX },
      encoding: { x, y, text: { field: 'name' }, color: { field: 'color', type: 'nominal', scale: null } },
    });
  }
  return layered(frame, height, layers, data);
}

/** Names at the last values, pushed apart downwards and kept inside the plot, as values of the y axis. */
function endNames(
  lines: readonly Line[],
  kind: 'log' | 'linear',
  [low, high]: readonly [number, number],
  height: number,
  time: number,
): Row[] {
  const place = (value: number) => (kind === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
  const value = (share: number) => (kind === 'log' ? low * (high / low) ** share : low + share * (high - low));
  const gap = NAME_GAP / height;
  const names = lines
    .map(({ name, look, values }) => ({ name, color: look.text, share: place(values.at(-1)!) }))
    .filter(({ share }) => Number.isFinite(share))
    .sort((a, b) => b.share - a.share);
  for (let i = 1; i < names.length; i++) names[i]!.share = Math.min(names[i]!.share, names[i - 1]!.share - gap);
  let floor = 0;
  for (const name of names.reverse()) {
    name.share = Math.max(name.share, floor);
    floor = name.share + gap;
  }
  return names.map(({ name, color, share }) => ({ t: time, v: value(share), name: shortened(name, NAME_LENGTH), color }));
}

function padded(lines: readonly Line[], kind: 'log' | 'linear', base: number | null): [number, number] {
  let low = base ?? Infinity;
  let high = base ?? -Infinity;
  for (const { values } of lines) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  if (kind === 'log') {
    const margin = Math.max(1.02, (high / low) ** 0.04);
    return [low / margin, high * margin];
  }
  const margin = 0.04 * (high - low) || 0.05 * Math.abs(high) || 1;
  return [low - margin, high + margin];
}
