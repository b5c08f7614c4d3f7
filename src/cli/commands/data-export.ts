import { UsageError } from '../../core/errors.ts';
import { DAY, parseDate, parseInterval } from '../../core/time.ts';
import { exportCatalog } from '../../market/export.ts';
import { FORMATS } from '../../market/write/encode.ts';
import { cacheDirectory } from '../cache.ts';
import { CATALOG_OPTIONS, CATALOG_POSITIONALS, chooseCatalog, withProgress } from '../catalog-choice.ts';
import { defineCommand } from '../command.ts';
import { dataCopyDocument } from '../data-copy-documents.ts';
import { copiedText } from '../data-copy-text.ts';
import { checkDates } from '../dates.ts';
import { prepareDirectory } from '../output.ts';

/** `kedge data export`: a catalog, or a part of it, in files of another form. */
export const dataExport = defineCommand({
  usage: 'export [directory]',
  summary: 'Copy a catalog, or a part of it, as CSV or Parquet: a catalog again',
  positionals: CATALOG_POSITIONALS,
  options: {
    ...CATALOG_OPTIONS,
    out: { type: 'string', demandOption: true, describe: 'directory to write to; one without a catalog' },
    format: { type: 'string', choices: FORMATS, default: 'csv', describe: 'form of the data files' },
    symbols: { type: 'string', describe: 'only these, separated by commas; what they derive from comes along' },
    venue: { type: 'string', describe: 'only series of these venues, separated by commas' },
    from: { type: 'string', describe: 'first day, UTC' },
    to: { type: 'string', describe: 'last day, UTC' },
    interval: { type: 'string', describe: 'one length of bars, put together from shorter ones where need be' },
  },
  examples: [
    ['kedge data export my-data --out btc --symbols BTC,BTC-PERP --from 2023-01-01 --format parquet', 'a part, as Parquet'],
    ['kedge data export my-data --out daily --interval 1d', 'daily bars of everything'],
  ],
  async run(options, terminal) {
    const { out, format, symbols, venue, from, to, interval, json } = options;
    checkDates({ from, to });
    const period = {
      from: from === undefined ? -Infinity : parseDate(from),
      to: to === undefined ? Infinity : parseDate(to) + DAY,
    };
    if (period.from >= period.to) {
      throw new UsageError('options-conflict', `--from ${from} lies after --to ${to}`, { hint: 'exchange the two dates' });
    }
    const selection = {
      symbols: symbols === undefined ? null : listed(symbols),
      venues: venue === undefined ? null : listed(venue),
      step: interval === undefined ? null : parseInterval(interval),
    };
    const chosen = chooseCatalog(options.directory, options.catalog, terminal);
    const directory = await prepareDirectory(out, '--out');
    const copied = await withProgress(terminal, (show) =>
      exportCatalog(chosen, directory, selection, {
        ...{ period, format, cacheDir: cacheDirectory(process.env), onSeries: show },
      }),
    );
    if (json) terminal.json(dataCopyDocument(out, copied));
    else terminal.print(copiedText(out, copied, terminal));
    return 'done';
  },
});

function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
