import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { parseExactly, stringifyExactly } from './exact-json.ts';

/** What a file of the store says of itself. */
interface Envelope {
  readonly kedge: string;
  readonly schemaVersion: number;
  readonly sha256: string;
  readonly content: unknown;
}

/** JSON text of `content` with its kind, schema version and hash, so that a reader knows it is whole and as written. */
export function sealed(kind: string, schemaVersion: number, content: unknown): string {
  const envelope: Envelope = { kedge: kind, schemaVersion, sha256: sha256(stringifyExactly(content)), content };
  return `${stringifyExactly(envelope, 2)}\n`;
}

/**
 * The content of a file that `sealed` made.
 *
 * @throws {DataError} `run-directory-missing` (no such file), `run-directory-corrupt` (not JSON, another kind, changed since it was
 *   written), `run-schema-unknown` (written by a version of kedge with another schema)
 */
export async function readSealed(directory: string, name: string, kind: string, schemaVersion: number): Promise<unknown> {
  const file = join(directory, name);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DataError('run-directory-missing', `${directory} holds no ${kind}: ${name} is not there or cannot be read`, {
      at: { file },
      hint: 'name a directory that `kedge compare` or `kedge run` wrote (option --out)',
      cause,
    });
  });
  const envelope = parseEnvelope(text, file);
  if (envelope.kedge !== kind) throw corrupt(file, `is not the description of a ${kind}`);
  if (envelope.schemaVersion !== schemaVersion) {
    throw new DataError(
      'run-schema-unknown',
      `${file} has schema version ${envelope.schemaVersion}; this kedge reads version ${schemaVersion}`,
      { at: { file }, hint: 'read it with the version of kedge that wrote it, or run the experiment again' },
    );
  }
  if (envelope.sha256 !== sha256(stringifyExactly(envelope.content))) throw corrupt(file, 'was changed since it was written');
  return envelope.content;
}

function parseEnvelope(text: string, file: string): Partial<Envelope> {
  try {
    const value = parseExactly(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw corrupt(file, 'is not whole', cause);
  }
}

/** A file of the store that is not as it was written. */
export function corrupt(file: string, what: string, cause?: unknown): DataError {
  return new DataError('run-directory-corrupt', `${file} ${what}`, {
    at: { file },
    hint: 'run the experiment again with --out, or copy the whole directory anew',
    cause,
  });
}
