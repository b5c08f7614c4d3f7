import { COST_KINDS, type CostBar, costChart } from '../charts/costs.ts';
import { type Html, html } from '../escape.ts';
import { money } from '../format.ts';
import { boxSwatch } from '../swatch.ts';
import type { ReportView } from '../view.ts';
import { attributionTable } from './attribution.ts';
import { figure } from './figure.ts';
import { forcedSales } from './forced-sales.ts';
import { largestGains } from './largest-gains.ts';
import { openLots } from './open-lots.ts';
import type { Section } from './section.ts';
import { taxReadings } from './tax-readings.ts';
import { taxThroughTime } from './tax-through-time.ts';
import { taxYears } from './tax-years.ts';

/** Where the gross result went: costs as bars, the way from the first to the last value, taxes by year, sales under force. */
export async function costsSection(view: ReportView): Promise<Section> {
  return {
    id: 'costs',
    entry: 'Costs and taxes',
    title: 'Where did the gross result go?',
    body: html`${await costFigure(view)}
      <h3>From the first value to the last</h3>
      ${attributionTable(view)} ${taxYears(view)} ${taxThroughTime(view)} ${largestGains(view)} ${openLots(view)}
      ${taxReadings(view)} ${forcedSales(view)}`,
  };
}

async function costFigure({ runs, currency }: ReportView): Promise<Html> {
  const bars: CostBar[] = runs.map(({ name, result, attribution, metrics }) => ({
    name,
    costs: {
      fees: attribution.fees,
      slippage: attribution.slippage,
      tax: metrics.taxesPaid,
      owed: result.totals.taxAccrued + result.totals.taxDeferred,
      funding: -attribution.funding,
      interest: -attribution.interest,
      liquidation: attribution.liquidation,
    },
  }));
  const shown = COST_KINDS.filter(({ key }) => bars.some(({ costs }) => money(costs[key], currency, 0) !== money(0, currency)));
  const nets = bars.map(
    ({ name, costs }) =>
      `${name} ${money(
        Object.values(costs).reduce((a, b) => a + b, 0),
        currency,
      )}`,
  );
  const chart = await figure(
    {
      label: `Stacked bars of costs over the whole test. Paid and owed, less received: ${nets.join(', ')}.`,
      caption:
        'Whole test. Paid and owed to the right of zero, received to the left; the figure beside a bar is the net of both. The price results that these were paid for are in the table below.',
    },
    (frame) => costChart(bars, currency, frame),
  );
  return html`<ul class="kinds">
      ${shown.map(({ label, color, edge }) => html`<li>${boxSwatch(color, edge ?? color)}${label}</li>`)}
    </ul>
    ${chart}`;
}
