import { formatDate } from '../../core/time.ts';
import type { Cause, GainColumns } from '../../tax/ledger.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, count, money, quantity } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';
import { classLabel } from './class-label.ts';

/** Rows shown per run; the rest is summed up, so that all rows together are the results of the tax years. */
const SHOWN = 8;

/** How the cost was found, where that says more than that it is a lot’s. */
const RULES: Readonly<Record<string, string>> = {
  lot: '',
  'same-day': 'same day',
  '30-day': 'within 30 days',
  s104: 'section 104 pool',
  average: 'average cost',
  portfolio: 'share of the portfolio',
  'constructive-sale': 'deemed sold by its hedge',
};
const CAUSES: Readonly<Record<Cause, string>> = {
  strategy: '',
  forced: 'forced sale',
  liquidation: 'liquidation',
  expiry: 'expiry',
  roll: 'roll',
};

/** The gain lines that weigh most, with the class they are taxed in, and the sum of the others. */
export function largestGains({ runs, currency }: ReportView): Html | null {
  const realised = runs
    .map((run) => ({ run, gains: run.result.full?.gains ?? null }))
    .filter(({ gains }) => gains !== null && gains.gain.length > 0);
  if (realised.length === 0) return null;
  const remarked = realised.some(({ gains }) => gains!.gain.some((_, row) => remark(gains!, row) !== UNDEFINED));
  return html`<h3>Largest gains and losses realised</h3>
    ${renderTable({
      name: 'Largest gains and losses realised',
      caption: `In ${currency} at the rate of the day, each line as its lot was matched; gain is proceeds less cost, and a denied loss added back. All lines together are the results of the tax years above and of the year in progress; --gains lists every one.`,
      head: ['When and what', 'Acquired', 'Quantity', 'Proceeds', 'Cost', 'Gain', 'Class', ...(remarked ? ['Remark'] : [])],
      groups: realised.map(({ run, gains }) => ({
        title: html`${lineSwatch(run.look)} ${run.name}`,
        rows: rowsOf(gains!, run, currency, remarked),
      })),
      look: 'compact sticky stacked',
    })}`;
}

function rowsOf(gains: GainColumns, run: ReportRun, currency: string, remarked: boolean): TableRow[] {
  const order = [...gains.gain.keys()].sort((a, b) => Math.abs(gains.gain[b]!) - Math.abs(gains.gain[a]!) || a - b);
  const others = order.slice(SHOWN);
  const amount = (value: number): string => money(value, currency, 0);
  const rows = order
    .slice(0, SHOWN)
    .sort((a, b) => a - b)
    .map((row): TableRow => ({
      head: `${formatDate(gains.disposed[row]!)}, ${gains.asset[row]}${gains.kind[row] === 'funding' ? ', funding' : ''}`,
      cells: [
        Number.isNaN(gains.acquired[row]!) ? UNDEFINED : formatDate(gains.acquired[row]!),
        Number.isNaN(gains.quantity[row]!) ? UNDEFINED : quantity(gains.quantity[row]!),
        amount(gains.proceeds[row]!),
        amount(gains.cost[row]!),
        amount(gains.gain[row]!),
        { content: classLabel(run, gains.class[row]!), className: 'words' },
        ...(remarked ? [{ content: remark(gains, row), className: 'words' }] : []),
      ],
    }));
  if (others.length === 0) return rows;
  const sum = (column: Float64Array): string => amount(others.reduce((total, row) => total + column[row]!, 0));
  return [
    ...rows,
    {
      head: `and ${count(others.length)} more`,
      cells: ['', '', sum(gains.proceeds), sum(gains.cost), sum(gains.gain), '', ...(remarked ? [''] : [])],
    },
  ];
}

/** How the cost was found where that is no lot, why it was sold where no strategy asked, and whether it may still change. */
function remark({ rule, cause, provisional, denied }: GainColumns, row: number): string {
  const remarks = [
    RULES[rule[row]!] ?? rule[row]!,
    CAUSES[cause[row]!],
    denied[row]! > 0 ? 'loss denied' : '',
    provisional[row] === 1 ? 'provisional' : '',
  ].filter((text) => text !== '');
  return remarks.length === 0 ? UNDEFINED : remarks.join(', ');
}
