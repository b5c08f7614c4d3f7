import { DataError } from '../core/errors.ts';
import type { Notice } from '../core/notice.ts';
import { parseInterval } from '../core/time.ts';
import { allocateMarket, openMarket } from './buffer.ts';
import type { Instrument } from './instrument.ts';
import { FIELDS, type Field, type FundingEvents, type Market, type SeriesSource } from './market.ts';

/** Settlements of one instrument, ascending in time; `rate`, `mark` and `source` as in `FundingEvents`. */
export interface FundingColumns {
  readonly time: ArrayLike<number>;
  readonly rate: ArrayLike<number>;
  readonly mark: ArrayLike<number>;
  readonly source: ArrayLike<number>;
}

/** One instrument with its columns on the market's clock, as `Market` describes them. */
export interface InstrumentParts {
  readonly instrument: Instrument;
  readonly columns: Readonly<Record<Field, ArrayLike<number>>>;
  readonly funding?: FundingColumns;
  /** Quote currency; NaN or absent where it does not expire in the period. */
  readonly settlement?: number;
}

/** What a market is made of. */
export interface MarketParts {
  readonly interval: string;
  /** Open of bar 0, UTC ms. */
  readonly start: number;
  readonly length: number;
  /** Index of the period's first bar; default 0. */
  readonly first?: number;
  /** Spot first. */
  readonly instruments: readonly InstrumentParts[];
  /** By base coin, one value per bar. */
  readonly openInterest?: Readonly<Record<string, ArrayLike<number>>>;
  readonly synthetic?: boolean;
  readonly sources?: readonly SeriesSource[];
  readonly notices?: readonly Notice[];
}

/**
 * Copies columns into one shareable buffer, merges the funding of all instruments in time order, and finds each derivative's index.
 *
 * @throws {DataError} `market-malformed` when the parts do not fit together (a mistake of the caller, not of a file)
 */
export function createMarket(parts: MarketParts): Market {
  const {
    interval,
    start,
    length,
    first = 0,
    instruments,
    openInterest = {},
    synthetic = false,
    sources = [],
    notices = [],
  } = parts;
  checkParts(parts);
  const funding = mergeFunding(instruments);
  const buffer = allocateMarket({
    ...{ interval, step: parseInterval(interval), start, length, first, synthetic, sources, notices },
    instruments: instruments.map(({ instrument }) => instrument),
    fundingEvents: funding.time.length,
    openInterest: Object.keys(openInterest),
  });

  // Opened without its hash to fill the views; the hash is taken when every column is in place.
  const views = openMarket(buffer, '');
  instruments.forEach(({ columns, settlement = NaN }, j) => {
    for (const field of FIELDS) views.columns[field].set(columns[field], j * length);
    views.settlement[j] = settlement;
  });
  views.indexOf.set(indexOf(instruments));
  views.funding.time.set(funding.time);
  views.funding.rate.set(funding.rate);
  views.funding.mark.set(funding.mark);
  views.funding.instrument.set(funding.instrument);
  views.funding.source.set(funding.source);
  for (const [base, column] of Object.entries(openInterest)) views.openInterest[base]!.set(column);
  return openMarket(buffer);
}

function indexOf(instruments: readonly InstrumentParts[]): number[] {
  return instruments.map(({ instrument }, j) =>
    instrument.kind === 'spot'
      ? j
      : instruments.findIndex((other) => other.instrument.kind === 'spot' && other.instrument.base === instrument.base),
  );
}

function mergeFunding(instruments: readonly InstrumentParts[]): FundingEvents {
  const total = instruments.reduce((sum, { funding }) => sum + (funding?.time.length ?? 0), 0);
  const merged: FundingEvents = {
    time: new Float64Array(total),
    instrument: new Int32Array(total),
    rate: new Float64Array(total),
    mark: new Float64Array(total),
    source: new Uint8Array(total),
  };
  const next = instruments.map(() => 0);
  for (let k = 0; k < total; k++) {
    // Strictly earlier wins, so ties stay in instrument order.
    let earliest = -1;
    for (let j = 0; j < instruments.length; j++) {
      const time = instruments[j]!.funding?.time[next[j]!];
      if (time !== undefined && (earliest < 0 || time < merged.time[k]!)) {
        earliest = j;
        merged.time[k] = time;
      }
    }
    const { rate, mark, source } = instruments[earliest]!.funding!;
    const row = next[earliest]!++;
    merged.instrument[k] = earliest;
    merged.rate[k] = rate[row]!;
    merged.mark[k] = mark[row]!;
    merged.source[k] = source[row]!;
  }
  return merged;
}

function checkParts({ length, first = 0, instruments, openInterest = {} }: MarketParts): void {
  const symbols = instruments.map(({ instrument }) => instrument.symbol);
  const repeated = symbols.find((symbol, j) => symbols.indexOf(symbol) !== j);
  if (repeated !== undefined) throw malformed(`${repeated} is in the market twice`);
  if (!(length > 0 && first >= 0 && first < length)) throw malformed(`bar ${first} is not one of ${length} bars`);
  let sawDerivative = false;
  for (const { instrument, columns, funding } of instruments) {
    const { symbol, kind } = instrument;
    if (kind !== 'spot') sawDerivative = true;
    else if (sawDerivative) throw malformed(`spot ${symbol} comes after a derivative`);
    const field = FIELDS.find((name) => columns[name].length !== length);
    if (field !== undefined) throw malformed(`${symbol}: ${columns[field].length} values of ${field} for ${length} bars`);
    const late = funding ? Array.from(funding.time).findIndex((time, k, times) => k > 0 && !(time > times[k - 1]!)) : -1;
    if (late >= 0) throw malformed(`${symbol}: funding settlement ${late} is not after the one before`);
  }
  for (const [base, column] of Object.entries(openInterest)) {
    if (column.length !== length) throw malformed(`${column.length} values of open interest of ${base} for ${length} bars`);
  }
}

function malformed(message: string): DataError {
  return new DataError('market-malformed', message, { hint: 'build the market from columns on one clock, spot first' });
}
