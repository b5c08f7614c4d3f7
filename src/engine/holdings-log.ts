import { DUST } from '../core/numeric.ts';
import { once } from '../core/once.ts';
import { RowLog } from '../core/row-log.ts';
import type { Market } from '../market/market.ts';
import type { Account } from './account.ts';
import type { FillLog } from './fill-log.ts';

// A row: from which bar on what is held of which instrument, and its P&L references (see Account).
/** Bar × instruments + instrument. */
const PLACE = 0;
const QUANTITY = 1;
const FLOW = 2;
const INDEX_FLOW = 3;
const WIDTH = 4;

/** What is held of an instrument from a bar on, and its P&L references. */
interface Holding {
  readonly bar: number;
  readonly quantity: number;
  readonly flow: number;
  readonly indexFlow: number;
}

const NOTHING = { quantity: 0, flow: 0 };

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
 * What was held from which bar on. A bar in which nothing moves writes nothing, nor does one in which only a batch of spot fills did: what
 * that left is booked once more when somebody reads it, as are the columns that follow from holdings and marks.
 */
export class HoldingsLog {
  readonly #market: Market;
  readonly #fills: FillLog;
  /** As last noted, per instrument: quantity, flow. */
  readonly #quantity: Float64Array;
  readonly #flow: Float64Array;
  readonly #rows = new RowLog(WIDTH);
  /** Whether batches moved holdings since the last note. */
  #outdated = false;

  constructor(market: Market, fills: FillLog) {
    this.#market = market;
    this.#fills = fills;
    this.#quantity = new Float64Array(market.instruments.length);
    this.#flow = new Float64Array(market.instruments.length);
  }

  /** A batch of spot fills moved holdings: what is noted next is told of every instrument. */
  seeBatch(): void {
    this.#outdated = true;
  }

  /** Notes what has changed of holdings at the end of a bar. */
  note(bar: number, { quantity, flow, indexFlow }: Account): void {
    const known = this.#quantity;
    const knownFlow = this.#flow;
    const rows = this.#rows;
    const count = known.length;
    const all = this.#outdated;
    this.#outdated = false;
    let at = rows.append(count);
    const { chunk } = rows;
    let kept = 0;
    for (let j = 0; j < count; j++) {
      const units = quantity[j]!;
      const reference = flow[j]!;
      if (units === known[j] && reference === knownFlow[j] && !all) continue;
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
    const holdings = this.#holdings()[instrument]!;
    let quantity = 0;
    let flow = 0;
    let indexFlow = 0;
    let bar = 0;
    for (let row = 0; row <= holdings.length; row++) {
      const next = holdings[row];
      const until = next?.bar ?? equity.length;
      for (; bar < until; bar++) {
        const notional = quantity * mark[bar]!;
        priceProfit[bar] = notional + flow;
        share[bar] = equity[bar] === 0 || quantity === 0 ? 0 : notional / equity[bar]!;
        if (index >= 0) indexProfit[bar] = quantity * indexMark[bar]! + indexFlow;
      }
      if (next) ({ quantity, flow, indexFlow } = next);
    }
    return { share, priceProfit, indexProfit };
  }

  /** Per instrument what was held from which bar on, made once when nothing more is noted. */
  readonly #holdings = once((): readonly Holding[][] => {
    const count = this.#quantity.length;
    const noted = this.#rows.all();
    const { bar, start, instrument, units, reference } = this.#fills.batches();
    const holdings = Array.from({ length: count }, (): Holding[] => []);
    let batch = 0;
    const bookUpTo = (last: number): void => {
      for (; batch < bar.length && bar[batch]! <= last; batch++) {
        for (let item = start[batch]!; item < start[batch + 1]!; item++) {
          const of = holdings[instrument[item]!]!;
          const { quantity, flow } = of.at(-1) ?? NOTHING;
          of.push({ bar: bar[batch]!, ...bookSpot(quantity, flow, units[item]!, reference[item]!), indexFlow: 0 });
        }
      }
    };
    for (let row = 0; row < noted.length; row += WIDTH) {
      const place = noted[row + PLACE]!;
      const at = Math.floor(place / count);
      // What was noted at the end of a bar is what its batch left, too.
      bookUpTo(at);
      holdings[place % count]!.push({
        bar: at,
        quantity: noted[row + QUANTITY]!,
        flow: noted[row + FLOW]!,
        indexFlow: noted[row + INDEX_FLOW]!,
      });
    }
    bookUpTo(Infinity);
    return holdings;
  });
}

/** Holding and P&L reference after a spot fill, in the arithmetic in which the kernel books it. */
function bookSpot(held: number, flow: number, units: number, reference: number): { quantity: number; flow: number } {
  const after = held + units;
  return { quantity: Math.abs(after) <= DUST * held ? 0 : after, flow: flow - units * reference };
}
