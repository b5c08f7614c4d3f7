import { createMarket, type FundingColumns } from './create.ts';
import { FIELDS, type Field, type Market } from './market.ts';

/** Bars `[from, to)` of a market, of which the period starts with bar `first`; all are bars of the whole. */
export interface BarRange {
  readonly from: number;
  readonly first: number;
  readonly to: number;
}

/**
 * A market of its own with a part of another's bars: what is known of it at any of them is what the other knew then, less look-back.
 *
 * Funding before the slice is left out, settlements after it are unknown.
 */
export function sliceMarket(market: Market, { from, first, to }: BarRange): Market {
  const { instruments, length, columns, funding, settlement, openInterest, start, step } = market;
  const begins = start + from * step;
  const ends = start + to * step;
  const part = (column: Float64Array, row: number): Float64Array => column.subarray(row * length + from, row * length + to);
  return createMarket({
    interval: market.interval,
    start: begins,
    length: to - from,
    first: first - from,
    synthetic: market.synthetic,
    sources: market.sources,
    notices: market.notices,
    openInterest: Object.fromEntries(Object.entries(openInterest).map(([base, column]) => [base, part(column, 0)])),
    instruments: instruments.map((instrument, j) => {
      const expires = instrument.expiry !== null && instrument.expiry <= ends;
      return {
        instrument,
        columns: Object.fromEntries(FIELDS.map((field) => [field, part(columns[field], j)])) as Record<Field, Float64Array>,
        funding: fundingWithin(funding, j, begins, ends),
        settlement: expires ? settlement[j]! : NaN,
      };
    }),
  });
}

function fundingWithin(funding: Market['funding'], instrument: number, begins: number, ends: number): FundingColumns {
  const rows: number[] = [];
  funding.time.forEach((time, row) => {
    if (funding.instrument[row] === instrument && time > begins && time <= ends) rows.push(row);
  });
  const pick = (column: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => column[row]!);
  return { time: pick(funding.time), rate: pick(funding.rate), mark: pick(funding.mark), source: pick(funding.source) };
}
