import { join, resolve } from 'node:path';
import { UsageError } from '../../core/errors.ts';
import { PACKAGE_ROOT } from '../../core/package.ts';
import { checkCatalog } from '../../market/check/check.ts';
import { listCatalog } from '../../market/list.ts';
import { SAMPLE_SEED } from '../../market/synthetic/sample.ts';
import { writeSample } from '../../market/synthetic/write.ts';
import { cacheDirectory } from '../cache.ts';
import { defineCommand, type CommandGroup } from '../command.ts';
import { dataCheckDocument, dataListDocument, type DataSynthDocument } from '../data-documents.ts';
import { checkText, listText } from '../data-text.ts';
import { openProgress } from '../progress.ts';
import { pause, type Terminal } from '../terminal.ts';

const SAMPLE = join(PACKAGE_ROOT, 'data');

const POSITIONALS = {
  directory: { type: 'string', describe: 'directory with a catalog.json; default: the bundled sample' },
} as const;
const OPTIONS = { catalog: { type: 'string', describe: 'the same as the directory' } } as const;

const list = defineCommand({
  usage: 'list [directory]',
  summary: 'List the series of a catalog and what they reach over',
  positionals: POSITIONALS,
  options: OPTIONS,
  examples: [
    ['kedge data list', 'the bundled sample'],
    ['kedge data list my-data --json', 'a catalog of yours, for other programs'],
  ],
  async run({ directory, catalog, json }, terminal) {
    const chosen = choose(directory, catalog, terminal);
    const listing = await withProgress(terminal, (show) =>
      listCatalog(chosen, { cacheDir: cacheDirectory(process.env), onSeries: show }),
    );
    if (json) terminal.json(dataListDocument(chosen, listing));
    else terminal.print(listText(chosen, listing, terminal));
    return 'done';
  },
});

const check = defineCommand({
  usage: 'check [directory]',
  summary: 'Look through every file of a catalog: gaps, duplicates, order, ranges, outliers, standstill, funding, hashes',
  positionals: POSITIONALS,
  options: OPTIONS,
  examples: [
    ['kedge data check my-data', 'exit code 3 when there are errors or warnings'],
    ['kedge data check my-data --json', 'the findings with file, line and moment'],
  ],
  async run({ directory, catalog, json }, terminal) {
    const chosen = choose(directory, catalog, terminal);
    const report = await withProgress(terminal, (show) => checkCatalog(chosen, { onFile: show }));
    if (json) terminal.json(dataCheckDocument(chosen, report));
    else terminal.print(checkText(chosen, report, terminal));
    return report.findings.some(({ severity }) => severity !== 'info') ? 'found' : 'done';
  },
});

const synth = defineCommand({
  usage: 'synth',
  summary: 'Make a synthetic market: five coins, 2020 to 2024, with perpetuals, funding, futures and open interest',
  positionals: {},
  options: {
    out: { type: 'string', demandOption: true, describe: 'directory to write the catalog to' },
    seed: {
      type: 'number',
      default: SAMPLE_SEED,
      describe: 'another seed, another market; the default makes the bundled sample',
    },
  },
  examples: [['kedge data synth --seed 7 --out my-data', 'a market that nobody has seen']],
  async run({ out, seed, json }, terminal) {
    if (!Number.isSafeInteger(seed)) throw new UsageError('option-not-whole', `--seed ${seed}: expected a whole number`);
    const files = await writeSample(resolve(out), seed);
    const document: DataSynthDocument = { schemaVersion: 1, directory: out, seed, files };
    if (json) terminal.json(document);
    else terminal.print(`${out}: ${files.length} files of a synthetic market, seed ${seed}`);
    return 'done';
  },
});

/** `kedge data`: catalogs of market data. */
export const data: CommandGroup = {
  usage: 'data',
  summary: 'Catalogs of market data: list, check, make',
  commands: [list, check, synth],
};

function choose(directory: string | undefined, catalog: string | undefined, terminal: Terminal): string {
  if (directory !== undefined && catalog !== undefined) {
    throw new UsageError('options-conflict', `two catalogs are named, ${directory} and --catalog ${catalog}`, {
      hint: 'leave one of them out',
    });
  }
  const chosen = directory ?? catalog;
  if (chosen === undefined) terminal.note('no directory given: the bundled, synthetic sample');
  return chosen ?? SAMPLE;
}

type Show = (step: string, done: number, total: number) => Promise<void>;

/** Work on one file after another, with a bar on the terminal; Ctrl-C stops it between two files. */
async function withProgress<T>(terminal: Terminal, work: (show: Show) => Promise<T>): Promise<T> {
  const progress = openProgress(terminal);
  try {
    return await work(async (step, done, total) => {
      progress.show(step, done, total);
      await pause(terminal, 'nothing was written');
    });
  } finally {
    progress.stop();
  }
}
