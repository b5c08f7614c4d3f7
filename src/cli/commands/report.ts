import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareRuns } from '../../analysis/compare.ts';
import { readComparison, type StoredComparison } from '../../result/comparison-store.ts';
import { COMPARISON_FILE } from '../../result/directory.ts';
import { readRun } from '../../result/store.ts';
import { defineCommand } from '../command.ts';
import { DOCUMENT_OPTIONS, documentParts, present, writeReport } from '../deliver.ts';
import { OUTPUT_OPTIONS, prepareReport } from '../output.ts';

/** `kedge report`: judges and renders again what earlier runs left behind. */
export const report = defineCommand({
  usage: 'report <runs..>',
  summary: 'Compare and render again from run directories, one or several',
  positionals: {
    runs: { type: 'string', array: true, demandOption: true, describe: 'directories that compare or run have written' },
  },
  options: {
    benchmark: { type: 'string', describe: 'id of the run the others are measured against; default: as it was compared' },
    report: OUTPUT_OPTIONS.report,
    'no-report': OUTPUT_OPTIONS['no-report'],
    ...DOCUMENT_OPTIONS,
  },
  examples: [
    ['kedge report reports/does-the-anchor-hold', 'a comparison again'],
    ['kedge report reports/hold reports/mine', 'two runs in one report'],
  ],
  async run(args, terminal) {
    const parts = documentParts(args);
    const { benchmark, ...stored } = merged(await Promise.all(args.runs.map((directory) => readStored(resolve(directory)))));
    const file = await prepareReport(stored.name, args);
    const comparison = compareRuns({ ...stored, benchmark: args.benchmark ?? benchmark });
    if (file !== null) await writeReport(comparison, file, terminal, 'no report was written, the runs are as they were');
    present(comparison, parts, args.json, file, terminal);
    return 'done';
  },
});

async function readStored(directory: string): Promise<StoredComparison> {
  if (existsSync(join(directory, COMPARISON_FILE))) return readComparison(directory);
  const result = await readRun(directory);
  return { name: result.id, results: [result], benchmark: result.id, seed: result.manifest.seed };
}

// Several directories are one comparison under the first one's benchmark and seed.
function merged(stored: readonly StoredComparison[]): StoredComparison {
  const [first] = stored as [StoredComparison, ...StoredComparison[]];
  return { ...first, name: stored.map(({ name }) => name).join(', '), results: stored.flatMap(({ results }) => results) };
}
