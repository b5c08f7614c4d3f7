import { createHash } from 'node:crypto';
import { type FileHandle, open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceAtomically } from '../../core/atomic-file.ts';
import { sha256 } from '../../core/hash.ts';
import { columnNames, type Layout } from './layout.ts';
import type { SeriesFile } from './series-file.ts';
import type { StampForm } from './timestamp.ts';

/** Raised whenever readers or checks would give another result for the same file. */
const READER_VERSION = 1;

/** What a file looked like when it was read; a cache of anything else is stale. */
export interface FileIdentity {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/** The first line of a cache file; the columns follow as float64: times, lines, then the layout's. */
interface CacheHeader extends FileIdentity {
  readonly version: number;
  readonly layout: string;
  readonly rows: number;
  readonly form: StampForm;
  /** Of the source file. */
  readonly sha256: string;
  /** sha256 of the columns' bytes. */
  readonly checksum: string;
}

/** A header that was read, and its length on disk. */
interface KnownHeader extends CacheHeader {
  readonly headBytes: number;
}

/** The header, with the longest path there is, fits into this. */
const HEAD_BYTES = 16 * 1024;
/** Node reads at most 2 GiB at once. */
const PIECE = 2 ** 30;

/** @throws whatever `stat` throws */
export async function identify(path: string): Promise<FileIdentity> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, modified: mtimeMs };
}

/** The cached columns of a file; undefined when there are none, or they are stale or damaged. */
export async function readCache(directory: string, identity: FileIdentity, layout: Layout): Promise<SeriesFile | undefined> {
  const file = await open(cachePath(directory, identity, layout)).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const header = await readHeader(file);
    if (!header || !fits(header, identity, layout)) return undefined;
    const values = await readBody(file, header, (columnNames(layout).length + 2) * header.rows);
    return values && columnsOf(values, header, layout);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** The columns, read to where they stay; undefined when there are more or less of them, or others than were written. */
async function readBody(
  file: FileHandle,
  { checksum, headBytes }: KnownHeader,
  count: number,
): Promise<Float64Array | undefined> {
  if ((await file.stat()).size !== headBytes + count * 8) return undefined;
  const values = new Float64Array(count);
  const bytes = new Uint8Array(values.buffer);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, Math.min(PIECE, bytes.length - done), headBytes + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return sha256(bytes) === checksum ? values : undefined;
}

function columnsOf(values: Float64Array, header: CacheHeader, layout: Layout): SeriesFile {
  const column = (c: number) => values.subarray(c * header.rows, (c + 1) * header.rows);
  return {
    time: column(0),
    lines: column(1),
    columns: Object.fromEntries(columnNames(layout).map((name, c) => [name, column(c + 2)])),
    form: header.form,
    sha256: header.sha256,
  };
}

/** Keeps a file's columns; a cache that cannot be written (a full disk, no permission) is done without. */
export async function writeCache(directory: string, identity: FileIdentity, layout: Layout, file: SeriesFile): Promise<void> {
  const columns = [file.time, file.lines, ...columnNames(layout).map((name) => file.columns[name]!)];
  const pieces = columns.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  const header: CacheHeader = {
    ...{ ...identity, version: READER_VERSION, layout: layout.name, rows: file.time.length },
    ...{ form: file.form, sha256: file.sha256, checksum: hash.digest('hex') },
  };
  try {
    await replaceAtomically(cachePath(directory, identity, layout), (temporary) =>
      writeFile(temporary, [Buffer.from(`${JSON.stringify(header)}\n`), ...pieces]),
    );
  } catch {
    return;
  }
}

function cachePath(directory: string, { path }: FileIdentity, { name }: Layout): string {
  return join(directory, `${sha256(`${name}:${path}`).slice(0, 32)}.columns`);
}

async function readHeader(file: FileHandle): Promise<KnownHeader | undefined> {
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
  const end = head.subarray(0, bytesRead).indexOf(0x0a);
  if (end < 0) return undefined;
  return { ...(JSON.parse(head.toString('utf8', 0, end)) as CacheHeader), headBytes: end + 1 };
}

function fits(header: CacheHeader, { path, size, modified }: FileIdentity, layout: Layout): boolean {
  const same = header.path === path && header.size === size && header.modified === modified;
  return same && header.version === READER_VERSION && header.layout === layout.name;
}
