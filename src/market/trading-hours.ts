import { NoticeBoard } from '../core/notice.ts';
import { createMarket, type FundingColumns } from './create.ts';
import { isDerivative } from './instrument.ts';
import { FIELDS, type Field, type FundingEvents, type Market } from './market.ts';

const TRADED: readonly Field[] = ['open', 'high', 'low', 'close', 'volume'];
const MARKED: readonly Field[] = ['mark', 'markOpen', 'markHigh', 'markLow'];

/**
 * The market as a venue with opening hours has it: in a bar that opens while the venue is closed its contracts do not trade, and keep the
 * mark they closed with. Spot is left as it is. Series of the venue's own have such gaps already; those of others have not.
 *
 * @param isOpen - whether the venue trades at a moment, UTC ms
 * @returns the same market where nothing trades out of hours, else a copy with the notice `venue-closed`
 */
export function withTradingHours(market: Market, isOpen: (time: number) => boolean): Market {
  const { instruments, length, start, step, columns } = market;
  const copies = Object.fromEntries(FIELDS.map((field) => [field, columns[field].slice()])) as Record<Field, Float64Array>;
  const board = new NoticeBoard();
  for (let i = 0; i < length; i++) {
    const opens = start + i * step;
    if (isOpen(opens)) continue;
    instruments.forEach((instrument, j) => {
      if (!isDerivative(instrument)) return;
      const at = j * length + i;
      if (!Number.isNaN(copies.close[at]!)) {
        board.add(
          'venue-closed',
          'contracts do not trade in bars that open while their venue is closed, though prices are there',
          opens,
        );
      }
      for (const field of TRADED) copies[field][at] = NaN;
      const kept = i === 0 ? copies.mark[at]! : copies.mark[at - 1]!;
      for (const field of MARKED) copies[field][at] = kept;
    });
  }
  const outOfHours = board.list();
  if (outOfHours.length === 0) return market;
  const { interval, first, openInterest, synthetic, sources, notices, settlement, funding } = market;
  return createMarket({
    ...{ interval, start, length, first, openInterest, synthetic, sources },
    notices: [...notices, ...outOfHours],
    instruments: instruments.map((instrument, j) => ({
      instrument,
      columns: columnsOf(copies, j, length),
      funding: fundingOf(funding, j),
      settlement: settlement[j]!,
    })),
  });
}

function columnsOf(all: Readonly<Record<Field, Float64Array>>, j: number, length: number): Record<Field, Float64Array> {
  const own = FIELDS.map((field) => [field, all[field].subarray(j * length, (j + 1) * length)] as const);
  return Object.fromEntries(own) as Record<Field, Float64Array>;
}

function fundingOf({ time, rate, mark, source, instrument }: FundingEvents, j: number): FundingColumns {
  const rows = [...instrument.keys()].filter((row) => instrument[row] === j);
  const pick = (column: ArrayLike<number>): number[] => rows.map((row) => column[row]!);
  return { time: pick(time), rate: pick(rate), mark: pick(mark), source: pick(source) };
}
