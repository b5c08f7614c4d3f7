import { DataError } from '../../core/errors.ts';
import { barsOf, inferStep, type Bars } from '../bars.ts';
import type { SeriesSource } from '../market.ts';
import type { Catalog, CatalogSeries } from './catalog.ts';
import { settlementMoments, type Settlements } from './funding.ts';
import { BARS, FUNDING } from './layout.ts';
import type { InstrumentPlan } from './plan.ts';
import { readAll } from './read-all.ts';
import type { SeriesReader } from './reader.ts';
import type { SeriesFile } from './series-file.ts';

/** Everything read from files for one instrument. */
export interface InstrumentFiles {
  readonly plan: InstrumentPlan;
  readonly prices: Bars;
  readonly marks: Bars | null;
  readonly funding: Settlements | null;
  readonly sources: readonly SeriesSource[];
  /** How each file writes its stamps, by file. */
  readonly forms: ReadonlyMap<string, SeriesFile['form']>;
}

/** Reads what a plan names; several instruments may share a file. */
export async function readInstrument(plan: InstrumentPlan, reader: SeriesReader): Promise<InstrumentFiles> {
  const { prices, mark, funding, instrument } = plan;
  const [priceFile, markFile, fundingFile] = await readAll([
    reader.read(prices.file!, BARS, prices.sha256),
    mark && reader.read(mark.mark!, BARS, mark.markSha256),
    funding && reader.read(funding.funding!, FUNDING, funding.fundingSha256),
  ]);
  const read: [CatalogSeries, string, SeriesFile][] = [[prices, prices.file!, priceFile]];
  if (mark && markFile) read.push([mark, mark.mark!, markFile]);
  if (funding && fundingFile) read.push([funding, funding.funding!, fundingFile]);
  return {
    plan,
    prices: inUnitsOf(instrument.contract, prices, barsOf(prices.file!, priceFile, prices.step!, prices.stamp)),
    marks: mark && markFile && markBars(mark, markFile),
    funding: funding && fundingFile && settlementsOf(funding.funding!, fundingFile),
    sources: read.map(([series, file, { sha256 }]) => sourceOf(instrument.symbol, series, file, sha256)),
    forms: new Map(read.map(([, file, { form }]) => [file, form])),
  };
}

/** Readers of the bars of what an instrument's prices come from, the finest first, none coarser than its own. */
export function finerReaders(
  { prices, instrument }: InstrumentPlan,
  catalog: Catalog,
  reader: SeriesReader,
): (() => Promise<Bars>)[] {
  return catalog.series
    .filter(({ symbol, kind, venue, contract, quote, file, step }) => {
      const same = symbol === prices.symbol && kind === prices.kind && venue === prices.venue && quote === prices.quote;
      return same && contract === prices.contract && file !== null && step !== null && step <= prices.step!;
    })
    .toSorted((a, b) => a.step! - b.step!)
    .map((finer) => async () => {
      const file = await reader.read(finer.file!, BARS, finer.sha256);
      return inUnitsOf(instrument.contract, finer, barsOf(finer.file!, file, finer.step!, finer.stamp));
    });
}

/** What the manifest says of a file read for an instrument. */
export function sourceOf(symbol: string, { venue, source, licence }: CatalogSeries, file: string, sha256: string): SeriesSource {
  return { symbol, venue, file, sha256, source, licence };
}

function settlementsOf(file: string, { time, columns }: SeriesFile): Settlements {
  return { file, time: settlementMoments(time), rate: columns.rate!, mark: columns.mark_price! };
}

// A mark file's interval is not in the catalog: it may be finer than that of the trades.
function markBars({ mark, step, stamp }: CatalogSeries, content: SeriesFile): Bars {
  const file = mark!;
  const inferred = inferStep(content.time, step);
  if (inferred) return barsOf(file, content, inferred, stamp);
  throw new DataError('mark-interval-unknown', `${file}: the distances of its stamps are not those of regular bars`, {
    hint: 'a mark file holds bars of one length that divides a day',
    at: { file },
  });
}

// Volume counts what quantities count: base units, or quote units for inverse contracts.
function inUnitsOf(contract: 'linear' | 'inverse' | null, source: CatalogSeries, bars: Bars): Bars {
  if ((contract === 'inverse') === (source.contract === 'inverse')) return bars;
  const perUnit = (i: number) => (contract === 'inverse' ? bars.close[i]! : 1 / bars.close[i]!);
  return { ...bars, volume: bars.volume.map((volume, i) => volume * perUnit(i)) };
}
