import { z } from 'zod';
import type { ConfigError, Fault } from '../../core/errors.ts';
import { didYouMean } from '../../core/suggest.ts';
import { parseInterval } from '../../core/time.ts';
import { parseEnd, parseStamp } from './timestamp.ts';

export const SERIES_KINDS = ['spot', 'perpetual', 'future', 'open-interest', 'funding', 'fx'] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

const moment = (parse: (text: string) => number) =>
  z.string().transform((text, context) => {
    const time = parse(text);
    if (Number.isNaN(time))
      context.addIssue({ code: 'custom', message: `"${text}" is no date, expected YYYY-MM-DD or an ISO 8601 stamp` });
    return time;
  });
const interval = z.string().transform((text, context) => {
  try {
    return parseInterval(text);
  } catch (error) {
    const { message, hint } = error as ConfigError;
    context.addIssue({ code: 'custom', message: `${message}; ${hint}` });
    return NaN;
  }
});
const name = z.string().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/i, 'expected 64 hex digits');

/** One entry of `series`. */
const seriesSchema = z.strictObject({
  symbol: name,
  kind: z.enum(SERIES_KINDS),
  contract: z.enum(['linear', 'inverse']).optional(),
  base: name,
  quote: name.optional(),
  venue: name.optional(),
  interval: interval.optional(),
  file: name.optional(),
  stamp: z.enum(['open', 'close']).optional(),
  mark: name.optional(),
  funding: name.optional(),
  expiry: moment((text) => parseStamp(text)?.time ?? NaN).optional(),
  settlement: z.number().positive().optional(),
  delisted: moment(parseEnd).optional(),
  priceFrom: name.optional(),
  fundingFrom: name.optional(),
  /** Of the venue's contract, for the reader: quantities here are base or quote units, never contracts. */
  multiplier: z.number().positive().optional(),
  source: z.string().optional(),
  licence: z.string().optional(),
  notes: z.string().optional(),
  sha256: hash.optional(),
  markSha256: hash.optional(),
  fundingSha256: hash.optional(),
  /** How it was fetched or imported: what was asked for, of whom, and what came. For the reader, and for fetching more of it. */
  retrieval: z.record(z.string(), z.json()).optional(),
});

/** catalog.json as data.md describes it; unknown keys are refused. */
export const catalogSchema = z.strictObject({
  name,
  kind: z.enum(['real', 'synthetic']),
  notes: z.string().optional(),
  series: z.array(seriesSchema),
});
export type SeriesEntry = z.output<typeof seriesSchema>;
/** A series as catalog.json writes it. */
export type CatalogEntry = z.input<typeof seriesSchema>;

/** What the schema alone cannot say: keys that need each other, references, doubles. */
export function entryFaults(entry: SeriesEntry, before: readonly SeriesEntry[], all: readonly SeriesEntry[]): readonly Fault[] {
  const faults: Fault[] = [];
  const { kind, file, priceFrom, fundingFrom } = entry;
  const need = (key: keyof SeriesEntry, why: string) => {
    if (entry[key] === undefined) faults.push({ message: `"${key}" is missing: ${why}` });
  };
  const tradable = kind === 'spot' || kind === 'perpetual' || kind === 'future';
  if (tradable) need('quote', 'prices are in some currency');
  if (tradable) need('venue', 'it tells series of one symbol apart');
  if (kind === 'future') need('expiry', 'a dated future ends');
  if (kind === 'spot' || priceFrom === undefined) need('file', 'its data are read from it');
  if (file !== undefined && kind !== 'funding') {
    need('interval', 'the length of its bars');
    need('stamp', 'whether a stamp is the open or the close of its bar');
  }
  for (const [key, symbol] of Object.entries({ priceFrom, fundingFrom })) {
    if (symbol === undefined || (key === 'priceFrom' && symbol === 'spot')) continue;
    const others = all.filter((other) => other !== entry && other.symbol !== entry.symbol).map((other) => other.symbol);
    if (!others.includes(symbol))
      faults.push({ message: `${key} names "${symbol}", which is no other series here`, hint: didYouMean(symbol, others) });
  }
  const twin = before.find((other) => IDENTITY.every((key) => other[key] === entry[key]));
  if (twin)
    faults.push({
      message: 'a series of the same symbol, kind, contract, venue, quote and interval stands above',
      hint: 'delete one, or give it another venue',
    });
  return faults;
}

/** What tells the series of one catalog apart. */
export const IDENTITY = ['symbol', 'kind', 'contract', 'venue', 'quote', 'interval'] as const;
