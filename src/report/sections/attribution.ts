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

/** Dated futures of a coin that have a line each. */
const FEW_FUTURES = 3;

/** The accounting identity as a table: every column adds up from the first value to the last, then on to what selling all leaves. */
export function attributionTable({ runs, currency }: ReportView): Html {
  const coins = [...new Set(runs.flatMap(({ attribution }) => Object.keys(attribution.spot)))];
  const contracts = contractLines(runs);
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
        ...contracts.flatMap(({ head, symbols }) =>
          (['index', 'basis'] as const).map((part) => ({
            head: `${head}, ${part}`,
            amount: ({ attribution }: ReportRun) => sumOf(symbols.map((symbol) => attribution.futures[symbol]?.[part])),
          })),
        ),
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
    {
      title: 'Not in these sums',
      lines: [{ head: 'Tax paid from outside the account', amount: ({ result }) => -result.totals.taxesOutside }],
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
    look: 'sticky stacked',
  });
}

/** Contracts by symbol; the dated ones of a coin, which follow one another, as one line where they are more than a few. */
function contractLines(runs: readonly ReportRun[]): { head: string; symbols: string[] }[] {
  const known = new Set(runs.flatMap(({ attribution }) => Object.keys(attribution.futures)));
  const dated = new Map<string, Set<string>>();
  for (const { symbol, kind, base } of runs.flatMap(({ result }) => result.instruments)) {
    if (kind === 'future' && known.has(symbol)) dated.set(base, (dated.get(base) ?? new Set()).add(symbol));
  }
  const many = [...dated].filter(([, symbols]) => symbols.size > FEW_FUTURES);
  const folded = new Set(many.flatMap(([, symbols]) => [...symbols]));
  return [
    ...[...known].filter((symbol) => !folded.has(symbol)).map((symbol) => ({ head: symbol, symbols: [symbol] })),
    ...many.map(([base, symbols]) => ({ head: `${symbols.size} dated futures of ${base}`, symbols: [...symbols] })),
  ];
}

/** Null where no part is there. */
function sumOf(parts: readonly (number | undefined)[]): number | null {
  const there = parts.filter((part) => part !== undefined);
  return there.length === 0 ? null : there.reduce((sum, part) => sum + part, 0);
}

/** What is neither kept nor tax in afterLiquidation: taker fee and half-spread on everything held. Negative, as it takes. */
function exitCosts({ metrics }: ReportRun): number {
  return metrics.finalAfterLiquidation - (metrics.finalAfterTax - metrics.taxDeferred);
}
