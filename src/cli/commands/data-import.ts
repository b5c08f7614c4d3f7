import { resolve } from 'node:path';
import { UsageError } from '../../core/errors.ts';
import { parseInterval } from '../../core/time.ts';
import { findImport } from '../../market/import/find.ts';
import { guessFile } from '../../market/import/guess.ts';
import { importCatalog } from '../../market/import/import-catalog.ts';
import { importFiles } from '../../market/import/import.ts';
import { DATE_ORDERS } from '../../market/import/stamps.ts';
import { SERIES_KINDS } from '../../market/load/catalog-schema.ts';
import { parseStamp } from '../../market/load/timestamp.ts';
import { FORMATS } from '../../market/write/encode.ts';
import { cacheDirectory } from '../cache.ts';
import { withProgress } from '../catalog-choice.ts';
import { defineCommand } from '../command.ts';
import { dataCopyDocument } from '../data-copy-documents.ts';
import { copiedText } from '../data-copy-text.ts';
import { settle } from '../import-dialogue.ts';
import { prepareDirectory } from '../output.ts';

/** `kedge data import`: files from elsewhere into a catalog. */
export const dataImport = defineCommand({
  usage: 'import <path>',
  summary: 'Add files of prices, funding or open interest to a catalog: CSV, Parquet, the dumps of exchanges, or another catalog',
  positionals: {
    path: { type: 'string', demandOption: true, describe: 'a file, a folder of files, or a catalog' },
  },
  options: {
    into: { type: 'string', demandOption: true, describe: 'directory of the catalog to add to; begun if there is none' },
    yes: { type: 'boolean', default: false, describe: 'take the guess without asking' },
    map: {
      type: 'string',
      describe: 'columns by name or number: time=Date,open=Open,high=High,low=Low,close=Close,volume=Volume',
    },
    kind: {
      type: 'string',
      choices: [...SERIES_KINDS.filter((kind) => kind !== 'fx'), 'mark'] as const,
      describe: 'what it is; default: spot, or as the name of the file says',
    },
    symbol: { type: 'string', describe: 'its name in experiments; of marks and funding: the perpetual they belong to' },
    base: { type: 'string', describe: 'the coin' },
    quote: { type: 'string', describe: 'what it is priced in' },
    venue: { type: 'string', describe: 'where it traded' },
    interval: { type: 'string', describe: 'length of the bars; default: told by their distances' },
    stamp: {
      type: 'string',
      choices: ['open', 'close'] as const,
      describe: 'whether a time stamp is the open or the close of its bar',
    },
    timezone: { type: 'string', default: 'UTC', describe: 'of stamps that name none: UTC, +09:00 or America/New_York' },
    'date-order': { type: 'string', choices: DATE_ORDERS, describe: 'of dates such as 03/04/2024: day or month first' },
    contract: {
      type: 'string',
      choices: ['linear', 'inverse'] as const,
      default: 'linear' as const,
      describe: 'of perpetuals and futures',
    },
    expiry: { type: 'string', describe: 'of a future: the moment of settlement, 2024-06-28T08:00Z' },
    source: { type: 'string', describe: 'where it comes from, for the report; default: the names of the files' },
    licence: { type: 'string', describe: 'under what terms' },
    format: { type: 'string', choices: FORMATS, default: 'csv', describe: 'form of the files in the catalog' },
  },
  examples: [
    ['kedge data import Binance_BTCUSDT_d.csv --into my-data', 'shows what it takes the file for, and asks'],
    ['kedge data import klines --into my-data --kind perpetual --yes', 'a folder of monthly files'],
    [
      'kedge data import btc.csv --into my-data --symbol BTC --quote USD --venue kraken --map time=1,open=2,high=3,low=4,close=5',
      'says all of it',
    ],
  ],
  async run(options, terminal) {
    const { path, into, json, timezone, contract, source = null, licence = null, format } = options;
    const expiry = options.expiry === undefined ? null : parseStamp(options.expiry)?.time;
    if (expiry === undefined) {
      throw new UsageError('option-not-a-date', `--expiry ${options.expiry}: expected a moment such as 2024-06-28T08:00Z`);
    }
    const step = options.interval === undefined ? null : parseInterval(options.interval);
    const found = await findImport(resolve(path), path);
    const directory = await prepareDirectory(into, '--into');
    const print = (copied: Parameters<typeof copiedText>[1]) => {
      if (json) terminal.json(dataCopyDocument(into, copied));
      else terminal.print(copiedText(into, copied, terminal));
      return 'done' as const;
    };
    if (found.kind === 'catalog') {
      return print(
        await withProgress(terminal, (onSeries) =>
          importCatalog(found.directory, directory, { format, cacheDir: cacheDirectory(process.env), onSeries }),
        ),
      );
    }
    const { kind, symbol, base, quote, venue, map } = options;
    const told = Object.fromEntries(
      Object.entries({ kind, symbol, base, quote, venue, map }).filter(([, value]) => value !== undefined),
    );
    const guesses = [];
    for (const each of found.files) guesses.push(await guessFile(each.path, each.file, told));
    const ready = await settle(guesses, { ...options, expiry }, terminal);
    return print(
      await withProgress(terminal, (onFile) =>
        importFiles(ready, directory, {
          timezone,
          step,
          stamp: options.stamp ?? null,
          contract,
          expiry,
          source,
          licence,
          format,
          onFile,
        }),
      ),
    );
  },
});
