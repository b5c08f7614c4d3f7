import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { sha256 } from '../../core/hash.ts';

/** What was fetched of one series for a month or a day: lines whose first cell is the moment in UTC ms, as they came. */
export interface Part {
  /** Of the file in the work folder; the archive's or the month's. */
  readonly name: string;
  /** The span it is about, UTC ms; `to` is exclusive, and what came of it reaches to there. */
  readonly from: number;
  readonly to: number;
  /** Of the archive as it was published; null where there is none. */
  readonly sha256: string | null;
  readonly lines: readonly string[];
}

/** First line of a part's file; its lines follow. */
interface PartHead extends Omit<Part, 'lines' | 'name'> {
  readonly version: number;
  /** sha256 of what the part says and of its lines, as they stand. */
  readonly content: string;
}

/** Raised when the same archive would give other lines. */
const PART_VERSION = 1;
const ENDING = '.part';

/** The hidden folder of a catalog that keeps what was fetched, so that it is fetched once. */
export const WORK_FOLDER = '.kedge-fetch';

/** The parts of all series of one catalog, each a file that is whole or not there. */
export class PartStore {
  readonly #root: string;
  readonly #write: typeof writeFileAtomically;

  /** @param write - other than atomically, for tests of full disks */
  constructor(directory: string, write = writeFileAtomically) {
    this.#root = join(directory, WORK_FOLDER);
    this.#write = write;
  }

  /** The names of the parts of a series, sorted. */
  async names(key: string): Promise<readonly string[]> {
    try {
      const files = await readdir(join(this.#root, key));
      return files
        .filter((file) => file.endsWith(ENDING))
        .map((file) => file.slice(0, -ENDING.length))
        .toSorted();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** A part; undefined when it is not there, damaged, or of another version of kedge. */
  async read(key: string, name: string): Promise<Part | undefined> {
    let text: string;
    try {
      text = await readFile(this.#path(key, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const end = text.indexOf('\n');
    const head = parseHead(text.slice(0, Math.max(end, 0)));
    const body = text.slice(end + 1);
    if (head?.version !== PART_VERSION) return undefined;
    const part = { name, from: head.from, to: head.to, sha256: head.sha256 };
    return sealOf(part, body) === head.content ? { ...part, lines: body === '' ? [] : body.split('\n') } : undefined;
  }

  async write(key: string, { lines, ...part }: Part): Promise<void> {
    const body = lines.join('\n');
    const { name, ...known } = part;
    const head: PartHead = { version: PART_VERSION, ...known, content: sealOf(part, body) };
    await this.#write(this.#path(key, name), `${JSON.stringify(head)}\n${body}`);
  }

  async remove(key: string, name: string): Promise<void> {
    await rm(this.#path(key, name), { force: true });
  }

  #path(key: string, name: string): string {
    return join(this.#root, key, `${name}${ENDING}`);
  }
}

function sealOf({ name, from, to, sha256: archive }: Omit<Part, 'lines'>, body: string): string {
  return sha256(JSON.stringify([PART_VERSION, name, from, to, archive, body]));
}

function parseHead(line: string): PartHead | undefined {
  try {
    return JSON.parse(line) as PartHead;
  } catch {
    return undefined;
  }
}
