import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareRuns } from '../../analysis/compare.ts';
import { readComparison, type StoredComparison } from '../../result/comparison-store.ts';
import { COMPARISON_FILE, RUN_FILE } from '../../result/directory.ts';
import { readRun } from '../../result/store.ts';
import { uniqueIds } from '../../research/entries.ts';
import { defineCommand } from '../command.ts';
import { DOCUMENT_OPTIONS, documentParts, present, writeReport } from '../deliver.ts';
import { OUTPUT_OPTIONS, prepareReport } from '../output.ts';
import type { Terminal } from '../terminal.ts';

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
    const directories = withoutFiles(args.runs, terminal);
    const found = await Promise.all(
      directories.map(async (directory) => ({ directory, ...(await readStored(resolve(directory))) })),
    );
    const { benchmark, ...stored } = merged(found, terminal);
    const file = await prepareReport(stored.name, args);
    const comparison = compareRuns({ ...stored, benchmark: args.benchmark ?? benchmark });
    if (file !== null) await writeReport(comparison, file, terminal, 'no report was written, the runs are as they were');
    present(comparison, parts, args.json, file, terminal);
    return 'done';
  },
});

// `reports/*` brings the reports along that stand beside the runs. Without any run among them the first file is refused as what it is.
function withoutFiles(paths: readonly string[], terminal: Terminal): readonly string[] {
  const files = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  if (files.length === 0 || !paths.some(holdsRun)) return paths;
  terminal.note(`left out, because a run is a directory: ${files.join(', ')}`);
  return paths.filter((path) => !files.includes(path));
}

function holdsRun(directory: string): boolean {
  return [RUN_FILE, COMPARISON_FILE].some((file) => existsSync(join(directory, file)));
}

async function readStored(directory: string): Promise<StoredComparison> {
  if (existsSync(join(directory, COMPARISON_FILE))) return readComparison(directory);
  const result = await readRun(directory);
  return { name: result.id, results: [result], benchmark: result.id, seed: result.manifest.seed };
}

// Several directories are one comparison under the first one's benchmark and seed; ids that they share are told apart as in an experiment.
function merged(stored: readonly (StoredComparison & { readonly directory: string })[], terminal: Terminal): StoredComparison {
  const { benchmark, seed } = stored[0]!;
  const runs = stored.flatMap(({ directory, results }) => results.map((result) => ({ result, directory })));
  const ids = uniqueIds(runs.map(({ result }) => ({ label: undefined, name: result.id })));
  const results = runs.map(({ result, directory }, i) => {
    const id = ids[i]!;
    if (id === result.id) return result;
    terminal.note(`${result.id} in ${directory} is ${id} here`);
    return { ...result, id };
  });
  return { name: stored.map(({ name }) => name).join(', '), results, benchmark, seed };
}
