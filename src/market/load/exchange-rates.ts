import { inOneCurrency } from './quotes.ts';
import type { Catalog, CatalogSeries } from './catalog.ts';
import { BARS } from './layout.ts';
import { SeriesReader } from './reader.ts';

/** Rates of one currency by the moments at which they were known. */
export interface ExchangeRates {
  /** UTC ms, ascending: closes of the bars. */
  readonly time: readonly number[];
  /** `quote` per unit of `base`. */
  readonly rate: readonly number[];
  /** The series it comes from. */
  readonly source: string;
}

/**
 * Reads the exchange rates between two currencies from a catalog's series of kind `fx`, in whichever direction it has them.
 *
 * @returns null when the catalog has none
 * @throws {DataError} what is wrong in the file
 */
export async function readExchangeRates(
  catalog: Catalog,
  base: string,
  quote: string,
  cacheDir: string | null,
): Promise<ExchangeRates | null> {
  const between = (series: CatalogSeries, from: string, to: string): boolean =>
    series.kind === 'fx' && series.file !== null && inOneCurrency(series.base, from) && inOneCurrency(series.quote, to);
  const direct = catalog.series.find((series) => between(series, base, quote));
  const series = direct ?? catalog.series.find((other) => between(other, quote, base));
  if (series === undefined) return null;
  const reader = new SeriesReader({ directory: catalog.directory, cacheDir, verify: false });
  const { time, columns } = await reader.read(series.file!, BARS, series.sha256);
  const known = series.stamp === 'open' ? (series.step ?? 0) : 0;
  const closes = columns['close']!;
  return {
    time: Array.from(time, (stamp) => stamp + known),
    rate: Array.from(closes, (close) => (direct ? close : 1 / close)),
    source: `${series.symbol} of the catalog ${catalog.name}`,
  };
}
