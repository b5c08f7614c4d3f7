import { createRandom } from '../../core/random.ts';
import { DAY, formatDate, formatTime, HOUR } from '../../core/time.ts';
import { dailyOpenInterest, dailyVolume, type Days } from './activity.ts';
import { SAMPLE_DAYS, SAMPLE_START } from './calendar.ts';
import type { CoinPath } from './coin-path.ts';
import { futures, perpetual } from './derivatives.ts';
import { type Bars, dailyBars } from './path.ts';
import { amount, csv, price, rate } from './rows.ts';

/** Derivatives trade so many times the coins that spot does. */
const PERPETUAL_VOLUME = 4;
const FUTURE_VOLUME = 0.2;

/** One file of a catalog: its path inside the directory, with forward slashes, and its whole text. */
export interface SampleFile {
  readonly path: string;
  readonly text: string;
}

/** What a catalog lists as one series, and the files that hold it: its own first, then its mark and funding. */
export interface SampleSeries {
  readonly entry: Readonly<Record<string, string | number>>;
  readonly files: readonly SampleFile[];
}

const MOMENTS = Array.from({ length: SAMPLE_DAYS }, (_, day) => SAMPLE_START + day * DAY);

/** Everything the sample holds of one coin: spot, perpetual, quarterly futures, open interest. */
export function coinSeries(seed: number, path: CoinPath): SampleSeries[] {
  const { coin, wildness } = path;
  const spot = { ...dailyBars(path.spot), wildness };
  const volume = (name: string, times: number): Float64Array =>
    dailyVolume(createRandom(seed, `${coin.symbol}/${name}/volume`), spot, coin.volume * times);
  return [
    {
      entry: { symbol: coin.symbol, kind: 'spot', ...quoted(coin.symbol) },
      files: [{ path: `prices-1d/${coin.symbol}.csv`, text: barsCsv(spot, coin.digits, volume('spot', 1)) }],
    },
    perpetualSeries(seed, path, volume('perpetual', PERPETUAL_VOLUME)),
    ...(coin.futures ? futureSeries(seed, path, volume('futures', FUTURE_VOLUME)) : []),
    openInterestSeries(seed, path, spot),
  ];
}

function perpetualSeries(seed: number, path: CoinPath, volume: Float64Array): SampleSeries {
  const { symbol, digits } = path.coin;
  const { traded, mark, settlements } = perpetual(seed, path);
  const moments = settlements.map(({ hour }) => SAMPLE_START + hour * HOUR);
  const settled = csv(
    ['timestamp', 'rate', 'mark_price'],
    moments,
    (row) => rate(settlements[row]!.rate),
    (row) => price(settlements[row]!.mark, digits),
  );
  const files = [
    { path: `perp-1d/${symbol}.csv`, text: barsCsv(dailyBars(traded), digits, volume) },
    { path: `mark-1d/${symbol}.csv`, text: barsCsv(dailyBars(mark), digits, null) },
    { path: `funding/${symbol}.csv`, text: settled },
  ] as const;
  const entry = { symbol: `${symbol}-PERP`, kind: 'perpetual', contract: 'linear', ...quoted(symbol) };
  return { entry: { ...entry, mark: files[1].path, funding: files[2].path }, files };
}

function futureSeries(seed: number, path: CoinPath, volume: Float64Array): SampleSeries[] {
  const { symbol: base, digits } = path.coin;
  return futures(seed, path).map(({ expiry, settlement, firstDay, endDay, traded }) => {
    const symbol = `${base}-${formatDate(expiry).slice(2).replaceAll('-', '')}`;
    const end = { expiry: formatTime(expiry), ...(settlement !== null && { settlement: Number(price(settlement, digits)) }) };
    return {
      entry: { symbol, kind: 'future', contract: 'linear', ...quoted(base), ...end },
      files: [{ path: `futures-1d/${symbol}.csv`, text: barsCsv(dailyBars(traded), digits, volume, firstDay, endDay) }],
    };
  });
}

function openInterestSeries(seed: number, { coin: { symbol, openInterest } }: CoinPath, days: Days): SampleSeries {
  const coins = dailyOpenInterest(createRandom(seed, `${symbol}/open-interest`), days, openInterest);
  const text = csv(['timestamp', 'open_interest'], MOMENTS, (day) => amount(coins[day]!));
  return {
    entry: { symbol: `${symbol}-OI`, kind: 'open-interest', base: symbol, venue: 'binance', interval: '1d', stamp: 'open' },
    files: [{ path: `open-interest/${symbol}.csv`, text }],
  };
}

function quoted(base: string): Record<string, string> {
  return { base, quote: 'USDT', venue: 'binance', interval: '1d', stamp: 'open' };
}

function barsCsv(bars: Bars, digits: number, volume: Float64Array | null, firstDay = 0, endDay = SAMPLE_DAYS): string {
  const prices = [bars.open, bars.high, bars.low, bars.close];
  const cells = prices.map((column) => (row: number) => price(column[firstDay + row]!, digits));
  const header = ['timestamp', 'open', 'high', 'low', 'close'];
  const moments = MOMENTS.slice(firstDay, endDay);
  if (volume === null) return csv(header, moments, ...cells);
  return csv([...header, 'volume'], moments, ...cells, (row) => amount(volume[firstDay + row]!));
}
