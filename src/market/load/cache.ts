import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
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

/** @throws whatever `stat` throws */
export async function identify(path: string): Promise<FileIdentity> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, modified: mtimeMs };
}

/** The cached columns of a file; undefined when there are none, or they are stale or damaged. */
export async function readCache(directory: string, identity: FileIdentity, layout: Layout): Promise<SeriesFile | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(cachePath(directory, identity, layout));
  } catch {
    return undefined;
  }
  const header = readHeader(bytes);
  if (!header || !fits(header, identity, layout)) return undefined;
  const names = columnNames(layout);
  const body = bytes.subarray(bytes.indexOf(0x0a) + 1);
  if (body.length !== (names.length + 2) * header.rows * 8 || sha256(body) !== header.checksum) return undefined;
  // Copied once: a Buffer need not start at a multiple of 8 bytes.
  const values = new Float64Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.length));
  const column = (c: number) => values.subarray(c * header.rows, (c + 1) * header.rows);
  return {
    time: column(0),
    lines: column(1),
    columns: Object.fromEntries(names.map((name, c) => [name, column(c + 2)])),
    form: header.form,
    sha256: header.sha256,
  };
}

/** Keeps a file's columns; a cache that cannot be written (a full disk, no permission) is done without. */
export async function writeCache(directory: string, identity: FileIdentity, layout: Layout, file: SeriesFile): Promise<void> {
  const rows = file.time.length;
  const names = columnNames(layout);
  const body = new Float64Array((names.length + 2) * rows);
  [file.time, file.lines, ...names.map((name) => file.columns[name]!)].forEach((column, c) => body.set(column, c * rows));
  const bytes = new Uint8Array(body.buffer);
  const header: CacheHeader = {
    ...{ ...identity, version: READER_VERSION, layout: layout.name, rows },
    ...{ form: file.form, sha256: file.sha256, checksum: sha256(bytes) },
  };
  try {
    await writeFileAtomically(
      cachePath(directory, identity, layout),
      Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]),
    );
  } catch {
    return;
  }
}

function cachePath(directory: string, { path }: FileIdentity, { name }: Layout): string {
  return join(directory, `${sha256(`${name}:${path}`).slice(0, 32)}.columns`);
}

function readHeader(bytes: Buffer): CacheHeader | undefined {
  try {
    return JSON.parse(bytes.toString('utf8', 0, Math.max(0, bytes.indexOf(0x0a)))) as CacheHeader;
  } catch {
    return undefined;
  }
}

function fits(header: CacheHeader, { path, size, modified }: FileIdentity, layout: Layout): boolean {
  const same = header.path === path && header.size === size && header.modified === modified;
  return same && header.version === READER_VERSION && header.layout === layout.name;
}
