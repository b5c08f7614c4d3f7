import { inOneCurrency } from '../../load/quotes.ts';
import { callPriced, type Priced } from '../priced.ts';
import type { Attributed } from './departures.ts';

/** The first file of an asset that is priced in something else than the first of all. */
export function findQuotes(asset: readonly Priced[]): Attributed[] {
  const quoteOf = ({ file }: Priced) => file.series.quote;
  const first = asset[0]!;
  const others = asset.filter((each) => quoteOf(each) !== quoteOf(first));
  const foreign = others.filter((each) => !inOneCurrency(quoteOf(each), quoteOf(first)));
  const priced = foreign[0] ?? others[0];
  if (priced === undefined) return [];
  const quotes = new Set([first, ...(foreign.length > 0 ? foreign : others)].map(quoteOf));
  const message = `priced in ${quoteOf(priced)}, ${callPriced(first)} in ${quoteOf(first)}; quotes of ${first.file.series.base}: ${[...quotes].join(', ')}`;
  const [severity, hint] =
    foreign.length > 0
      ? (['warning', 'one account cannot hold both; their prices are not compared'] as const)
      : (['info', 'they pass as one currency; where a stablecoin loses its peg, prices come apart'] as const);
  const count = foreign.length > 0 ? foreign.length : others.length;
  return [{ priced, observation: { code: 'quotes-differ', severity, message, hint, count, row: null } }];
}
