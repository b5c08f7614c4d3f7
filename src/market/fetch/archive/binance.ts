import { ConfigError } from '../../../core/errors.ts';
import { DAY, formatInterval, formatTime, nextBoundary } from '../../../core/time.ts';
import { baseEntry, type ContractForm, keyOf, markStep, quarterlyExpiries, shortDate, symbolOf } from '../entries.ts';
import type { Http } from '../http.ts';
import type { FetchRequest } from '../request.ts';
import type { SeriesPlan, Source, Stream } from '../series-plan.ts';
import { type ArchiveForm, barForm, FUNDING_FORM, metricsForm } from './lines.ts';
import { type AssetName, FUTURES_UNITS, namesOf, RENAMES } from './names.ts';
import { type ArchiveFolder, type ArchiveSymbol, archiveStream } from './stream.ts';

/** @see github.com/binance/binance-public-data, README (2025) */
export const BINANCE_ARCHIVE = 'https://data.binance.vision';
const INTERVALS = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'];
const LICENCE = 'published by Binance, under its terms of use; for private research';

/** A contract is listed two quarters before its expiry. */
const LISTED_BEFORE = 200 * DAY;
const BARS = ['open', 'high', 'low', 'close'];
const ALWAYS: AssetName['from'] = -Infinity;

interface Place {
  readonly request: FetchRequest;
  readonly http: Http;
  readonly base: string;
  /** UTC ms */
  readonly now: number;
}

/**
 * The public archive of Binance: a zip file per symbol and month, or day, with a checksum beside it.
 *
 * Its server lists nothing, so what exists is found out by asking: what is not there is answered by 404.
 *
 * @throws {ConfigError} `interval-not-on-venue`
 */
export function binanceArchive(request: FetchRequest, http: Http, base: string, now: number): Source {
  const interval = formatInterval(request.step);
  if (!INTERVALS.includes(interval)) {
    throw new ConfigError('interval-not-on-venue', `binance publishes no bars of ${interval}`, {
      hint: `choose one of ${INTERVALS.join(', ')}; runs aggregate to what they need`,
    });
  }
  const place = { request, http, base: base.replace(/\/+$/, ''), now };
  const plans = request.assets.flatMap((asset) => plansOf(asset, place));
  return { name: `the archive at ${place.base}`, plan: () => Promise.resolve(plans) };
}

function plansOf(asset: string, place: Place): SeriesPlan[] {
  const { kinds, contracts, quote } = place.request;
  const plans: SeriesPlan[] = [];
  if (kinds.includes('spot')) plans.push(spotPlan(asset, place));
  for (const contract of contracts) {
    const form = { contract, quote: contract === 'linear' ? quote : 'USD' };
    if (kinds.includes('perpetual')) plans.push(perpetualPlan(asset, form, place));
    else if (kinds.includes('funding')) plans.push(fundingPlan(asset, form, place));
    if (kinds.includes('future')) plans.push(...futurePlans(asset, form, place));
  }
  // One series of open interest a coin: that of linear contracts where both are asked for.
  if (kinds.includes('open-interest')) {
    const contract = contracts[0]!;
    plans.push(openInterestPlan(asset, { contract, quote: contract === 'linear' ? quote : 'USD' }, place));
  }
  return plans;
}

function spotPlan(asset: string, place: Place): SeriesPlan {
  const { venue, step, quote } = place.request;
  const folder = { market: 'data/spot', kind: 'klines', interval: formatInterval(step) };
  const symbols = assetNames(asset, place).map((name) => ({ symbol: `${name.asset}${quote}`, name, unit: 0 }));
  const stream = streamOf(place, folder, symbols, {
    ...{ key: keyOf(venue, 'spot', step, asset, quote), role: 'prices', columns: [...BARS, 'volume'], step },
    form: () => barForm(step, 0, true),
  });
  const entry = baseEntry(place.request, symbolOf.spot(asset), 'spot', asset, quote, LICENCE);
  return { entry, streams: [stream], absence: `binance has no archive of ${symbols.map(({ symbol }) => symbol).join(' or ')}` };
}

function perpetualPlan(asset: string, form: ContractForm, place: Place): SeriesPlan {
  const { venue, step, kinds } = place.request;
  const symbols = contractSymbols(asset, form, place, form.contract === 'linear' ? '' : '_PERP');
  const streams = [
    streamOf(place, { market: marketOf(form), kind: 'klines', interval: formatInterval(step) }, symbols, {
      ...{ key: keyOf(venue, 'perpetual', step, asset, form.quote), role: 'prices', columns: [...BARS, 'volume'], step },
      form: contractBars(asset, form, step),
    }),
  ];
  if (kinds.includes('mark')) {
    const marks = markStep(place.request);
    const folder = { market: marketOf(form), kind: 'markPriceKlines', interval: formatInterval(marks) };
    const known = { key: keyOf(venue, 'mark', marks, asset, form.quote), role: 'mark', columns: BARS, step: marks } as const;
    streams.push(streamOf(place, folder, symbols, { ...known, form: (unit) => barForm(marks, unit, false) }));
  }
  if (kinds.includes('funding')) streams.push(fundingStream(asset, form, symbols, place));
  const entry = {
    ...baseEntry(place.request, symbolOf.perpetual(asset, form), 'perpetual', asset, form.quote, LICENCE),
    contract: form.contract,
    ...(form.contract === 'inverse' && { multiplier: 10 ** contractPower(asset) }),
  };
  return { entry, streams, absence: `binance has no archive of a ${form.contract} perpetual ${nameAll(symbols)}` };
}

function fundingPlan(asset: string, form: ContractForm, place: Place): SeriesPlan {
  const symbols = contractSymbols(asset, form, place, form.contract === 'linear' ? '' : '_PERP');
  const entry = baseEntry(place.request, symbolOf.funding(asset, form), 'funding', asset, form.quote, LICENCE);
  return {
    entry,
    streams: [fundingStream(asset, form, symbols, place)],
    absence: `binance has no archive of the funding of ${nameAll(symbols)}`,
  };
}

function futurePlans(asset: string, form: ContractForm, place: Place): SeriesPlan[] {
  const { venue, step, from, to } = place.request;
  const quarters: number[] = [];
  for (let end = nextBoundary(from - 1, 'quarter'); end < to + LISTED_BEFORE + 100 * DAY; end = nextBoundary(end, 'quarter')) {
    quarters.push(end);
  }
  return quarterlyExpiries(from, to + LISTED_BEFORE, quarters).map((expiry) => {
    const symbols = contractSymbols(asset, form, place, `_${shortDate(expiry)}`);
    const folder = { market: marketOf(form), kind: 'klines', interval: formatInterval(step) };
    const key = keyOf(venue, 'future', step, asset, form.quote, shortDate(expiry));
    const stream = streamOf(place, folder, symbols, {
      ...{ key, role: 'prices', columns: [...BARS, 'volume'], step },
      form: contractBars(asset, form, step),
      life: { from: expiry - LISTED_BEFORE, to: expiry },
    });
    const entry = {
      ...baseEntry(place.request, symbolOf.future(asset, form, expiry), 'future', asset, form.quote, LICENCE),
      contract: form.contract,
      expiry: formatTime(expiry),
    };
    return { entry, streams: [stream], absence: null };
  });
}

function openInterestPlan(asset: string, form: ContractForm, place: Place): SeriesPlan {
  const { venue, step } = place.request;
  const symbols = contractSymbols(asset, form, place, form.contract === 'linear' ? '' : '_PERP');
  const coin = asset.toLowerCase();
  const stream = archiveStream({
    key: keyOf(venue, 'open-interest', step, asset, form.quote),
    role: 'open-interest',
    // COIN-M counts contracts of a fixed number of dollars, worth coins; USDⓈ-M counts coins, worth dollars.
    columns:
      form.contract === 'linear'
        ? [`open_interest_${coin}`, 'open_interest_usd']
        : ['open_interest_usd', `open_interest_${coin}`],
    step,
    life: { from: ALWAYS, to: Infinity },
    folder: { base: place.base, market: marketOf(form), kind: 'metrics', interval: null, periods: ['daily'] },
    form: (unit) => metricsForm(form.contract === 'linear' ? unit : contractPower(asset)),
    symbols,
    ...{ http: place.http, now: place.now, end: place.request.to },
  });
  const entry = baseEntry(place.request, symbolOf.openInterest(asset), 'open-interest', asset, null, LICENCE);
  return { entry, streams: [stream], absence: `binance has no archive of the open interest of ${nameAll(symbols)}` };
}

type Symbols = readonly ArchiveSymbol[];

function fundingStream(asset: string, form: ContractForm, symbols: Symbols, place: Place): Stream {
  return archiveStream({
    key: keyOf(place.request.venue, 'funding', null, asset, form.quote),
    ...{ role: 'funding', columns: ['rate'], step: null, life: { from: ALWAYS, to: Infinity } },
    folder: { base: place.base, market: marketOf(form), kind: 'fundingRate', interval: null, periods: ['monthly'] },
    form: () => FUNDING_FORM,
    symbols,
    ...{ http: place.http, now: place.now, end: place.request.to },
  });
}

type StreamParts = Omit<Parameters<typeof archiveStream>[0], 'folder' | 'symbols' | 'http' | 'now' | 'end' | 'life'>;

function streamOf(
  { http, base, now, request }: Place,
  folder: Pick<ArchiveFolder, 'market' | 'kind' | 'interval'>,
  symbols: Symbols,
  { life = { from: ALWAYS, to: Infinity }, ...parts }: StreamParts & Partial<Pick<Stream, 'life'>>,
): Stream {
  const whole: ArchiveFolder = { ...folder, base, periods: ['monthly', 'daily'] };
  return archiveStream({ ...parts, life, folder: whole, symbols, http, now, end: request.to });
}

function assetNames(asset: string, { request }: Place): readonly AssetName[] {
  return namesOf(asset, [...request.renames, ...RENAMES]);
}

function contractSymbols(asset: string, { contract, quote }: ContractForm, place: Place, ending: string): Symbols {
  return assetNames(asset, place).map((name) => {
    const { prefix, power } = (contract === 'linear' ? FUTURES_UNITS[name.asset] : undefined) ?? { prefix: '', power: 0 };
    return { symbol: `${prefix}${name.asset}${quote}${ending}`, name, unit: power };
  });
}

// Volume counts coins; of inverse contracts dollars, of which a contract of COIN-M has a fixed number.
function contractBars(asset: string, { contract }: ContractForm, step: number): (unit: number) => ArchiveForm {
  return (unit) => barForm(step, unit, true, contract === 'linear' ? unit : contractPower(asset));
}

/** A COIN-M contract is 100 USD of Bitcoin and 10 USD of any other coin (Binance, contract specifications, 2025), as a power of ten. */
function contractPower(asset: string): number {
  return asset === 'BTC' ? 2 : 1;
}

function marketOf({ contract }: ContractForm): string {
  return contract === 'linear' ? 'data/futures/um' : 'data/futures/cm';
}

function nameAll(symbols: Symbols): string {
  return symbols.map(({ symbol }) => symbol).join(' or ');
}
