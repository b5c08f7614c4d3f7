import { type Html, html } from '../escape.ts';
import { UNDEFINED, money } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';

/** One line of the way from initial to final equity: its amount with its sign, null where a run has no such line. */
interface Line {
  readonly head: string;
  readonly amount: (run: ReportRun) => number | null;
  readonly kind?: TableRow['kind'];
  /** Whether the line stays when it reads as zero for every run. */
  readonly always?: boolean;
}

/** The accounting identity as a table: every column adds up from the first value to the last, then on to what selling all leaves. */
export function attributionTable({ runs, currency }: ReportView): Html {
  const coins = [...new Set(runs.flatMap(({ attribution }) => Object.keys(attribution.spot)))];
  const contracts = [...new Set(runs.flatMap(({ attribution }) => Object.keys(attribution.futures)))];
  const cents = Math.min(...runs.map(({ metrics }) => metrics.initialEquity)) < 10_000 ? 2 : 0;
  const groups: { title: string | null; lines: Line[] }[] = [
    {
      title: null,
      lines: [
        { head: 'Equity at the start', amount: ({ metrics }) => metrics.initialEquity, kind: 'total', always: true },
        { head: 'Deposits less withdrawals', amount: ({ attribution }) => attribution.netFlows },
      ],
    },
    {
      title: 'Prices',
      lines: [
        ...coins.map((coin) => ({
          head: `${coin}, spot`,
          amount: ({ attribution }: ReportRun) => attribution.spot[coin] ?? null,
        })),
        ...contracts.flatMap((contract) => [
          { head: `${contract}, index`, amount: ({ attribution }: ReportRun) => attribution.futures[contract]?.index ?? null },
          { head: `${contract}, basis`, amount: ({ attribution }: ReportRun) => attribution.futures[contract]?.basis ?? null },
        ]),
      ],
    },
    {
      title: 'Carry',
      lines: [
        { head: 'Funding', amount: ({ attribution }) => attribution.funding },
        { head: 'Interest', amount: ({ attribution }) => attribution.interest },
      ],
    },
    {
      title: 'Costs',
      lines: [
        { head: 'Fees', amount: ({ attribution }) => -attribution.fees, always: true },
        { head: 'Slippage', amount: ({ attribution }) => -attribution.slippage, always: true },
        { head: 'Tax paid', amount: ({ attribution }) => -attribution.taxes, always: true },
        { head: 'Liquidation', amount: ({ attribution }) => -attribution.liquidation },
        { head: 'Equity at the end', amount: ({ metrics }) => metrics.finalEquity, kind: 'total', always: true },
      ],
    },
    {
      title: 'If all were sold on the last day',
      lines: [
        { head: 'Tax accrued, not yet paid', amount: ({ metrics }) => -metrics.taxAccrued, always: true },
        { head: 'Tax deferred in unsold gains', amount: ({ metrics }) => -metrics.taxDeferred, always: true },
        { head: 'Fees and spread of selling', amount: exitCosts, always: true },
        { head: 'Left if all were sold', amount: ({ metrics }) => metrics.finalAfterLiquidation, kind: 'total', always: true },
      ],
    },
  ];
  const text = (value: number | null) => (value === null ? UNDEFINED : money(value, currency, cents));
  const isShown = ({ amount, always }: Line) => always === true || runs.some((run) => text(amount(run) ?? 0) !== text(0));
  const tableRow = ({ head, amount, kind }: Line): TableRow => ({
    head,
    cells: runs.map((run) => text(amount(run))),
    ...(kind === undefined ? {} : { kind }),
  });
  return renderTable({
    name: 'From equity at the start to what selling everything would leave',
    caption:
      'Each column adds up, exactly before rounding. Index is the move of the coin itself, basis that of the contract against it.',
    head: [`In ${currency}`, ...runs.map(({ name, look }) => html`${lineSwatch(look)}${name}`)],
    groups: groups
      .map(({ title, lines }) => ({ title, rows: lines.filter(isShown).map(tableRow) }))
      .filter(({ rows }) => rows.length > 0),
    look: 'sticky',
  });
}

/** What is neither kept nor tax in afterLiquidation: taker fee and half-spread on everything held. Negative, as it takes. */
function exitCosts({ metrics }: ReportRun): number {
  return metrics.finalAfterLiquidation - (metrics.finalAfterTax - metrics.taxDeferred);
}
