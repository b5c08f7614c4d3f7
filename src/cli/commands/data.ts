import { writeFileAtomically } from '../../core/atomic-file.ts';
import { UsageError } from '../../core/errors.ts';
import { shortPath } from '../../core/short-path.ts';
import { checkCatalog } from '../../market/check/check.ts';
import { listCatalog } from '../../market/list.ts';
import { SAMPLE_SEED } from '../../market/synthetic/sample.ts';
import { writeSample } from '../../market/synthetic/write.ts';
import { renderCheck } from '../../report/check/page.ts';
import { cacheDirectory } from '../cache.ts';
import { CATALOG_OPTIONS, CATALOG_POSITIONALS, chooseCatalog, withProgress } from '../catalog-choice.ts';
import { defineCommand, type CommandGroup } from '../command.ts';
import { dataCheckDocument, dataListDocument, type DataSynthDocument } from '../data-documents.ts';
import { checkText, listText } from '../data-text.ts';
import { prepareDirectory, preparePage } from '../output.ts';
import { dataExport } from './data-export.ts';
import { dataFetch } from './data-fetch.ts';
import { dataImport } from './data-import.ts';

const list = defineCommand({
  usage: 'list [directory]',
  summary: 'List the series of a catalog and what they reach over',
  positionals: CATALOG_POSITIONALS,
  options: CATALOG_OPTIONS,
  examples: [
    ['kedge data list', 'the bundled sample'],
    ['kedge data list my-data --json', 'a catalog of yours, for other programs'],
  ],
  async run({ directory, catalog, json }, terminal) {
    const chosen = chooseCatalog(directory, catalog, terminal);
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
  positionals: CATALOG_POSITIONALS,
  options: {
    ...CATALOG_OPTIONS,
    html: { type: 'string', describe: 'file of an HTML page with a calendar of what each file covers' },
  },
  examples: [
    ['kedge data check my-data', 'exit code 3 when there are errors or warnings'],
    ['kedge data check my-data --html check.html', 'with a page to look at'],
    ['kedge data check my-data --json', 'the findings with file, line and moment'],
  ],
  async run({ directory, catalog, html, json }, terminal) {
    const chosen = chooseCatalog(directory, catalog, terminal);
    const page = html === undefined ? null : await preparePage(html);
    const report = await withProgress(terminal, (show) => checkCatalog(chosen, { onFile: show }));
    if (page !== null) {
      await writeFileAtomically(page, renderCheck(report));
      terminal.note(`page: ${shortPath(page)}`);
    }
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
    const files = await writeSample(await prepareDirectory(out, '--out'), seed);
    const document: DataSynthDocument = { schemaVersion: 1, directory: out, seed, files };
    if (json) terminal.json(document);
    else terminal.print(`${out}: ${files.length} files of a synthetic market, seed ${seed}`);
    return 'done';
  },
});

/** `kedge data`: catalogs of market data. */
export const data: CommandGroup = {
  usage: 'data',
  summary: 'Catalogs of market data: list, fetch, import, check, export, make',
  commands: [list, dataFetch, dataImport, check, dataExport, synth],
};
