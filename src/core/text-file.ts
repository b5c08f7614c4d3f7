import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { DataError } from './errors.ts';

/** What is no text, by its first bytes. */
const FORMS: readonly (readonly [magic: string, what: string, hint: string])[] = [
  ['\u001f\u008b', 'gzip', 'unpack it, or name it .gz if it is a file of market data'],
  ['PAR1', 'Parquet', 'name it .parquet if it is a file of market data, or write it as text'],
  ['PK\u0003\u0004', 'a zip archive or a spreadsheet', 'unpack it, or export the sheet as CSV'],
];

/** Bytes that are looked at. */
const LOOK = 4096;

/** Why bytes are not text in UTF-8 or UTF-16 with its mark, as a fault of a file. */
interface NotText {
  readonly message: string;
  readonly hint: string;
  /** Where a byte stands that no text has. */
  readonly line?: number;
}

/** Says what bytes are that are no text; undefined for text. */
function notText(bytes: Uint8Array): NotText | undefined {
  const start = Buffer.from(bytes.subarray(0, LOOK)).toString('latin1');
  const form = FORMS.find(([magic]) => start.startsWith(magic));
  if (form) return { message: `it is ${form[1]}, expected text`, hint: form[2] };
  const zero = start.indexOf('\0');
  if (zero < 0 || encodingOf(start) !== 'utf-8') return undefined;
  const line = start.slice(0, zero).split('\n').length;
  return { message: 'it is no text (it holds zero bytes)', hint: 'save it as text in UTF-8', line };
}

/** As `notText`, for a file. */
export async function fileNotText(path: string): Promise<NotText | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK), 0, LOOK, 0);
    return notText(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * The text of a file: UTF-8, or UTF-16 with its mark, as some programs of Windows write it.
 *
 * @throws {DataError} `file-not-text`; errors of the system name the file
 */
export function readTextFile(path: string): string {
  const bytes = readBytes(path);
  const fault = notText(bytes);
  if (fault) {
    const { message, hint, line } = fault;
    throw new DataError('file-not-text', `${path}: ${message}`, { hint, at: { file: path, ...(line && { line }) } });
  }
  return new TextDecoder(encodingOf(bytes.subarray(0, 2).toString('latin1'))).decode(bytes);
}

function encodingOf(start: string): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (start.startsWith('\u00ff\u00fe')) return 'utf-16le';
  return start.startsWith('\u00fe\u00ff') ? 'utf-16be' : 'utf-8';
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    // A folder opens like a file, and fails at the reading, which does not know its name.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}
