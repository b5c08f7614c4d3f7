import { once } from '../core/once.ts';
import { RowLog } from '../core/row-log.ts';
import type { Market } from '../market/market.ts';
import type { Account } from './account.ts';

// A row: from which bar on what is held of which instrument, and its P&L references (see Account).
const BAR = 0;
const INSTRUMENT = 1;
const QUANTITY = 2;
const FLOW = 3;
const INDEX_FLOW = 4;
const WIDTH = 5;

/** The columns of one instrument that follow from what was held and from marks. */
export interface HoldingColumns {
  /** Signed notional / equity. */
  readonly share: Float64Array;
  /** Price P&L so far. */
  readonly priceProfit: Float64Array;
  /** The part of it that the index moved. */
  readonly indexProfit: Float64Array;
}

/**
 * What was held from which bar on. A bar in which nothing moves writes nothing: the columns that follow
 * from holdings and marks are made afterwards, when somebody reads them.
 */
export class HoldingsLog {
  readonly #market: Market;
  /** As last noted, per instrument: quantity, flow. */
  readonly #quantity: Float64Array;
  readonly #flow: Float64Array;
  readonly #rows = new RowLog(WIDTH);

  constructor(market: Market) {
    this.#market = market;
    this.#quantity = new Float64Array(market.instruments.length);
    this.#flow = new Float64Array(market.instruments.length);
  }

  /** Notes what has changed of holdings at the end of a bar. */
  note(bar: number, { quantity, flow, indexFlow }: Account): void {
    const known = this.#quantity;
    const knownFlow = this.#flow;
    const rows = this.#rows;
    for (let j = 0; j < known.length; j++) {
      if (quantity[j] === known[j] && flow[j] === knownFlow[j]) continue;
      const at = rows.append();
      const { chunk } = rows;
      chunk[at + BAR] = bar;
      chunk[at + INSTRUMENT] = j;
      chunk[at + QUANTITY] = known[j] = quantity[j]!;
      chunk[at + FLOW] = knownFlow[j] = flow[j]!;
      chunk[at + INDEX_FLOW] = indexFlow[j]!;
    }
  }

  /** The columns of an instrument whose result in money is quantity × price: all but inverse contracts. */
  columnsOf(instrument: number, equity: Float64Array): HoldingColumns {
    const { columns, length, first, indexOf, spotCount } = this.#market;
    const index = instrument < spotCount ? -1 : indexOf[instrument]!;
    const share = new Float64Array(equity.length);
    const priceProfit = new Float64Array(equity.length);
    const indexProfit = index < 0 ? priceProfit : new Float64Array(equity.length);
    const mark = columns.mark.subarray(instrument * length + first, (instrument + 1) * length);
    const indexMark = index < 0 ? mark : columns.mark.subarray(index * length + first, (index + 1) * length);
    const { bar: from, instrument: of, quantity: quantities, flow: flows, indexFlow: indexFlows } = this.#columns();
    let quantity = 0;
    let flow = 0;
    let indexFlow = 0;
    let bar = 0;
    for (let row = 0; row <= from.length; row++) {
      if (row < from.length && of[row] !== instrument) continue;
      const until = row < from.length ? from[row]! : equity.length;
      for (; bar < until; bar++) {
        const notional = quantity * mark[bar]!;
        priceProfit[bar] = notional + flow;
        share[bar] = equity[bar] === 0 || quantity === 0 ? 0 : notional / equity[bar]!;
        if (index >= 0) indexProfit[bar] = quantity * indexMark[bar]! + indexFlow;
      }
      quantity = quantities[row]!;
      flow = flows[row]!;
      indexFlow = indexFlows[row]!;
    }
    return { share, priceProfit, indexProfit };
  }

  /** The rows as columns, made once when nothing more is noted. */
  readonly #columns = once(() => ({
    bar: this.#rows.column(BAR),
    instrument: this.#rows.column(INSTRUMENT),
    quantity: this.#rows.column(QUANTITY),
    flow: this.#rows.column(FLOW),
    indexFlow: this.#rows.column(INDEX_FLOW),
  }));
}
