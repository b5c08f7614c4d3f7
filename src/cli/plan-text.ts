import { figure, money, percent, signed } from '../core/figures.ts';
import type { Regime } from '../tax/regime.ts';
import type { PlanDocument } from './plan-document.ts';
import { paragraph } from './prose.ts';
import type { Terminal } from './terminal.ts';

interface Row {
  readonly label: string;
  readonly text: string;
}

interface Asked {
  readonly cash: number;
  readonly regime: Regime;
}

/** A decision for people: what the article says first, then what it leaves out; long-term only where the regime knows it. */
export function planText(plan: PlanDocument, { cash, regime }: Asked, terminal: Pick<Terminal, 'width'>): string {
  const { costs, breakEven, unknown } = plan;
  const { currency } = regime;
  const reasons = [...new Set(Object.values(unknown))];
  const why = (name: string): string => `not known (${reasons.indexOf(unknown[name]!) + 1})`;
  const amount = (value: number): string => money(value, currency);
  const answer = (name: string, value: number | null): string => (value === null ? why(name) : amount(value));
  const timed = (regime.taxation?.spot.longAfterYears ?? null) !== null;
  const side = (plan.hedgeNotional ?? 0) < 0 ? 'short' : 'long';
  const rows: Row[] = [
    ...Object.entries(plan.deviation).map(([symbol, share]) => ({ label: `${symbol} off its target`, text: points(share) })),
    {
      label: 'Hedge',
      text:
        plan.hedgeNotional === null
          ? why('hedgeNotional')
          : plan.hedgeNotional === 0
            ? 'none'
            : `${side} ${amount(Math.abs(plan.hedgeNotional))} of Bitcoin`,
    },
    {
      label: 'Initial margin',
      text:
        answer('margin', plan.margin) +
        (plan.margin !== null && plan.margin > cash
          ? `, more than the ${amount(cash)} of cash: pay in, or pledge coins (--collateral)`
          : ''),
    },
    { label: 'Liquidated at', text: answer('liquidationPrice', plan.liquidationPrice) },
    {
      label: 'Funding a month',
      text:
        plan.carryPerMonth === null
          ? why('carryPerMonth')
          : `${amount(plan.carryPerMonth)} (${plan.carryPerMonth < 0 ? 'paid' : 'received'})`,
    },
    { label: 'Orders of the hedge', text: answer('costs.hedgeOrders', costs.hedgeOrders) },
    { label: 'Spot orders', text: answer('costs.spotOrders', costs.spotOrders) },
    { label: 'Tax if sold now', text: answer('taxIfSold', plan.taxIfSold) },
    ...(timed ? [{ label: 'Tax if sold long-term', text: answer('taxIfSoldLongTerm', plan.taxIfSoldLongTerm) }] : []),
    { label: 'Selling costs in all', text: answer('costs.sell', costs.sell) },
    { label: costs.days === 0 ? 'Hedging costs' : `Hedging ${days(costs.days)} costs`, text: answer('costs.hedge', costs.hedge) },
    {
      label: 'Even at a funding rate of',
      text: breakEven.funding === null ? why('breakEven.funding') : `${percent(breakEven.funding, 4)} a settlement`,
    },
    { label: 'Even after', text: breakEven.days === null ? why('breakEven.days') : after(breakEven.days) },
    { label: 'Advice', text: plan.advice === null ? why('advice') : ADVICE[plan.advice] },
  ];
  const width = Math.max(...rows.map(({ label }) => label.length));
  const orders = plan.orders.map(({ symbol, notional, quantity }) => {
    const units = quantity === null ? '' : ` (${Number(Math.abs(quantity).toPrecision(8))})`;
    return `  ${notional < 0 ? 'sell' : 'buy'} ${symbol} for ${amount(Math.abs(notional))}${units}`;
  });
  const reasonLines = (reason: string, i: number): string[] =>
    paragraph(`(${i + 1}) ${reason}`, terminal, { indent: 2, hang: 4 });
  return [
    ...rows.flatMap(({ label, text }) => labelled(label.padEnd(width), text, terminal)),
    ...(reasons.length > 0 ? ['', 'Not known, because', ...reasons.flatMap(reasonLines)] : []),
    ...(orders.length > 0 ? ['', plan.advice === null ? 'Orders of the hedge' : 'Orders', ...orders] : []),
    ...(currency === null ? [] : ['', ...paragraph(`Amounts in ${currency}, the currency of regime ${regime.name}.`, terminal)]),
  ].join('\n');
}

/** A label and its text, whose later lines stand below its first. */
function labelled(label: string, text: string, terminal: Pick<Terminal, 'width'>): string[] {
  const [first, ...below] = paragraph(text, terminal, { indent: label.length + 2 });
  return [`${label}  ${first!.trimStart()}`, ...below];
}

const ADVICE = {
  sell: 'sell: it is the cheaper way',
  hedge: 'hedge: it is the cheaper way',
  nothing: 'nothing: everything is at its target',
} as const;

function points(share: number): string {
  return `${signed(figure(100 * share, 1))} points`;
}

function days(count: number): string {
  const text = figure(count, 0);
  return `${text} ${text === '1' ? 'day' : 'days'}`;
}

/** When the hedge has cost as much as selling; a time that rounds to no days in words. */
function after(count: number): string {
  if (count === 0) return 'at once: its orders and the sale at its end cost as much as selling now';
  return count < 1 ? 'less than a day' : days(count);
}
