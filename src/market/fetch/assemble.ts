import { gzipSync } from 'node:zlib';
import { DataError } from '../../core/errors.ts';
import { DAY, formatDate, formatTime, MINUTE } from '../../core/time.ts';
import type { Part, PartStore } from './parts.ts';
import type { Stream } from './series-plan.ts';

/** A series' file, put together from its parts. */
export interface Assembled {
  /** Relative to the catalog. */
  readonly file: string;
  readonly content: Uint8Array;
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
  const text = new RowText(['timestamp', ...stream.columns].join());
  const closing = stream.role === 'funding' || stream.role === 'open-interest';
  // A settlement at the very end of a period belongs to it.
  const end = stream.role === 'funding' ? to + 1 : to;
  const flush = (group: readonly Part[]): void => {
    const inPeriod = rowsOf(group).filter(([time]) => time >= from && time < end);
    const rows = stream.role === 'open-interest' ? lastOfEach(inPeriod, stream.step!) : inPeriod;
    for (const [time, cells] of rows) if (time >= from) text.add(time, cells);
  };
  // Years of 1m bars are millions of rows: only parts that share moments are held at once.
  let group: Part[] = [];
  let reach = -Infinity;
  for (const name of await namesInOrder(storeKey, store)) {
    const part = await readPart(storeKey, name, store);
    if (part.from > to || part.to < from) continue;
    if (closing ? part.from > reach : part.from >= reach) {
      flush(group);
      group = [];
    }
    group.push(part);
    reach = Math.max(reach, part.to);
  }
  flush(group);
  if (text.rows === 0) return undefined;
  const compressed = stream.step !== null && stream.step < COMPRESSED_BELOW;
  const content = text.finish();
  return {
    file: `${stream.key}${compressed ? '.csv.gz' : '.csv'}`,
    content: compressed ? gzipSync(content) : content,
    ...{ rows: text.rows, first: text.first, last: text.last },
  };
}

type Row = readonly [time: number, cells: string];

/** Lines of a file, put into bytes by the piece. */
class RowText {
  readonly #pieces: Buffer[] = [];
  #lines: string[];
  rows = 0;
  first = NaN;
  last = NaN;

  constructor(header: string) {
    this.#lines = [header];
  }

  add(time: number, cells: string): void {
    if (this.rows++ === 0) this.first = time;
    this.last = time;
    this.#lines.push(`${formatTime(time)},${cells}`);
    if (this.#lines.length >= LINES_OF_PIECE) this.#turn();
  }

  finish(): Buffer {
    this.#turn();
    return Buffer.concat(this.#pieces);
  }

  #turn(): void {
    this.#pieces.push(Buffer.from(this.#lines.map((line) => `${line}\n`).join('')));
    this.#lines = [];
  }
}

const LINES_OF_PIECE = 10_000;

/** The rows of parts that may share moments, ascending, each moment once. */
function rowsOf(parts: readonly Part[]): readonly Row[] {
  const rows = parts.flatMap(({ lines }) => lines.map(rowOf));
  if (parts.length < 2) return rows;
  // A record at midnight may stand in the files of two days; the later one is the corrected one.
  return [...new Map(rows)].toSorted(([a], [b]) => a - b);
}

function rowOf(line: string): Row {
  const comma = line.indexOf(',');
  return [Number(line.slice(0, comma)), line.slice(comma + 1)];
}

/** The parts of a series by their dates; the days of a month whose own part is there are left out. */
async function namesInOrder(key: string, store: PartStore): Promise<readonly string[]> {
  const dateOf = (name: string): string => /\d{4}-\d{2}(-\d{2})?$/.exec(name)?.[0] ?? '';
  const names = (await store.names(key)).filter((name) => dateOf(name) !== '');
  const isCovered = (name: string): boolean => dateOf(name).length > 7 && names.includes(name.slice(0, -3));
  return names
    .filter((name) => !isCovered(name))
    .toSorted((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0));
}

async function readPart(key: string, name: string, store: PartStore): Promise<Part> {
  const part = await store.read(key, name);
  if (part !== undefined) return part;
  throw new DataError('part-damaged', `what was fetched of ${key}, ${name}, is damaged on disk`, {
    hint: 'run the same command again: what is damaged is fetched anew',
  });
}

/**
 * The last record within each interval, at the interval's open: open interest stamped so is known when the interval ends. A record at
 * the very end of an interval is its last.
 */
function lastOfEach(rows: readonly Row[], step: number): readonly Row[] {
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
