import { DAY, formatDate, formatTime, parseDate } from '../../core/time.ts';
import type { CatalogWriter } from '../catalog-write.ts';
import { identityOf } from '../catalog-write.ts';
import type { CatalogEntry } from '../load/catalog-schema.ts';
import { type Assembled, assemble, lifetimeOf } from './assemble.ts';
import type { PartStore } from './parts.ts';
import type { FetchRequest } from './request.ts';
import type { Role, SeriesPlan, Stream } from './series-plan.ts';

/** How the catalog marks what a fetch wrote, and may extend. */
export const FETCHED_BY = 'kedge data fetch';

/** One series as the catalog has it after a fetch. */
export interface FetchedSeries {
  readonly symbol: string;
  readonly kind: CatalogEntry['kind'];
  readonly files: readonly string[];
  /** Moments of the first and last row, UTC ms. */
  readonly first: number;
  readonly last: number;
  /** Of its first file. */
  readonly rows: number;
}

/** A stream whose months are there. */
export interface StreamState {
  readonly stream: Stream;
  /** The whole period that its file is to reach over, UTC ms; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  readonly found: boolean;
  /** UTC ms: up to here the source has everything it will ever have. */
  readonly settled: number;
}

/** What the catalog remembers of one file. */
interface Retrieved extends Readonly<Record<string, string | number>> {
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

/** The period of a request together with what an earlier fetch from the same source has. */
export function hullOf(
  before: CatalogEntry | undefined,
  { role, origin }: Stream,
  { from, to }: FetchRequest,
): { from: number; to: number } {
  const known = before?.retrieval?.[role] as Retrieved | undefined;
  if (known === undefined || known.source !== origin['source']) return { from, to };
  return { from: Math.min(from, parseDate(known.from)), to: Math.max(to, parseDate(known.to) + DAY) };
}

/** What became of a series. */
export interface PutTogether {
  readonly series: FetchedSeries | null;
  readonly remarks: readonly string[];
}

/** Writes the files of a series and its entry; a series whose prices are not to be had does not enter. */
export async function putTogether(
  { entry, absence }: SeriesPlan,
  states: readonly StreamState[],
  store: PartStore,
  writer: CatalogWriter,
  request: FetchRequest,
): Promise<PutTogether> {
  const remarks: string[] = [];
  const own = states[0];
  if (own === undefined) return absent(entry, absence);
  const before = writer.series.find((other) => identityOf(other) === identityOf(entry));
  const retrieval: Record<string, Retrieved | string> = { by: FETCHED_BY };
  let complete: CatalogEntry = { ...inherited(before), ...entry };
  let main: Assembled | undefined;
  const files: string[] = [];
  for (const state of states) {
    const { stream, from, to } = state;
    const assembled = state.found ? await assemble(stream, stream.key, store, from, to) : undefined;
    if (assembled === undefined) {
      if (state === own) return absent(entry, absence);
      remarks.push(`${entry.symbol}: there is no ${stream.role} of it`);
      continue;
    }
    const sha256 = await writer.writeFile(assembled.file, assembled.content);
    files.push(assembled.file);
    if (state === own) main = assembled;
    complete = { ...complete, ...fileKeys(stream.role, state === own, assembled.file, sha256) };
    retrieval[stream.role] = retrieved(state, assembled);
    remarks.push(...remarksOn(entry, state, assembled));
  }
  const lifetime = lifetimeOf(main!, own.stream.step ?? DAY, own.from, own.settled);
  if (entry.kind !== 'future' && entry.kind !== 'funding' && lifetime.delisted !== null) {
    complete = { ...complete, delisted: lifetime.delisted };
  }
  const { source, base } = own.stream.origin;
  complete = {
    ...complete,
    source: `${request.venue}, ${source} ${base ?? ''}`.trim(),
    retrieval: { ...before?.retrieval, ...retrieval },
  };
  await writer.put([inOrder(complete)], sorted);
  return { series: { symbol: entry.symbol, kind: entry.kind, files, ...numbers(main!) }, remarks };
}

function absent({ symbol }: CatalogEntry, absence: string | null): PutTogether {
  return { series: null, remarks: absence === null ? [] : [`${symbol}: ${absence}`] };
}

function numbers({ first, last, rows }: Assembled): Pick<FetchedSeries, 'first' | 'last' | 'rows'> {
  return { first, last, rows };
}

// Marks and funding that an earlier fetch brought stay with their perpetual.
function inherited(before: CatalogEntry | undefined): Partial<CatalogEntry> {
  const { mark, markSha256, funding, fundingSha256 } = before ?? {};
  return {
    ...(mark !== undefined && { mark, markSha256 }),
    ...(funding !== undefined && { funding, fundingSha256 }),
  };
}

function fileKeys(role: Role, own: boolean, file: string, sha256: string): Partial<CatalogEntry> {
  if (own) return { file, sha256 };
  return role === 'mark' ? { mark: file, markSha256: sha256 } : { funding: file, fundingSha256: sha256 };
}

function retrieved({ stream, from, to }: StreamState, { first, last, rows }: Assembled): Retrieved {
  const { source = '', ...origin } = stream.origin;
  return {
    ...{ source, ...origin },
    ...{ from: formatDate(from), to: formatDate(to - DAY) },
    ...{ first: formatTime(first), last: formatTime(last), rows },
  };
}

function remarksOn(entry: CatalogEntry, state: StreamState, assembled: Assembled): string[] {
  const { stream, from, to, settled } = state;
  if (entry.kind === 'future') return [];
  const step = stream.step ?? DAY;
  const { listed, delisted } = lifetimeOf(assembled, step, from, settled);
  const remarks: string[] = [];
  const what = `${entry.symbol} (${stream.role})`;
  if (listed !== null) remarks.push(`${what} begins on ${listed}: there is nothing before`);
  if (delisted !== null) remarks.push(`${what} ends on ${delisted}: taken as delisted`);
  else if (to - (assembled.last + step) > 2 * DAY) {
    remarks.push(`${what} ends on ${formatDate(assembled.last)}: there is nothing after yet`);
  }
  return remarks;
}

const KEYS: readonly (keyof CatalogEntry)[] = [
  ...([
    'symbol',
    'kind',
    'contract',
    'base',
    'quote',
    'venue',
    'interval',
    'file',
    'stamp',
    'mark',
    'funding',
    'expiry',
  ] as const),
  ...(['delisted', 'multiplier', 'source', 'licence', 'sha256', 'markSha256', 'fundingSha256', 'retrieval'] as const),
];

function inOrder(entry: CatalogEntry): CatalogEntry {
  return Object.fromEntries(
    KEYS.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  ) as unknown as CatalogEntry;
}

const KIND_ORDER: readonly CatalogEntry['kind'][] = ['spot', 'perpetual', 'future', 'funding', 'open-interest', 'fx'];

/** Fetched series behind all others, in an order of their own: in which order they came must not show. */
function sorted(series: CatalogEntry[]): CatalogEntry[] {
  const fetched = series.filter(({ retrieval }) => retrieval?.['by'] === FETCHED_BY);
  const rank = (entry: CatalogEntry): string => {
    const kind = String(KIND_ORDER.indexOf(entry.kind));
    return [entry.venue ?? '', kind, entry.base, entry.contract ?? '', entry.expiry ?? '', identityOf(entry)].join('\n');
  };
  return [
    ...series.filter((entry) => !fetched.includes(entry)),
    ...fetched.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0)),
  ];
}
