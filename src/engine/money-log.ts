import { RowLog } from '../core/row-log.ts';
import type { Account } from './account.ts';
import { BAR, CASH, FEES, FUNDING, INTEREST, LIQUIDATION, SLIPPAGE, TAXES, WIDTH } from './money-rows.ts';

/** The account's cash and running sums that a full record shows bar by bar. */
const SUMS = ['cash', 'funding', 'interest', 'fees', 'slippage', 'taxes', 'liquidation'] as const;
export type MoneyColumns = Readonly<Record<(typeof SUMS)[number], Float64Array>>;

/** What cash and its sums are from which bar on: a bar in which nothing is booked writes nothing. */
export class MoneyLog {
  readonly #rows = new RowLog(WIDTH);

  /** Notes the sums at the end of a bar. */
  note(bar: number, account: Account): void {
    const at = this.#rows.append();
    const { chunk } = this.#rows;
    chunk[at + BAR] = bar;
    chunk[at + CASH] = account.cash;
    chunk[at + FUNDING] = account.funding;
    chunk[at + INTEREST] = account.interest;
    chunk[at + FEES] = account.fees;
    chunk[at + SLIPPAGE] = account.slippage;
    chunk[at + TAXES] = account.taxes;
    chunk[at + LIQUIDATION] = account.liquidation;
  }

  /** One column per sum, each of so many bars; every run notes its first. */
  columns(bars: number): MoneyColumns {
    const from = this.#rows.column(BAR);
    const columns = SUMS.map((name, k) => {
      const sums = this.#rows.column(CASH + k);
      const column = new Float64Array(bars);
      for (let row = 0; row < from.length; row++) column.fill(sums[row]!, from[row], from[row + 1] ?? bars);
      return [name, column] as const;
    });
    return Object.fromEntries(columns) as Record<(typeof SUMS)[number], Float64Array>;
  }
}
