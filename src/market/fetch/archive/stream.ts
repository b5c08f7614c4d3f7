import { DAY, startOfDay } from '../../../core/time.ts';
import type { Http } from '../http.ts';
import { daysOf, type Span } from '../month.ts';
import type { PartStore } from '../parts.ts';
import type { MonthNews, Role, Stream } from '../series-plan.ts';
import type { AssetName } from './names.ts';
import type { ArchiveForm } from './lines.ts';
import { bringArchive, type ArchiveNews } from './read-archive.ts';

/** A month's file appears on the first Monday after it; what is not there by now (ms after its end) will not come. */
const MONTH_PUBLISHED = 10 * DAY;
/** A day's file appears on the day after. */
const DAY_PUBLISHED = 3 * DAY;
/** Months younger than this are made up of days while their own file is not there. */
const YOUNG = 45 * DAY;

/** A folder of an archive and the way its files are named. */
export interface ArchiveFolder {
  /** `https://data.binance.vision`, without a slash at its end. */
  readonly base: string;
  /** `data/spot` */
  readonly market: string;
  /** `klines`, `fundingRate`, … */
  readonly kind: string;
  /** Interval as a folder and in file names; null where there is none. */
  readonly interval: string | null;
  /** How often files appear. */
  readonly periods: readonly ('monthly' | 'daily')[];
}

/** A symbol and the time it stands for the coin. */
export interface ArchiveSymbol {
  readonly symbol: string;
  readonly name: AssetName;
  /** Coins that its prices are of, as a power of ten. */
  readonly unit: number;
}

export interface ArchiveStreamOptions extends Pick<Stream, 'key' | 'role' | 'columns' | 'step' | 'life'> {
  readonly role: Role;
  readonly folder: ArchiveFolder;
  /** @param unit - of the symbol, see below */
  readonly form: (unit: number) => ArchiveForm;
  /** Oldest first. */
  readonly symbols: readonly ArchiveSymbol[];
  readonly http: Http;
  /** UTC ms of the fetch. */
  readonly now: number;
  /** UTC ms: nothing after is asked for. */
  readonly end: number;
}

/** A series out of the monthly and daily files of an archive. */
export function archiveStream(options: ArchiveStreamOptions): Stream {
  const { key, role, columns, step, life, folder, form, symbols, http, now, end } = options;
  const monthly = folder.periods.includes('monthly');
  const daily = folder.periods.includes('daily');

  const bring = (
    { symbol, name, unit }: ArchiveSymbol,
    period: 'monthly' | 'daily',
    span: Span,
    store: PartStore,
  ): Promise<ArchiveNews> => {
    const { base, market, kind, interval } = folder;
    const file = [symbol, interval ?? kind, span.name].join('-');
    const path = [base, market, period, kind, symbol, ...(interval === null ? [] : [interval]), `${file}.zip`].join('/');
    return bringArchive({ name: file, url: path, form: form(unit), span, life: name }, http, store, key);
  };

  const bringDays = async (symbol: ArchiveSymbol, month: Span, store: PartStore): Promise<MonthNews> => {
    const days = daysOf(month, Math.min(end, startOfDay(now)));
    const news: ArchiveNews[] = [];
    for (const day of days) news.push(await bring(symbol, 'daily', day, store));
    const open = days.some((day, i) => news[i] === 'absent' && now < day.to + DAY_PUBLISHED);
    return { ...countNews(news), settled: !open && month.to <= now };
  };

  const fetchSymbol = async (each: ArchiveSymbol, month: Span, store: PartStore, makeshift: boolean) => {
    if (!monthly) return bringDays(each, month, store);
    const whole = month.to <= now ? await bring(each, 'monthly', month, store) : 'absent';
    if (whole !== 'absent') {
      await removeDays([each.symbol, folder.interval ?? folder.kind, month.name].join('-'), store, key);
      return { ...countNews([whole]), settled: true };
    }
    if (daily && (makeshift || now < month.to + YOUNG)) return bringDays(each, month, store);
    return { ...countNews([]), settled: now >= month.to + MONTH_PUBLISHED };
  };

  return {
    ...{ key, role, columns, step, life },
    origin: {
      source: 'archive',
      base: folder.base,
      path: [folder.market, folder.periods[0]!, folder.kind].join('/'),
      symbol: symbols.map(({ symbol }) => symbol).join(', then '),
    },
    hasMakeshift: monthly && daily,
    fetchMonth: async (month, store, makeshift) => {
      const alive = symbols.filter(({ name }) => name.from < month.to && name.to > month.from);
      const news: MonthNews[] = [];
      for (const each of alive) news.push(await fetchSymbol(each, month, store, makeshift));
      return sumNews(news);
    },
  };
}

async function removeDays(month: string, store: PartStore, key: string): Promise<void> {
  for (const name of await store.names(key)) if (name.startsWith(`${month}-`)) await store.remove(key, name);
}

function countNews(news: readonly ArchiveNews[]): Omit<MonthNews, 'settled'> {
  const count = (kind: ArchiveNews): number => news.filter((each) => each === kind).length;
  const [fetched, replaced, kept] = [count('fetched'), count('replaced'), count('kept')];
  return { fetched, replaced, kept, found: fetched + replaced + kept > 0 };
}

function sumNews(news: readonly MonthNews[]): MonthNews {
  const sum = (of: (each: MonthNews) => number): number => news.reduce((total, each) => total + of(each), 0);
  return {
    found: news.some(({ found }) => found),
    settled: news.every(({ settled }) => settled),
    fetched: sum(({ fetched }) => fetched),
    replaced: sum(({ replaced }) => replaced),
    kept: sum(({ kept }) => kept),
  };
}
