import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fileNameOf } from '../core/file-name.ts';
import { COMPARISON_FILE, replaceDirectory } from './directory.ts';
import type { RunResult } from './run-result.ts';
import { corrupt, readSealed, sealed } from './sealed.ts';
import { readRun, writeRunFiles } from './store.ts';

const COMPARISON_SCHEMA_VERSION = 1;

/** What a comparison is made of, so that it can be judged and rendered again. */
export interface StoredComparison {
  readonly name: string;
  readonly results: readonly RunResult[];
  readonly benchmark: string;
  readonly seed: number;
}

const contentSchema = z.object({
  name: z.string(),
  benchmark: z.string(),
  seed: z.number(),
  runs: z.array(z.object({ id: z.string(), directory: z.string().regex(/^[^/\\]+$/) })).min(1),
});

/**
 * Writes all runs of a comparison, each in its own directory under `directory`, with comparison.json beside them. All of it or
 * nothing; an earlier comparison in `directory` is replaced.
 *
 * @throws {ConfigError} `output-not-ours` when `directory` holds anything but an earlier run or comparison
 */
export async function writeComparison(directory: string, { name, results, benchmark, seed }: StoredComparison): Promise<void> {
  const names = directoryNames(results.map(({ id }) => id));
  const runs = results.map(({ id }, i) => ({ id, directory: names[i]! }));
  await replaceDirectory(directory, async (temporary) => {
    await mkdir(temporary, { recursive: true });
    for (const [i, result] of results.entries()) await writeRunFiles(join(temporary, names[i]!), result);
    await writeFile(
      join(temporary, COMPARISON_FILE),
      sealed('comparison', COMPARISON_SCHEMA_VERSION, { name, benchmark, seed, runs }),
    );
  });
}

/**
 * Reads a comparison back from its directory.
 *
 * @throws {DataError} `run-directory-missing`, `run-directory-corrupt`, `run-schema-unknown`
 */
export async function readComparison(directory: string): Promise<StoredComparison> {
  const content = contentSchema.safeParse(await readSealed(directory, COMPARISON_FILE, 'comparison', COMPARISON_SCHEMA_VERSION));
  if (!content.success) throw corrupt(join(directory, COMPARISON_FILE), 'is not the description of a comparison', content.error);
  const { runs, ...rest } = content.data;
  const results: RunResult[] = [];
  for (const run of runs) results.push(await readRun(join(directory, run.directory)));
  return { ...rest, results };
}

/**
 * A directory name for each id, distinct also where letter case does not count: `coin 2x` → `coin-2x`; `./mine.ts` → `mine.ts`.
 */
export function directoryNames(ids: readonly string[]): string[] {
  const taken = new Set<string>([COMPARISON_FILE]);
  return ids.map((id) => {
    const plain = fileNameOf(id.replace(/[^\p{L}\p{N}._#-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '')) || 'run';
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
