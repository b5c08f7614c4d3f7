import type * as Ccxt from 'ccxt';
import { ConfigError } from '../../../core/errors.ts';
import { didYouMean } from '../../../core/suggest.ts';
import { formatInterval, formatTime, HOUR } from '../../../core/time.ts';
import { FUNDING_JITTER } from '../../load/funding-gaps.ts';
import { canonicalDecimal } from '../decimal.ts';
import { baseEntry, type ContractForm, keyOf, markStep, shortDate, symbolOf } from '../entries.ts';
import type { Span } from '../month.ts';
import type { Part } from '../parts.ts';
import type { FetchRequest } from '../request.ts';
import type { SeriesPlan, Source, Stream } from '../series-plan.ts';
import type { CcxtExchange } from './exchange.ts';
import { type Page, type PageRow, readPages } from './pages.ts';

type Market = NonNullable<Ccxt.Market>;
/** What an exchange's markets are quoted in, the one asked for first, the others for want of it. */
const DOLLARS = ['USDT', 'USD', 'USDC'];
/** Between settlements; where it is less, pages are shorter than asked for and continued. */
const USUAL_FUNDING = 8 * HOUR;
const BARS = ['open', 'high', 'low', 'close'];

/**
 * An exchange through ccxt's unified API: bars, marks and settlements, page by page. Only markets that are listed today can be had.
 *
 * @param now - UTC ms; bars that are not over are left out
 * @throws {ConfigError} `interval-not-on-venue`, `kind-not-on-venue`; `asset-unknown`, with the nearest name; `exchange-refused`
 */
export function ccxtSource(request: FetchRequest, ccxt: CcxtExchange, now: number): Source {
  const { exchange } = ccxt;
  return {
    name: `${request.venue} through ccxt`,
    plan: async () => {
      checkKinds(request, ccxt);
      await ccxt.call('its list of markets', () => exchange.loadMarkets());
      const markets = Object.values(exchange.markets ?? {}) as Market[];
      checkAssets(request, markets);
      return request.assets.flatMap((asset) => plansOf(asset, { request, ccxt, now, markets }));
    },
  };
}

interface Place {
  readonly request: FetchRequest;
  readonly ccxt: CcxtExchange;
  readonly now: number;
  readonly markets: readonly Market[];
}

function checkKinds({ venue, kinds, step }: FetchRequest, { exchange }: CcxtExchange): void {
  const interval = formatInterval(step);
  const known = Object.keys(exchange.timeframes ?? {});
  if (!known.includes(interval)) {
    throw new ConfigError('interval-not-on-venue', `${venue} has no bars of ${interval}`, {
      hint: `choose one of ${known.filter((each) => /[mhd]$/.test(each)).join(', ')}; runs aggregate to what they need`,
    });
  }
  if (kinds.includes('open-interest')) {
    throw new ConfigError('kind-not-on-venue', `the history of open interest is not fetched from ${venue}`, {
      hint: 'binance has it in its archive; leave open-interest out of --kinds, or import a file',
    });
  }
}

function checkAssets({ assets, venue }: FetchRequest, markets: readonly Market[]): void {
  const bases = new Set(markets.map(({ base }) => base));
  const unknown = assets.find((asset) => !bases.has(asset));
  if (unknown === undefined) return;
  throw new ConfigError('asset-unknown', `${venue} lists no coin "${unknown}". ${didYouMean(unknown, bases)}`, {
    hint: 'coins go by their usual names: BTC, not XBT',
  });
}

function plansOf(asset: string, place: Place): SeriesPlan[] {
  const { request, ccxt } = place;
  const { kinds, contracts, venue } = request;
  const plans: SeriesPlan[] = [];
  if (kinds.includes('spot')) {
    const market = choose(asset, place, ({ spot }) => spot === true);
    plans.push(market ? pricePlan(asset, market, 'spot', symbolOf.spot(asset), place) : missing(asset, 'spot market', place));
  }
  for (const contract of contracts) {
    const wanted = (market: Market): boolean => (contract === 'linear' ? market.linear : market.inverse) === true;
    const market = choose(asset, place, (each) => each.swap === true && wanted(each));
    if (kinds.includes('perpetual') || kinds.includes('funding')) {
      const settles = ccxt.exchange.has['fetchFundingRateHistory'] === true;
      if (market && (settles || kinds.includes('perpetual'))) {
        plans.push(perpetualPlan(asset, market, { contract, quote: market.quote }, place));
      }
      if (!market) plans.push(missing(asset, `${contract} perpetual`, place));
      else if (kinds.includes('funding') && !settles) plans.push(missing(asset, 'history of funding', place));
    }
    if (!kinds.includes('future')) continue;
    const dated = place.markets.filter((each) => each.base === asset && each.future === true && wanted(each) && each.expiry);
    for (const each of dated.toSorted((a, b) => a.expiry! - b.expiry!)) {
      const form = { contract, quote: each.quote };
      const plan = pricePlan(asset, each, 'future', symbolOf.future(asset, form, each.expiry!), place);
      plans.push({ ...plan, entry: { ...plan.entry, contract, expiry: formatTime(each.expiry!) }, absence: null });
    }
  }
  return plans.map((plan) => ({
    ...plan,
    absence: plan.absence ?? `${venue} has no history of it in this period (ccxt ${ccxt.version})`,
  }));
}

function choose(asset: string, { markets, request }: Place, fits: (market: Market) => boolean): Market | undefined {
  const candidates = markets.filter((market) => market.base === asset && fits(market));
  const quotes = [request.quote, ...DOLLARS];
  return quotes.map((quote) => candidates.find((market) => market.quote === quote)).find((market) => market !== undefined);
}

function missing(asset: string, what: string, { request }: Place): SeriesPlan {
  const entry = baseEntry(request, asset, 'spot', asset, request.quote, '');
  return { entry, streams: [], absence: `${request.venue} lists no ${what} in ${[request.quote, ...DOLLARS].join(' or ')}` };
}

function pricePlan(
  asset: string,
  market: Market,
  kind: 'spot' | 'perpetual' | 'future',
  symbol: string,
  place: Place,
): SeriesPlan {
  const { request } = place;
  const { venue, step } = request;
  const name = kind === 'future' ? [asset, market.quote, shortDate(market.expiry!)] : [asset, market.quote];
  const stream = barStream(market, keyOf(venue, kind, step, ...name), step, place, null);
  const entry = baseEntry(
    request,
    symbol,
    kind,
    asset,
    market.quote,
    `published by ${venue}, under its terms of use; for private research`,
  );
  return { entry, streams: [stream], absence: null };
}

function perpetualPlan(asset: string, market: Market, form: ContractForm, place: Place): SeriesPlan {
  const { request, ccxt } = place;
  const { venue, kinds } = request;
  const settles = kinds.includes('funding') && ccxt.exchange.has['fetchFundingRateHistory'] === true;
  const funding = settles ? [fundingStream(asset, market, place)] : [];
  const symbol = kinds.includes('perpetual') ? symbolOf.perpetual(asset, form) : symbolOf.funding(asset, form);
  const plan = pricePlan(asset, market, 'perpetual', symbol, place);
  if (!kinds.includes('perpetual')) {
    const { licence = '' } = plan.entry;
    return { entry: baseEntry(request, symbol, 'funding', asset, market.quote, licence), streams: funding, absence: null };
  }
  const marks: Stream[] = [];
  if (kinds.includes('mark') && ccxt.exchange.has['fetchMarkOHLCV'] === true) {
    const step = markStep(request);
    marks.push(barStream(market, keyOf(venue, 'mark', step, asset, market.quote), step, place, 'mark'));
  }
  return { ...plan, entry: { ...plan.entry, contract: form.contract }, streams: [...plan.streams, ...marks, ...funding] };
}

function barStream(market: Market, key: string, step: number, place: Place, price: 'mark' | null): Stream {
  const { ccxt } = place;
  const interval = formatInterval(step);
  const page: Page = (since, until, limit) =>
    ccxt.call(`${interval} bars of ${market.symbol}`, async () => {
      // Exchanges count the end in or out; the window holds for both.
      const params = { until: until - 1, ...(price !== null && { price }) };
      const bars = await ccxt.exchange.fetchOHLCV(market.symbol, interval, since, limit, params);
      return bars.map((bar) => (price === null ? bar : bar.slice(0, 5)) as unknown as PageRow);
    });
  return pagedStream(place, {
    ...{ key, role: price === null ? 'prices' : 'mark', step },
    columns: price === null ? [...BARS, 'volume'] : BARS,
    market,
    read: async ({ from, to }) => {
      const rows = await readPages(page, from, to, step, ccxt.pageLimit);
      return rows.filter(([time]) => time % step === 0);
    },
  });
}

function fundingStream(asset: string, market: Market, place: Place): Stream {
  const { ccxt, request } = place;
  const page: Page = (since, until, limit) =>
    ccxt.call(`the funding of ${market.symbol}`, async () => {
      const params = { until: until - 1, ...(ccxt.fundingEnd !== undefined && { [ccxt.fundingEnd]: until }) };
      const rates = await ccxt.exchange.fetchFundingRateHistory(market.symbol, since, limit, params);
      return rates.map(({ timestamp, fundingRate }): PageRow => [settlement(timestamp!), fundingRate!]);
    });
  return pagedStream(place, {
    ...{ key: keyOf(request.venue, 'funding', null, asset, market.quote), role: 'funding', columns: ['rate'], step: null },
    market,
    read: ({ from, to }) => readPages(page, from, to, USUAL_FUNDING, ccxt.pageLimit),
  });
}

// The milliseconds are the exchange's.
function settlement(time: number): number {
  const hour = Math.round(time / HOUR) * HOUR;
  return Math.abs(hour - time) <= FUNDING_JITTER ? hour : time;
}

interface PagedStream extends Pick<Stream, 'key' | 'role' | 'columns' | 'step'> {
  readonly market: Market;
  readonly read: (span: Pick<Span, 'from' | 'to'>) => Promise<readonly PageRow[]>;
}

/** A month is read as a whole, up to what is over; one that was read to its end is not read again. */
function pagedStream({ ccxt, request, now }: Place, { key, role, columns, step, market, read }: PagedStream): Stream {
  return {
    ...{ key, role, columns, step },
    origin: { source: 'ccxt', version: ccxt.version, symbol: market.symbol, ...(ccxt.base !== null && { base: ccxt.base }) },
    life: { from: -Infinity, to: Infinity },
    hasMakeshift: false,
    fetchMonth: async (month, store) => {
      const end = Math.min(month.to, request.to, Math.floor(now / (step ?? HOUR)) * (step ?? HOUR));
      const known = await store.read(key, month.name);
      const found = (part: Part): boolean => part.lines.length > 0;
      if (known !== undefined && known.to >= end) {
        return { found: found(known), settled: false, fetched: 0, replaced: 0, kept: 1 };
      }
      const rows = end > month.from ? await read({ from: month.from, to: end }) : [];
      const whole = rows.filter((row) => row.slice(0, columns.length).every(Number.isFinite));
      const lines = whole.map(([time, ...values]) => [time, ...values.map(decimal)].join());
      const part: Part = { name: month.name, from: month.from, to: end, sha256: null, lines };
      await store.write(key, part);
      const replaced = known === undefined ? 0 : 1;
      return { found: found(part), settled: false, fetched: 1 - replaced, replaced, kept: 0 };
    },
  };
}

function decimal(value: number): string {
  return canonicalDecimal(String(value)) ?? '';
}
