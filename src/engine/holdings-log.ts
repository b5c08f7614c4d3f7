import { once } from '../core/once.ts';
import { RowLog } from '../core/row-log.ts';
import type { Market } from '../market/market.ts';
import type { Account } from './account.ts';

// A row: from which bar on what is held of which instrument, and its P&L references (see Account).
/** Bar × instruments + instrument. */
const PLACE = 0;
const QUANTITY = 1;
const FLOW = 2;
const INDEX_FLOW = 3;
const WIDTH = 4;

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
    const count = known.length;
    let at = rows.append(count);
    const { chunk } = rows;
    let kept = 0;
    for (let j = 0; j < count; j++) {
      const units = quantity[j]!;
      const reference = flow[j]!;
      if (units === known[j] && reference === knownFlow[j]) continue;
      known[j] = units;
      knownFlow[j] = reference;
      chunk[at + PLACE] = bar * count + j;
      chunk[at + QUANTITY] = units;
      chunk[at + FLOW] = reference;
      chunk[at + INDEX_FLOW] = indexFlow[j]!;
      at += WIDTH;
      kept++;
    }
    rows.retract(count - kept);
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
  readonly #columns = once(() => {
    const place = this.#rows.column(PLACE);
    const count = this.#quantity.length;
    return {
      bar: place.map((packed) => Math.floor(packed / count)),
      instrument: place.map((packed) => packed % count),
      quantity: this.#rows.column(QUANTITY),
      flow: this.#rows.column(FLOW),
      indexFlow: this.#rows.column(INDEX_FLOW),
    };
  });
}
