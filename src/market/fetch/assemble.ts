import { gzipSync } from 'node:zlib';
import { DataError } from '../../core/errors.ts';
import { DAY, formatDate, formatTime, MINUTE } from '../../core/time.ts';
import type { Part, PartStore } from './parts.ts';
import type { Stream } from './series-plan.ts';

/** A series' file, put together from its parts. */
export interface Assembled {
  /** Relative to the catalog. */
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly rows: number;
  /** Moment of the first and of the last row, UTC ms. */
  readonly first: number;
  readonly last: number;
}

/** Bars up to this long are kept compressed: a year of 1m bars has half a million lines. */
const COMPRESSED_BELOW = 60 * MINUTE;

/**
 * Puts the file of a stream together from what the store has of it. The same parts give the same bytes, in whatever order and over
 * however many attempts they came.
 *
 * @param from - UTC ms; rows before are left out
 * @param to - exclusive
 * @returns undefined when there is not one row
 */
export async function assemble(
  stream: Stream,
  storeKey: string,
  store: PartStore,
  from: number,
  to: number,
): Promise<Assembled | undefined> {
  const rows = new Map<number, string>();
  for (const part of await partsOf(storeKey, store, from, to)) {
    // A record at midnight may stand in the files of two days; the later one is the corrected one.
    for (const line of part.lines) rows.set(Number(line.slice(0, line.indexOf(','))), line.slice(line.indexOf(',') + 1));
  }
  const latest = stream.role === 'funding' ? to + 1 : to;
  const inPeriod = [...rows].filter(([time]) => time >= from && time < latest).toSorted(([a], [b]) => a - b);
  const records = stream.role === 'open-interest' ? lastOfEach(inPeriod, stream.step!) : inPeriod;
  const kept = records.filter(([time]) => time >= from);
  if (kept.length === 0) return undefined;
  const text = [['timestamp', ...stream.columns].join(), ...kept.map(([time, cells]) => `${formatTime(time)},${cells}`), ''].join(
    '\n',
  );
  const compressed = stream.step !== null && stream.step < COMPRESSED_BELOW;
  return {
    file: `${stream.key}${compressed ? '.csv.gz' : '.csv'}`,
    content: compressed ? gzipSync(text) : text,
    ...{ rows: kept.length, first: kept[0]![0], last: kept.at(-1)![0] },
  };
}

/** The parts that reach into a period, by name; the days of a month whose own part is there are left out. */
async function partsOf(key: string, store: PartStore, from: number, to: number): Promise<readonly Part[]> {
  const names = await store.names(key);
  const parts: Part[] = [];
  for (const name of names) {
    const month = name.slice(0, -3);
    if (/-\d{4}-\d{2}$/.test(month) && names.includes(month)) continue;
    const part = await store.read(key, name);
    if (part === undefined) {
      throw new DataError('part-damaged', `what was fetched of ${key}, ${name}, is damaged on disk`, {
        hint: 'run the same command again: what is damaged is fetched anew',
      });
    }
    // A settlement at its very end belongs to a span.
    if (part.from <= to && part.to >= from) parts.push(part);
  }
  return parts.toSorted((a, b) => a.from - b.from || (a.name < b.name ? -1 : 1));
}

/**
 * The last record within each interval, at the interval's open: open interest stamped so is known when the interval ends. A record at
 * the very end of an interval is its last.
 */
function lastOfEach(rows: readonly (readonly [number, string])[], step: number): readonly (readonly [number, string])[] {
  const last = new Map<number, string>();
  for (const [time, cells] of rows) last.set(Math.ceil(time / step) * step - step, cells);
  return [...last];
}

/** What a fetch tells of a coin's listing and delisting. */
export interface Lifetime {
  /** Day of the first bar, when it lies after what was asked for. */
  readonly listed: string | null;
  /** Last day, when the source is done with the time after it and has nothing. */
  readonly delisted: string | null;
}

/** Exchanges have stood still for hours, never for days. */
const LONGEST_OUTAGE = 2 * DAY;

/**
 * @param from - UTC ms, asked for
 * @param settled - UTC ms: up to here the source has everything it will ever have
 */
export function lifetimeOf({ first, last }: Assembled, step: number, from: number, settled: number): Lifetime {
  const end = last + step;
  return {
    listed: first > from + LONGEST_OUTAGE ? formatDate(first) : null,
    delisted: settled - end > LONGEST_OUTAGE ? formatDate(end - 1) : null,
  };
}
