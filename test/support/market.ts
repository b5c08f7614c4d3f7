import { parseDate, parseInterval, DAY } from '../../src/core/time.ts';
import { createMarket, type InstrumentParts } from '../../src/market/create.ts';
import type { Instrument, InstrumentKind } from '../../src/market/instrument.ts';
import { MARK_SOURCES, type Field, type Market } from '../../src/market/market.ts';

/** Closes, or any of the columns of which `close` is required. `volume` may be one number for all bars. */
export type Bars = readonly number[] | BarSpec;

export interface BarSpec {
  readonly close: readonly number[];
  readonly open?: readonly number[];
  readonly high?: readonly number[];
  readonly low?: readonly number[];
  readonly volume?: readonly number[] | number;
  /** Mark closes; absent: the traded series, carried over gaps. */
  readonly mark?: readonly number[];
  readonly markOpen?: readonly number[];
  readonly markHigh?: readonly number[];
  readonly markLow?: readonly number[];
  readonly base?: string;
  readonly quote?: string;
  readonly venue?: string;
  readonly contract?: 'linear' | 'inverse';
  readonly delisted?: number | string;
  readonly expiry?: number | string;
  readonly settlement?: number;
  readonly priceFrom?: string;
  readonly fundingFrom?: string;
}

export interface FundingSpec {
  /** Default: the first perpetual. */
  readonly symbol?: string;
  /** UTC ms or any text that `Date.parse` reads. */
  readonly time: number | string;
  readonly rate: number;
  /** Default: the mark of the last bar that closed at or before `time`, or the first mark. */
  readonly mark?: number;
}

export interface MarketSpec {
  readonly spot?: Readonly<Record<string, Bars>>;
  /** By symbol: `BTC-PERP`; its base is what comes before the first dash. */
  readonly perps?: Readonly<Record<string, Bars>>;
  readonly futures?: Readonly<Record<string, BarSpec>>;
  readonly interval?: string;
  /** Open of bar 0: UTC ms or `YYYY-MM-DD`; default 2024-01-01. */
  readonly start?: number | string;
  /** Look-back bars before the period. */
  readonly first?: number;
  readonly funding?: readonly FundingSpec[];
  readonly openInterest?: Readonly<Record<string, readonly number[]>>;
  readonly synthetic?: boolean;
}

/**
 * A market in memory, in one line. Opens default to the previous close (the first to its own), highs and lows to the larger and
 * smaller of open and close, volume to 1e6. A NaN close is a bar without trade.
 */
export function marketOf(spec: MarketSpec): Market {
  const { spot = {}, perps = {}, futures = {}, interval = '1d', start = '2024-01-01', first = 0, funding = [] } = spec;
  const opened = moment(start);
  const step = parseInterval(interval);
  const instruments = [
    ...Object.entries(spot).map(([symbol, bars]) => partsOf(symbol, 'spot', bars)),
    ...Object.entries(perps).map(([symbol, bars]) => partsOf(symbol, 'perpetual', bars)),
    ...Object.entries(futures).map(([symbol, bars]) => partsOf(symbol, 'future', bars)),
  ];
  const firstPerpetual = instruments.find(({ instrument }) => instrument.kind === 'perpetual')?.instrument.symbol;
  return createMarket({
    interval,
    start: opened,
    length: instruments[0]!.columns.close.length,
    first,
    openInterest: spec.openInterest ?? {},
    synthetic: spec.synthetic ?? false,
    instruments: instruments.map((parts) => {
      const own = funding
        .filter(({ symbol = firstPerpetual }) => symbol === parts.instrument.symbol)
        .map((event) => ({ ...event, time: moment(event.time) }))
        .sort((a, b) => a.time - b.time);
      if (own.length === 0) return parts;
      const lastBar = (time: number) => Math.max(0, Math.floor((time - opened) / step) - 1);
      return {
        ...parts,
        funding: {
          time: own.map(({ time }) => time),
          rate: own.map(({ rate }) => rate),
          mark: own.map(({ time, mark }) => mark ?? parts.columns.mark[lastBar(time)]!),
          source: own.map(({ mark }) => MARK_SOURCES.indexOf(mark === undefined ? 'last-price' : 'event')),
        },
      };
    }),
  });
}

/** UTC ms of bar `i`'s close in a daily market that starts on 2024-01-01. */
export function dailyClose(bar: number): number {
  return Date.UTC(2024, 0, 1) + (bar + 1) * DAY;
}

function partsOf(symbol: string, kind: InstrumentKind, bars: Bars): InstrumentParts {
  const spec: BarSpec = 'close' in bars ? bars : { close: bars };
  const instrument: Instrument = {
    symbol,
    kind,
    contract: kind === 'spot' ? null : (spec.contract ?? 'linear'),
    base: spec.base ?? symbol.split('-')[0]!,
    quote: spec.quote ?? 'USD',
    venue: spec.venue ?? 'test',
    expiry: spec.expiry === undefined ? null : moment(spec.expiry),
    delisted: spec.delisted === undefined ? null : moment(spec.delisted),
    priceFrom: spec.priceFrom ?? null,
    fundingFrom: spec.fundingFrom ?? null,
  };
  return { instrument, columns: columnsOf(spec), settlement: spec.settlement ?? NaN };
}

function columnsOf(spec: BarSpec): Record<Field, readonly number[]> {
  const { close } = spec;
  const traded = (i: number, value: number) => (Number.isNaN(close[i]!) ? NaN : value);
  const previous = (i: number) => close.slice(0, i).findLast((value) => !Number.isNaN(value)) ?? close[i]!;
  const open = close.map((_, i) => traded(i, spec.open?.[i] ?? previous(i)));
  const high = close.map((price, i) => traded(i, spec.high?.[i] ?? Math.max(open[i]!, price)));
  const low = close.map((price, i) => traded(i, spec.low?.[i] ?? Math.min(open[i]!, price)));
  const volumeAt = (i: number) => (typeof spec.volume === 'number' ? spec.volume : (spec.volume?.[i] ?? 1e6));
  const volume = close.map((_, i) => traded(i, volumeAt(i)));
  const mark = [...(spec.mark ?? close)];
  for (let i = 0; i < mark.length; i++) if (Number.isNaN(mark[i]!)) mark[i] = i === 0 ? 0 : mark[i - 1]!;
  const marked = (i: number, own: number | undefined, price: number) =>
    own ?? (spec.mark !== undefined || Number.isNaN(close[i]!) ? mark[i]! : price);
  const markOpen = close.map((_, i) => marked(i, spec.markOpen?.[i], open[i]!));
  const markHigh = close.map((_, i) => marked(i, spec.markHigh?.[i], high[i]!));
  const markLow = close.map((_, i) => marked(i, spec.markLow?.[i], low[i]!));
  return { open, high, low, close, volume, mark, markOpen, markHigh, markLow };
}

function moment(value: number | string): number {
  if (typeof value === 'number') return value;
  const date = parseDate(value);
  return Number.isNaN(date) ? Date.parse(value) : date;
}
