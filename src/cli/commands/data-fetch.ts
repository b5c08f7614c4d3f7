import { shortPath } from '../../core/short-path.ts';
import { SYSTEM_CLOCK } from '../../market/fetch/clock.ts';
import { fetchIntoCatalog, type FetchReport } from '../../market/fetch/fetch.ts';
import { FETCH_KINDS, type FetchRequest } from '../../market/fetch/request.ts';
import { openSource } from '../../market/fetch/source.ts';
import { defineCommand } from '../command.ts';
import { Interrupted } from '../errors.ts';
import { baseUrl, CONTRACTS, fetchRequest } from '../fetch-options.ts';
import { dataFetchDocument, fetchText } from '../fetch-report.ts';
import { prepareDirectory } from '../output.ts';
import { pace } from '../pace.ts';
import { openProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

/** Requests under way at once: archives take more, exchanges ask for few. */
const CONCURRENCY = 4;

/** `kedge data fetch`. */
export const dataFetch = defineCommand({
  usage: 'fetch <venue>',
  summary:
    'Fetch real history of an exchange into a catalog, or what is missing there; binance from its archive, others through ccxt',
  positionals: {
    venue: { type: 'string', demandOption: true, describe: 'binance, or an exchange by its name in ccxt: bybit, okx, kraken, …' },
  },
  options: {
    assets: { type: 'string', demandOption: true, describe: 'coins, separated by commas: BTC,ETH,SOL' },
    from: { type: 'string', demandOption: true, describe: 'first day, UTC, YYYY-MM-DD' },
    to: { type: 'string', describe: 'last day; default: yesterday' },
    interval: { type: 'string', default: '1d', describe: 'length of a bar: 1m, 5m, 1h, 1d, …' },
    kinds: { type: 'string', default: 'spot,perpetual,funding,mark', describe: `what to fetch, of ${FETCH_KINDS.join(', ')}` },
    contract: {
      type: 'string',
      default: 'linear',
      describe: `of perpetuals and futures: ${CONTRACTS.join(', ')}, or both with a comma`,
    },
    quote: { type: 'string', default: 'USDT', describe: 'what spot and linear contracts are priced in' },
    into: { type: 'string', default: 'history', describe: 'directory of the catalog, made if it is missing' },
    renamed: { type: 'string', describe: 'coins that changed their name: OLD=NEW@2024-09-13, separated by commas' },
    parallel: { type: 'number', default: CONCURRENCY, describe: 'requests under way at once, 1 to 16' },
    'base-url': {
      type: 'string',
      describe: 'a mirror to fetch from, and nowhere else; default: KEDGE_BASE_URL, else the exchange',
    },
  },
  examples: [
    ['kedge data fetch binance --assets BTC,ETH,SOL --from 2020-01-01', 'daily prices and funding until yesterday'],
    ['kedge data fetch binance --assets BTC --from 2023-01-01 --interval 1h --kinds future', 'quarterly futures, hourly'],
    ['kedge data fetch bybit --assets BTC --from 2023-01-01 --into my-data', 'another exchange, into a catalog of yours'],
  ],
  async run({ venue, json, into, parallel, 'base-url': base, ...given }, terminal) {
    const { request, remarks } = fetchRequest({ venue, parallel, ...given }, SYSTEM_CLOCK.now());
    for (const remark of remarks) terminal.note(remark);
    const directory = await prepareDirectory(into, '--into');
    const report = await fetching(directory, request, { base: baseUrl(base, process.env), parallel }, terminal);
    if (json) terminal.json(dataFetchDocument(into, request, report));
    else terminal.print(fetchText(shortPath(into), report, terminal));
    return 'done';
  },
});

/** Fetches with progress; Ctrl-C stops every request at once. */
async function fetching(
  directory: string,
  request: FetchRequest,
  { base, parallel }: { readonly base: string | null; readonly parallel: number },
  terminal: Terminal,
): Promise<FetchReport> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  terminal.interrupted.addEventListener('abort', interrupt, { once: true });
  const progress = openProgress(terminal);
  const speed = pace(() => performance.now());
  let reached = 'nothing was fetched';
  try {
    terminal.interrupted.throwIfAborted();
    const seed = SYSTEM_CLOCK.now() + process.pid;
    const open = () =>
      openSource(request, {
        ...{ base, seed, clock: SYSTEM_CLOCK, concurrency: parallel, signal: stop.signal },
        onBytes: (count) => speed.add(count),
      });
    return await fetchIntoCatalog(directory, request, open, {
      ...{ concurrency: parallel, stop },
      onProgress: ({ step, done, total }) => {
        reached = `${done} of ${total} months are kept in ${shortPath(directory)}; the same command fetches the rest`;
        progress.show(`${step} ${speed.text(done, total)}`, done, total);
      },
    });
  } catch (error) {
    throw terminal.interrupted.aborted ? new Interrupted(reached) : error;
  } finally {
    progress.stop();
    terminal.interrupted.removeEventListener('abort', interrupt);
  }
}
