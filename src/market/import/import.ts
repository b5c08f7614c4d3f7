import { DataError } from '../../core/errors.ts';
import { formatInterval, formatTime } from '../../core/time.ts';
import { barsOf, inferStep } from '../bars.ts';
import { type CatalogWriter, identityOf, withCatalog } from '../catalog-write.ts';
import type { CatalogEntry } from '../load/catalog-schema.ts';
import { readAll } from '../load/read-all.ts';
import { type Copied, type CopiedSeries, inTheWay } from '../write/copy.ts';
import { encodeRows, type Format } from '../write/encode.ts';
import { FilePlaces } from '../write/place.ts';
import type { Guess } from './guess.ts';
import { joinParts, type Part } from './join.ts';
import type { Identity } from './names.ts';
import { type ImportedFile, readGuessed } from './read.ts';
import type { DateOrder } from './stamps.ts';

/** A file of which everything is known that must be. */
export interface ReadyFile {
  readonly guess: Guess;
  readonly identity: Required<Pick<Identity, 'symbol' | 'kind' | 'base' | 'quote' | 'venue'>>;
  readonly dateOrder: DateOrder;
}

/** What holds for all files of an import. */
export interface ImportOptions {
  readonly timezone: string;
  /** ms; null: told by the distances of the stamps. */
  readonly step: number | null;
  /** null: as guessed. */
  readonly stamp: 'open' | 'close' | null;
  readonly contract: 'linear' | 'inverse';
  /** UTC ms; of a future. */
  readonly expiry: number | null;
  readonly source: string | null;
  readonly licence: string | null;
  readonly format: Format;
  /** Called before each file and awaited: to draw progress, or to stop the work by throwing. */
  readonly onFile?: (file: string, done: number, total: number) => void | Promise<void>;
}

/** Files that make up one series. */
interface Group {
  readonly files: readonly ReadyFile[];
  readonly step: number | null;
  readonly joined: Part;
  readonly sources: readonly { readonly file: string; readonly sha256: string }[];
  readonly stamp: 'open' | 'close';
}

/**
 * Reads files that were guessed, checks all of them, and adds them to a catalog as series. Files of the same symbol, kind, venue, quote
 * and interval become one series. Funding and marks of a perpetual that the catalog has are attached to it.
 *
 * @param into - the catalog's directory; begun if it is none
 * @throws {DataError} all faults of all files, before anything is written; `import-interval-unknown`, `import-overlap`,
 *   `series-in-the-way`, `mark-without-perpetual`; and as `withCatalog`
 */
export async function importFiles(files: readonly ReadyFile[], into: string, options: ImportOptions): Promise<Copied> {
  const read: Promise<ImportedFile>[] = [];
  for (const [done, { guess, dateOrder }] of files.entries()) {
    await options.onFile?.(guess.file, done, files.length);
    const reading = readGuessed(guess, { dateOrder, timezone: options.timezone });
    read.push(reading);
    // One at a time, and no fault hides the others.
    await reading.catch(() => undefined);
  }
  const groups = groupsOf(files, await readAll(read), options);
  return withCatalog(into, { name: 'Imported data', kind: 'real' }, async (writer) => {
    const places = new FilePlaces(
      writer.series.flatMap(({ file, mark, funding }) => [file, mark, funding]).filter((each) => each !== undefined),
    );
    const planned: Planned[] = [];
    // Perpetuals first: marks and funding of the same import are attached to them.
    for (const group of groups.toSorted((a, b) => Number(isAttachment(a)) - Number(isAttachment(b)))) {
      planned.push(planOf(group, [...writer.series, ...planned.map(({ entry }) => entry)], writer.directory, options));
    }
    refuseDoubles(
      planned.filter(({ attach }) => attach === null).map(({ entry }) => entry),
      writer,
    );
    const series: CopiedSeries[] = [];
    const entries: CatalogEntry[] = [];
    for (const { group, entry, attach } of planned) {
      const { identity, guess } = group.files[0]!;
      const file = places.take({ ...identity, step: group.step }, identity.kind, options.format);
      const sha256 = await writer.writeFile(file, encodeRows(group.joined, guess.layout, options.format));
      entries.push(attach ? { ...entry, [attach]: file, [`${attach}Sha256`]: sha256 } : { ...entry, file, sha256 });
      series.push(summaryOf(group, file));
    }
    await writer.put(merged(entries));
    return { series, empty: [] };
  });
}

function groupsOf(files: readonly ReadyFile[], read: readonly ImportedFile[], options: ImportOptions): Group[] {
  const steps = files.map(({ guess }, i) => {
    if (guess.layout.name === 'funding') return null;
    return options.step ?? inferStep(read[i]!.raw.time, null);
  });
  const keyOf = ({ identity }: ReadyFile) => JSON.stringify(identity);
  const groups = new Map<string, number[]>();
  files.forEach((file, i) => {
    // A file of one row has no distances: it belongs to the others of its series.
    const step = steps[i] ?? steps[files.findIndex((other, k) => keyOf(other) === keyOf(file) && steps[k] !== undefined)];
    if (step === undefined) throw intervalUnknown(file.guess);
    const key = `${keyOf(file)} ${step}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
    steps[i] = step;
  });
  return [...groups.values()].map((members) => {
    const own = members.map((i) => files[i]!);
    const { guess, identity } = own[0]!;
    const step = steps[members[0]!]!;
    const stamp = options.stamp ?? guess.stamp;
    for (const i of members) if (guess.layout.name === 'bars') barsOf(files[i]!.guess.file, read[i]!.raw, step, stamp);
    const parts = members.map((i) => ({ ...read[i]!.raw, file: files[i]!.guess.file }));
    const sources = members.map((i) => ({ file: files[i]!.guess.file, sha256: read[i]!.sha256 }));
    return {
      files: own,
      step: identity.kind === 'funding' ? null : step,
      joined: joinParts(parts, guess.layout),
      sources,
      stamp,
    };
  });
}

/** What a group does to the catalog: a new entry, or one that is there with a file attached. */
interface Planned {
  readonly group: Group;
  readonly entry: CatalogEntry;
  readonly attach: 'mark' | 'funding' | null;
}

function isAttachment({ files }: Group): boolean {
  return files[0]!.identity.kind === 'mark' || files[0]!.identity.kind === 'funding';
}

function planOf(group: Group, known: readonly CatalogEntry[], directory: string, options: ImportOptions): Planned {
  const { symbol, kind, base, quote, venue } = group.files[0]!.identity;
  if (kind === 'mark' || kind === 'funding') {
    const perpetual = known.find((each) => each.kind === 'perpetual' && each.symbol === symbol && each.venue === venue);
    if (perpetual && perpetual[kind] !== undefined) throw inTheWay(directory, [{ ...perpetual, symbol: `${kind} of ${symbol}` }]);
    if (perpetual) return { group, entry: perpetual, attach: kind };
  }
  if (kind === 'mark') {
    const message = `there is no perpetual ${symbol} of venue ${venue} in ${directory} that the marks could belong to`;
    throw new DataError('mark-without-perpetual', message, { hint: 'import the perpetual first; --symbol and --venue name it' });
  }
  const derivative = kind === 'perpetual' || kind === 'future';
  const { time } = group.joined;
  const given = {
    ...{ symbol, kind },
    contract: derivative ? options.contract : null,
    ...{ base, quote: quote === '' ? null : quote, venue },
    interval: group.step === null ? null : formatInterval(group.step),
    stamp: group.step === null ? null : group.stamp,
    expiry: kind === 'future' && options.expiry !== null ? formatTime(options.expiry) : null,
    source:
      options.source ??
      group.sources
        .map(({ file }) => file)
        .join(', ')
        .slice(0, 200),
    licence: options.licence,
    retrieval: {
      by: 'import',
      files: group.sources.map((source) => ({ ...source })),
      timezone: options.timezone,
      ...{ from: formatTime(time[0]!), to: formatTime(time.at(-1)!), rows: time.length },
    },
  };
  const entry = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as unknown as CatalogEntry;
  return { group, entry, attach: null };
}

function refuseDoubles(entries: readonly CatalogEntry[], writer: CatalogWriter): void {
  const there = new Set(writer.series.map(identityOf));
  const doubles = entries.filter((entry) => there.has(identityOf(entry)));
  if (doubles.length > 0) throw inTheWay(writer.directory, doubles);
}

/** Marks and funding of one perpetual in one import make one entry. */
function merged(entries: readonly CatalogEntry[]): CatalogEntry[] {
  const byIdentity = new Map<string, CatalogEntry>();
  for (const entry of entries) byIdentity.set(identityOf(entry), { ...byIdentity.get(identityOf(entry)), ...entry });
  return [...byIdentity.values()];
}

function summaryOf({ files, step, joined }: Group, file: string): CopiedSeries {
  const { symbol, kind, venue } = files[0]!.identity;
  const { time } = joined;
  return {
    ...{ symbol, kind, venue, interval: step === null ? null : formatInterval(step), file },
    ...{ rows: time.length, from: time[0]!, to: time.at(-1)!, incomplete: 0 },
  };
}

function intervalUnknown({ file }: Guess): DataError {
  return new DataError('import-interval-unknown', `${file}: the distances of its stamps are not those of regular bars`, {
    hint: 'give --interval; bars have one length that divides a day, on a grid in UTC',
    at: { file },
  });
}
