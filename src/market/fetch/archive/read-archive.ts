import { DataError } from '../../../core/errors.ts';
import { sha256 } from '../../../core/hash.ts';
import type { Http } from '../http.ts';
import { refusal } from '../http.ts';
import type { Span } from '../month.ts';
import type { Part, PartStore } from '../parts.ts';
import { unzipCsv } from '../unzip.ts';
import { type ArchiveForm, archiveLines } from './lines.ts';

/**
 * An archive that differs from its checksum, and a checksum that is none, are fetched this often: one of the two may have been replaced
 * in between, or cut short on the way.
 */
const CHECKSUM_ATTEMPTS = 5;

/** One zip file of an archive and what its lines are. */
export interface ArchiveFile {
  /** Without the `.zip`; the name of its part. */
  readonly name: string;
  readonly url: string;
  readonly form: ArchiveForm;
  readonly span: Span;
  /** Lines outside of this time are of another coin. */
  readonly life: { readonly from: number; readonly to: number };
}

/** What became of a file. */
export type ArchiveNews = 'absent' | 'kept' | 'fetched' | 'replaced';

/**
 * Brings one file of an archive into the store: not again while the checksum beside it is that of what is there, and again when it was
 * published anew. A file that is no longer published stays.
 *
 * @throws {DataError} `archive-checksum`, `archive-unsigned`, `archive-broken`, `archive-path`, `archive-too-large`, `archive-lines`, and as
 *   `Http.request`
 */
export async function bringArchive(file: ArchiveFile, http: Http, store: PartStore, key: string): Promise<ArchiveNews> {
  const known = await store.read(key, file.name);
  if (known !== undefined) {
    const published = await checksumOf(file, http);
    if (published === undefined || published === known.sha256) return 'kept';
  }
  const part = await download(file, http);
  if (part === undefined) {
    if (known !== undefined) return 'kept';
    await store.remove(key, file.name); // What is there is damaged, and cannot be had again.
    return 'absent';
  }
  await store.write(key, part);
  return known === undefined ? 'fetched' : 'replaced';
}

async function download(file: ArchiveFile, http: Http): Promise<Part | undefined> {
  for (let attempt = 1; ; attempt++) {
    const answer = await http.request(file.url);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusal(file.url, answer);
    const published = await checksumOf(file, http);
    if (published === undefined) throw unsigned(file.url);
    const actual = sha256(answer.body);
    if (actual === published) return partOf(file, answer.body, actual);
    if (attempt >= CHECKSUM_ATTEMPTS) throw mismatch(file.url, published, actual, attempt);
  }
}

function partOf({ name, form, span, life }: ArchiveFile, bytes: Uint8Array, hash: string): Part {
  const file = `${name}.zip`;
  const lines = archiveLines(unzipCsv(bytes, file), form, span, file);
  const ofCoin = lines.filter((line) => {
    const time = Number.parseInt(line, 10);
    return time >= life.from && time < life.to;
  });
  return { name, from: span.from, to: span.to, sha256: hash, lines: ofCoin };
}

/** The published sha256; undefined when there is none. */
async function checksumOf({ url, name }: ArchiveFile, http: Http): Promise<string | undefined> {
  const address = `${url}.CHECKSUM`;
  for (let attempt = 1; ; attempt++) {
    const answer = await http.request(address);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusal(address, answer);
    // As of sha256sum: the hash, then two spaces (or ` *`) and the name.
    const match = /^([0-9a-f]{64})(?:\s+\*?(\S+))?\s*$/i.exec(Buffer.from(answer.body).toString('utf8').trim());
    if (match !== null && (match[2] === undefined || match[2] === `${name}.zip`)) return match[1]!.toLowerCase();
    if (attempt < CHECKSUM_ATTEMPTS) continue;
    throw new DataError('archive-checksum', `${address} is no checksum of ${name}.zip`, {
      hint: 'try again later; if it stays so, the source is broken, or --base-url names something else than an archive',
    });
  }
}

function unsigned(url: string): DataError {
  return new DataError('archive-unsigned', `${url} has no .CHECKSUM beside it`, {
    hint: 'a mirror must carry the checksums too; without them nothing tells whether a file is whole',
  });
}

function mismatch(url: string, published: string, actual: string, attempts: number): DataError {
  return new DataError(
    'archive-checksum',
    `${url} has sha256 ${actual}, its .CHECKSUM says ${published}, ${attempts} times in a row`,
    { hint: 'try again later; if it stays so, the archive is broken where it was published' },
  );
}
