import type { Layout } from '../load/layout.ts';
import { type FieldMap, guessFields, layoutOf, isHeader, normalName, parseMap } from './fields.ts';
import { type Head, readHead } from './head.ts';
import { coinOfSpot, type Identity, identityFromCell, identityFromName, symbolOf } from './names.ts';
import { type DateOrder, provenOrder, stampReader } from './stamps.ts';

/** What a file to be imported seems to be. */
export interface Guess {
  /** How messages call the file. */
  readonly file: string;
  readonly path: string;
  readonly form: Head['form'];
  /** For people: `exchange kline without header`, `CSV`. */
  readonly what: string;
  readonly delimiter: string;
  /** Lines before the table, then its header if it has one. */
  readonly skipped: number;
  readonly header: readonly string[] | null;
  readonly width: number;
  readonly layout: Layout;
  readonly fields: FieldMap;
  /** null: dates do not tell, or could be either. */
  readonly dateOrder: DateOrder | null;
  /** Whether dates are written so that their order must be known, and the first rows do not prove it. */
  readonly ambiguousDates: boolean;
  /** Whether a stamp is the open or the close of its bar. */
  readonly stamp: 'open' | 'close';
  readonly identity: Identity;
  /** The first rows as they stand. */
  readonly sample: readonly (readonly string[])[];
}

/** What the person who imports has said. */
export interface Told extends Identity {
  readonly map?: string;
}

/** Columns of the kline files in Binance's public archives, which have no header: open time, prices, volume, close time, and so on. */
const KLINE_WIDTH = 12;
const SAMPLE_ROWS = 3;
/** Single rows may be faulty, which is told when the file is read. */
const MOST_ROWS = 0.8;

/**
 * Looks at the beginning of a file and guesses what is in it; what was told is taken for granted.
 *
 * @param file - relative to what is imported, for messages; its last part may name symbol, venue and kind
 * @throws {DataError} as `readHead`
 * @throws {ConfigError} `import-map-invalid`
 */
export async function guessFile(path: string, file: string, told: Told): Promise<Guess> {
  const { form, delimiter, skipped, records } = await readHead(path, file);
  const header = form === 'parquet' || isHeader(records[0]!, records[1]) ? records[0]! : null;
  const rows = header ? records.slice(1) : records;
  const width = (header ?? rows[0]!).length;
  const fromName = identityFromName(file.split(/[\\/]/).at(-1)!);
  const isKline = header === null ? width === KLINE_WIDTH : header.some((name) => normalName(name) === 'taker_buy_quote_volume');
  const symbolColumn = header?.findIndex((name) => ['symbol', 'pair', 'ticker'].includes(normalName(name))) ?? -1;
  const fromCell = symbolColumn < 0 ? {} : identityFromCell(rows[0]?.[symbolColumn] ?? '');
  const { map: _, ...said } = told;
  const isSpot = (said.kind ?? fromName.kind ?? 'spot') === 'spot';
  const found = { ...(isKline && { venue: 'binance' }), ...fromCell, ...fromName };
  // What a series is called tells its coin where nothing else does, or where it is the name of one.
  const base = isSpot && said.symbol !== undefined ? (coinOfSpot(said.symbol) ?? found.base ?? said.symbol) : found.base;
  const identity = named(said, { ...found, ...(base !== undefined && { base }), ...said });
  const layout = layoutOf(identity.kind);
  const guessed = header ? guessFields(header, layout, identity.base) : headless(rows, layout);
  const fields = told.map === undefined ? withTime(guessed, rows, width) : parseMap(told.map, header, width, layout);
  const timeName = header?.[fields.time ?? -1] ?? '';
  const order = fields.time === undefined ? null : provenOrder(rows.map((row) => row[fields.time!] ?? ''));
  return {
    ...{ file, path, form, delimiter, skipped, header, width, layout, fields, identity },
    what: isKline
      ? `exchange klines ${header ? 'with' : 'without'} header`
      : form === 'parquet'
        ? 'Parquet'
        : header
          ? 'CSV'
          : 'CSV without header',
    dateOrder: order === 'either' ? null : order,
    ambiguousDates: order === 'either',
    stamp: /close/.test(normalName(timeName)) ? 'close' : 'open',
    sample: rows.slice(0, SAMPLE_ROWS),
  };
}

/** An identity, with the symbol that follows where another coin or kind was said than the file's name has. */
function named(said: Identity, identity: Identity): Identity {
  const { base, kind } = identity;
  const isOther = said.symbol === undefined && (said.base !== undefined || said.kind !== undefined);
  return isOther && base !== undefined ? { ...identity, symbol: symbolOf(base, kind) } : identity;
}

/** Where no column is called a time, the first one whose cells all are. */
function withTime(fields: FieldMap, rows: readonly (readonly string[])[], width: number): FieldMap {
  if (fields.time !== undefined) return fields;
  const read = stampReader({ dateOrder: 'dmy', timezone: 'UTC' });
  const taken = new Set(Object.values(fields));
  const isTime = (column: number) => rows.length > 0 && rows.every((row) => read((row[column] ?? '').trim()) !== undefined);
  const time = Array.from({ length: width }, (_, column) => column).find((column) => !taken.has(column) && isTime(column));
  return time === undefined ? fields : { time, ...fields };
}

/** Without a header, the usual order: time, open, high, low, close, volume, if the first rows agree with it. */
function headless(rows: readonly (readonly string[])[], layout: Layout): FieldMap {
  if (layout.name !== 'bars') return rows[0]?.length === 2 ? { time: 0, [layout.required[0]!]: 1 } : {};
  const fits = rows.filter((row) => {
    const [open, high, low, close] = row.slice(1, 5).map(Number) as [number, number, number, number];
    return low <= Math.min(open, close) && high >= Math.max(open, close);
  });
  const width = rows[0]?.length ?? 0;
  if (fits.length < MOST_ROWS * rows.length || width < 5) return {};
  return { time: 0, open: 1, high: 2, low: 3, close: 4, ...(width > 5 && { volume: 5 }) };
}
