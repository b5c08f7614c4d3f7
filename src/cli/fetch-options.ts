import { ConfigError, UsageError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import { DAY, formatDate, parseDate, parseInterval, startOfDay } from '../core/time.ts';
import { FETCH_KINDS, type FetchKind, type FetchRequest, type Rename } from '../market/fetch/request.ts';

/** What perpetuals and futures there are. */
export const CONTRACTS = ['linear', 'inverse'] as const;
const MOST_PARALLEL = 16;

interface Given {
  readonly venue: string;
  readonly assets: string;
  readonly from: string;
  readonly to: string | undefined;
  readonly interval: string;
  readonly kinds: string;
  readonly contract: string;
  readonly quote: string;
  readonly renamed: string | undefined;
  readonly parallel: number;
}

/**
 * What is to be fetched, by the options of `data fetch`.
 *
 * @param now - UTC ms: only days that are over can be fetched
 * @returns the request, and what was taken otherwise than it was said
 * @throws {UsageError} `option-not-a-date`, `option-not-whole`, `option-unfit`, `kind-unknown`, `kinds-unfit`
 */
export function fetchRequest(given: Given, now: number): { readonly request: FetchRequest; readonly remarks: readonly string[] } {
  const today = startOfDay(now);
  const from = dateOf('from', given.from);
  const last = given.to === undefined ? today - DAY : dateOf('to', given.to);
  const to = Math.min(last + DAY, today);
  if (to <= from) {
    const yesterday = formatDate(today - DAY);
    throw new UsageError('option-unfit', `--from ${given.from} lies after the last day to fetch, ${formatDate(to - DAY)}`, {
      hint: `name days in order, up to yesterday (${yesterday}): today is not over`,
    });
  }
  if (!Number.isInteger(given.parallel) || given.parallel < 1 || given.parallel > MOST_PARALLEL) {
    throw new UsageError('option-not-whole', `--parallel ${given.parallel}: expected a whole number from 1 to ${MOST_PARALLEL}`, {
      hint: 'few requests at once are kinder to the exchange, and rarely slower',
    });
  }
  const request: FetchRequest = {
    venue: given.venue.toLowerCase(),
    assets: coins('assets', given.assets),
    ...{ from, to, step: intervalOf(given.interval) },
    kinds: kindsOf(given.kinds),
    contracts: choices('contract', given.contract, CONTRACTS),
    quote: coins('quote', given.quote)[0]!,
    renames: given.renamed === undefined ? [] : split('renamed', given.renamed).map(renameOf),
  };
  const ahead =
    last + DAY > today ? [`--to ${given.to}: only days that are over can be fetched, up to ${formatDate(to - DAY)}`] : [];
  return { request, remarks: ahead };
}

/**
 * The server to fetch from instead of the exchange's own: the option, else KEDGE_BASE_URL; null when neither is given.
 *
 * @throws {UsageError} `option-unfit`
 */
export function baseUrl(option: string | undefined, environment: Readonly<Record<string, string | undefined>>): string | null {
  const text = option ?? environment['KEDGE_BASE_URL'];
  if (text === undefined || text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return text;
  throw new UsageError('option-unfit', `--base-url ${text} is no address of a server`, {
    hint: 'expected something like https://mirror.example.org/binance, without a user name or a query',
  });
}

function dateOf(name: string, text: string): number {
  const time = parseDate(text);
  if (!Number.isNaN(time)) return time;
  throw new UsageError('option-not-a-date', `--${name} ${text} is no date`, { hint: 'expected a UTC date, YYYY-MM-DD' });
}

function intervalOf(text: string): number {
  try {
    return parseInterval(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError('option-unfit', `--interval ${error.message}`, {
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}

function split(name: string, list: string): readonly string[] {
  const items = list.split(',').map((item) => item.trim());
  const empty = items.findIndex((item) => item === '');
  if (empty < 0) return [...new Set(items)];
  throw new UsageError('option-unfit', `--${name} ${list}: item ${empty + 1} is empty`, {
    hint: 'separate items by one comma each',
  });
}

function coins(name: string, list: string): readonly string[] {
  const names = split(name, list).map((coin) => coin.toUpperCase());
  const odd = names.find((coin) => !/^[A-Z0-9]{1,20}$/.test(coin));
  if (odd === undefined) return [...new Set(names)];
  throw new UsageError('option-unfit', `--${name}: "${odd}" is no name of a coin`, {
    hint: 'expected letters and digits: BTC, not BTC/USDT or BTC-PERP',
  });
}

function choices<T extends string>(name: string, list: string, known: readonly T[]): readonly T[] {
  const items = split(name, list);
  const unknown = items.find((item) => !(known as readonly string[]).includes(item));
  if (unknown === undefined) return known.filter((each) => items.includes(each));
  throw new UsageError('kind-unknown', `--${name}: "${unknown}" is not known. ${didYouMean(unknown, known)}`, {
    hint: `expected of ${known.join(', ')}, separated by commas`,
  });
}

function kindsOf(list: string): readonly FetchKind[] {
  const kinds = choices('kinds', list, FETCH_KINDS);
  if (!kinds.includes('mark') || kinds.includes('perpetual')) return kinds;
  throw new UsageError('kinds-unfit', `--kinds ${list}: marks belong to a perpetual`, {
    hint: 'add perpetual, or leave mark out',
  });
}

function renameOf(text: string): Rename {
  const match = /^([A-Z0-9]+)=([A-Z0-9]+)@(\d{4}-\d{2}-\d{2})$/.exec(text.toUpperCase());
  const date = parseDate(match?.[3] ?? '');
  if (match !== null && !Number.isNaN(date)) return { from: match[1]!, to: match[2]!, date };
  throw new UsageError('option-unfit', `--renamed ${text} is no change of a name`, { hint: 'expected OLD=NEW@YYYY-MM-DD' });
}
