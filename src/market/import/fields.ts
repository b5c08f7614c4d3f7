import { ConfigError } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import { BARS, columnNames, FUNDING, type HeaderMap, type Layout, OPEN_INTEREST } from '../load/layout.ts';
import type { Identity } from './names.ts';

/** Which column of a file holds what, by the names of the layout and `time`; positions from 0. */
export type FieldMap = Readonly<Record<string, number>>;

/** What sources call the columns, in normal form; the earlier the better. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  time: [
    ...[
      'unix',
      'unix_timestamp',
      'timestamp',
      'time',
      'open_time',
      'opentime',
      'ts',
      'epoch',
      'timestamp_ms',
      'funding_time',
      'fundingtime',
    ],
    ...[
      'calc_time',
      'date_time',
      'datetime',
      'gmt_time',
      'date',
      'start',
      'start_time',
      'snapped_at',
      'create_time',
      'close_time',
    ],
  ],
  open: ['open', 'open_price', 'price_open', 'o'],
  high: ['high', 'high_price', 'price_high', 'h', 'max'],
  low: ['low', 'low_price', 'price_low', 'l', 'min'],
  close: ['close', 'close_price', 'price_close', 'c', 'last'],
  volume: ['volume', 'base_volume', 'volume_base', 'vol', 'v', 'amount'],
  rate: ['rate', 'funding_rate', 'fundingrate', 'last_funding_rate'],
  mark_price: ['mark_price', 'markprice', 'mark'],
  open_interest: ['open_interest', 'openinterest', 'sum_open_interest', 'oi'],
  price: ['price'],
};

/** A column's name as `Open Time` → `open_time`. */
export function normalName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** The layout of what is imported. */
export function layoutOf(kind: Identity['kind']): Layout {
  if (kind === 'funding') return FUNDING;
  return kind === 'open-interest' ? OPEN_INTEREST : BARS;
}

/**
 * Guesses from a header which column is which; what cannot be told is absent.
 *
 * @param base - the coin: of `Volume BTC` and `Volume USDT` the first is meant
 */
export function guessFields(header: readonly string[], layout: Layout, base: string | undefined): FieldMap {
  const names = header.map(normalName);
  const find = (field: string): number => {
    const ofBase = field === 'volume' && base !== undefined ? names.indexOf(`volume_${base.toLowerCase()}`) : -1;
    if (ofBase >= 0) return ofBase;
    const known = SYNONYMS[field]!.map((name) => names.indexOf(name)).find((index) => index >= 0);
    if (known !== undefined) return known;
    return field === 'open_interest' ? names.findIndex((name) => name.startsWith('open_interest_')) : -1;
  };
  const found = ['time', ...columnNames(layout)].map((field) => [field, find(field)] as const);
  return Object.fromEntries(found.filter(([, index]) => index >= 0));
}

/** A header is of words: none of its cells is a number, and some below it are. */
export function isHeader(cells: readonly string[], below: readonly string[] | undefined): boolean {
  const isNumber = (cell: string) => /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(cell);
  return !cells.some((cell) => /^\s*\d/.test(cell) || isNumber(cell)) && (below === undefined || below.some(isNumber));
}

/**
 * Reads `time=Date,open=Open,…`; a column is its name in the header, or its number from 1.
 *
 * @throws {ConfigError} `import-map-invalid`, with the nearest name
 */
export function parseMap(text: string, header: readonly string[] | null, width: number, layout: Layout): FieldMap {
  const fields = ['time', ...columnNames(layout)];
  const map = new Map<string, number>();
  const fail = (message: string, hint: string): never => {
    throw new ConfigError('import-map-invalid', `--map: ${message}`, { hint });
  };
  for (const part of text.split(',')) {
    const [, field = '', column = ''] =
      /^\s*([^=]+?)\s*=\s*(.+?)\s*$/.exec(part) ??
      fail(`"${part}" is not of the form field=column`, 'as in --map time=Date,open=Open,high=High,low=Low,close=Close');
    if (!fields.includes(field)) fail(`there is no field "${field}"`, didYouMean(field, fields));
    const number = /^\d+$/.test(column) ? Number(column) - 1 : -1;
    const named = header?.findIndex((name) => name.trim() === column || normalName(name) === normalName(column)) ?? -1;
    const index = named >= 0 ? named : number;
    if (index < 0 || index >= width) {
      fail(
        `there is no column "${column}"`,
        header ? didYouMean(column, header) : `the file has ${width} columns and no header: number them from 1`,
      );
    }
    map.set(field, index);
  }
  return Object.fromEntries(map);
}

/** Fields that must be known and are not. */
export function missingFields(fields: FieldMap, layout: Layout): string[] {
  return ['time', ...layout.required].filter((field) => fields[field] === undefined);
}

/** The same as readers of files want it. */
export function headerMapOf(fields: FieldMap, layout: Layout): HeaderMap {
  return { timestamp: fields.time!, columns: columnNames(layout).map((name) => fields[name] ?? -1) };
}
