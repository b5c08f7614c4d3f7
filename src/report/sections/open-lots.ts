import { formatDate } from '../../core/time.ts';
import type { LotView } from '../../tax/ledger.ts';
import { type Html, html } from '../escape.ts';
import { UNDEFINED, count, countWord, money, quantity } from '../format.ts';
import { lineSwatch } from '../swatch.ts';
import { type TableRow, renderTable } from '../table.ts';
import type { ReportRun, ReportView } from '../view.ts';

/** Rows shown per run; the rest is summed up. */
const SHOWN = 12;
/** The asset of stablecoin cash among lots and gain lines. */
const CASH = 'cash';
const STABLECOIN =
  ' Cash is a stablecoin and so one of the coins: what they cost together is shared out by what was paid for each, and only the gain in all is one to the tax office.';

interface Valued extends LotView {
  readonly value: number;
}

/** What every run holds at the end, lot by lot or pool by pool: cost, value and the gain that has not been taxed. */
export function openLots({ runs, currency }: ReportView): Html | null {
  const holding = runs.map((run) => ({ run, lots: valuedLots(run) })).filter(({ lots }) => lots.length > 0);
  if (holding.length === 0) return null;
  const timed = holding.some(({ run }) => timeMatters(run));
  return html`<h3>Lots at the end</h3>
    ${renderTable({
      name: 'Lots at the end',
      caption: `In ${currency}, at the last marks, largest first; contracts are no lots. Where a method pools, one row stands for all units of a coin, from its first purchase on. ${timeText(
        holding.map(({ run }) => run),
      )}${holding.some(({ lots }) => lots.some(isCash)) ? STABLECOIN : ''}`,
      head: ['Acquired', 'Coin', 'Quantity', 'Cost', 'Value', 'Gain', ...(timed ? ['Long-term'] : [])],
      groups: holding.map(({ run, lots }) => ({
        title: html`${lineSwatch(run.look)} ${run.name}`,
        rows: [
          ...lots.slice(0, SHOWN).map((lot) => lotRow(lot, currency, timed ? [longTermText(run, lot)] : [])),
          ...(lots.length > SHOWN ? [sumRow(`and ${count(lots.length - SHOWN)} more`, lots.slice(SHOWN), currency, timed)] : []),
          ...(lots.length > 1 ? [{ ...sumRow('In all', lots, currency, timed), kind: 'total' as const }] : []),
        ],
      })),
      look: 'compact sticky stacked',
    })}`;
}

/** Whether the tax on a coin depends on how long it was held; true where a result does not say. */
function timeMatters({ result }: ReportRun): boolean {
  return result.assumptions.tax.longAfterYears !== null;
}

function longTermText(run: ReportRun, { longTerm }: LotView): string {
  if (!timeMatters(run)) return UNDEFINED;
  return longTerm ? 'yes' : 'no';
}

/** What long-term means to the runs that have such a thing. */
function timeText(runs: readonly ReportRun[]): string {
  const timed = runs.filter(timeMatters);
  if (timed.length === 0) return 'How long a coin was held makes no difference to its tax.';
  const years = new Set(timed.flatMap(({ result }) => result.assumptions.tax.longAfterYears ?? []));
  const held = [...years].map((each) => (each === 1 ? 'a year' : `${countWord(each)} years`)).join(' or ');
  return [
    ...(held === '' ? [] : [`Long-term: held for more than ${held}.`]),
    ...(timed.length === runs.length ? [] : [`${UNDEFINED}: the time held makes no difference to the tax of that run.`]),
  ].join(' ');
}

function isCash({ asset }: LotView): boolean {
  return asset === CASH;
}

/** The lots of a run by value, largest first. */
function valuedLots({ result: { full, equity } }: ReportRun): Valued[] {
  if (full === null) return [];
  const worth = equity.at(-1) ?? 0;
  const units = new Map<string, number>();
  for (const { asset, quantity: held } of full.lots) units.set(asset, (units.get(asset) ?? 0) + held);
  return full.lots
    .map((lot) => {
      if (isCash(lot)) return { ...lot, value: lot.quantity };
      const ofCoin = (full.columns.weights[lot.asset]?.at(-1) ?? 0) * worth;
      return { ...lot, value: ofCoin * (lot.quantity / units.get(lot.asset)!) };
    })
    .sort((a, b) => b.value - a.value);
}

function lotRow({ asset, acquired, quantity: held, cost, value }: Valued, currency: string, more: string[]): TableRow {
  const amounts = [cost, value, value - cost].map((amount) => money(amount, currency, 0));
  return { head: formatDate(acquired), cells: [asset, quantity(held), ...amounts, ...more] };
}

function sumRow(head: string, lots: readonly Valued[], currency: string, timed: boolean): TableRow {
  const [cost, value] = [lots.reduce((sum, lot) => sum + lot.cost, 0), lots.reduce((sum, lot) => sum + lot.value, 0)];
  const amounts = [cost, value, value - cost].map((amount) => money(amount, currency, 0));
  return { head, cells: ['', '', ...amounts, ...(timed ? [''] : [])] };
}
