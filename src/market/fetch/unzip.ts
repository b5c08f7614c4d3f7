import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { DataError } from '../../core/errors.ts';

/** What a file inside an archive may grow to. A month of 1m bars takes some 6 MB. */
export const LARGEST_FILE = 64 * 2 ** 20;

/** Compressed bytes inflated at a time: deflate makes at most 1,032 bytes of one. */
const PIECE = 16 * 2 ** 10;

/**
 * The one CSV file of a zip archive, held against a size limit while it is inflated. Nothing is written anywhere, whatever names the
 * archive gives its files; a name that is a path is refused all the same.
 *
 * @param name - how messages call the archive
 * @throws {DataError} `archive-broken`, `archive-path`, `archive-too-large`
 */
export function unzipCsv(bytes: Uint8Array, name: string, largest = LARGEST_FILE): string {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let files = 0;
  let whole = false;
  const begin = (file: UnzipFile): void => {
    checkName(file.name, name);
    if (++files > 1) throw broken(name, `it holds more than one file: ${file.name} too`);
    file.ondata = (error, piece, final) => {
      if (error) throw error;
      size += piece.length;
      if (size > largest) throw tooLarge(name, largest);
      pieces.push(piece);
      whole ||= final;
    };
    file.start();
  };
  const unzip = new Unzip(begin);
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += PIECE) unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  } catch (error) {
    throw error instanceof DataError ? error : broken(name, (error as Error).message, error);
  }
  if (files === 0) throw broken(name, 'there is no file in it');
  if (!whole || !hasEnd(bytes)) throw broken(name, 'it breaks off');
  return Buffer.concat(pieces).toString('utf8');
}

// The record that ends every zip, 22 bytes before its end where it has no comment (APPNOTE.TXT, 4.3.16).
function hasEnd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf('PK\u0005\u0006', undefined, 'latin1') >= 0;
}

function checkName(file: string, archive: string): void {
  if (!/[/\\]|^\.\.|\0|^[a-z]:/i.test(file)) return;
  throw new DataError('archive-path', `${archive} holds a file named "${file}", expected a plain name`, {
    hint: 'do not trust this source: archives of exchanges hold one file without a path',
  });
}

function tooLarge(archive: string, largest: number): DataError {
  return new DataError('archive-too-large', `${archive} unpacks to more than ${Math.round(largest / 2 ** 20)} MB`, {
    hint: 'do not trust this source: no archive of bars is that large',
  });
}

function broken(archive: string, why: string, cause?: unknown): DataError {
  return new DataError('archive-broken', `${archive} cannot be unpacked: ${why}`, {
    hint: 'fetch again later; if it stays so, the archive is broken where it was published',
    cause,
  });
}
