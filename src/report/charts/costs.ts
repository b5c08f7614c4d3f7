import { axisMoney, money } from '../format.ts';
import { shortened } from '../names.ts';
import { type Chart, type Frame, type Row, AXIS_FONT_PX, layered, valueAxis } from './frame.ts';
import { linearTicks } from './ticks.ts';

/** A part of the bar; a pale one has an edge, to be seen against the page. */
interface CostPart {
  readonly key: 'fees' | 'slippage' | 'tax' | 'owed' | 'funding' | 'interest' | 'liquidation';
  readonly label: string;
  readonly color: string;
  readonly edge?: string;
}
export type CostKind = CostPart['key'];

/** What takes from the gross result, or gives to it, in the order drawn. */
export const COST_KINDS: readonly CostPart[] = [
  { key: 'fees', label: 'Fees', color: 'var(--c-fees)' },
  { key: 'slippage', label: 'Slippage', color: 'var(--c-slippage)' },
  { key: 'tax', label: 'Tax paid', color: 'var(--c-tax)' },
  { key: 'owed', label: 'Tax still owed if all were sold', color: 'var(--c-owed)', edge: 'var(--c-tax)' },
  { key: 'funding', label: 'Funding', color: 'var(--c-funding)' },
  { key: 'interest', label: 'Interest', color: 'var(--c-interest)' },
  { key: 'liquidation', label: 'Liquidation fees and losses', color: 'var(--alarm)' },
];

/** Costs of one run, account currency: positive takes, negative was received. */
export interface CostBar {
  readonly name: string;
  readonly costs: Readonly<Record<CostKind, number>>;
}

const ROW = 34;
/** Parts below this share of the whole width are not drawn. */
const SLIVER = 2e-4;

/** Stacked bars, one a run: what it paid to the right of zero, what it received to the left; the net stands beside it. */
export function costChart(bars: readonly CostBar[], currency: string, frame: Frame): Chart {
  const sides = bars.map(({ costs }) => {
    const values = Object.values(costs);
    const sum = (wanted: (value: number) => boolean) => values.filter(wanted).reduce((a, b) => a + b, 0);
    return { paid: sum((value) => value > 0), received: sum((value) => value < 0) };
  });
  const low = Math.min(0, ...sides.map(({ received }) => received));
  const high = Math.max(0, ...sides.map(({ paid }) => paid));
  const span = high - low || 1;
  // Room for the figures beside the bars.
  const domain: [number, number] = [low - (low < 0 ? 0.02 * span : 0), high + (frame.names ? 0.1 : 0.24) * span];
  const height = bars.length * ROW;

  const data: { [name: string]: Row[] } = { pieces: [], nets: [], zero: [{ x: 0 }] };
  bars.forEach(({ costs }, row) => {
    const stack = { paid: 0, received: 0 };
    for (const { key, color, edge = color } of COST_KINDS) {
      const value = costs[key];
      if (Math.abs(value) < SLIVER * span) continue;
      const side = value > 0 ? 'paid' : 'received';
      data['pieces']!.push({ y: row + 0.2, y2: row + 0.8, x: stack[side], x2: stack[side] + value, color, edge });
      stack[side] += value;
    }
    data['nets']!.push({ y: row + 0.5, x: stack.paid, text: money(stack.paid + stack.received, currency) });
  });

  const ticks = linearTicks(low, high, frame.names ? 6 : 3).map((value) => ({ value, label: axisMoney(value, currency) }));
  const across = valueAxis('x', 'linear', domain, ticks);
  const x = { ...across, axis: { ...across.axis, labelPadding: 5 } };
  const names = bars.map(({ name }, row) => ({ value: row + 0.5, label: shortened(name, frame.names ? 20 : 13) }));
  const rows = valueAxis('y', 'linear', [bars.length, 0], names);
  const y = { ...rows, axis: { ...rows.axis, grid: false, labelColor: 'var(--body)' } };
  return layered(
    { ...frame, left: frame.names ? 140 : 92, right: 8 },
    height,
    [
      {
        data: { name: 'pieces' },
        mark: { type: 'rect', strokeWidth: 1 },
        encoding: {
          x,
          x2: { field: 'x2' },
          y,
          y2: { field: 'y2' },
          fill: { field: 'color', type: 'nominal', scale: null },
          stroke: { field: 'edge', type: 'nominal', scale: null },
        },
      },
      { data: { name: 'zero' }, mark: { type: 'rule', color: 'var(--axis)', strokeWidth: 1 }, encoding: { x } },
      {
        data: { name: 'nets' },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          dx: 7,
          fontWeight: 600,
          color: 'var(--ink)',
          fontSize: AXIS_FONT_PX,
        },
        encoding: { x, y, text: { field: 'text' } },
      },
    ],
    data,
    { top: 0 },
  );
}
