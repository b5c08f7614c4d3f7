import { AdjustedCostBook } from './adjusted-cost.ts';
import type { LongTermClock } from './long-term.ts';
import { LotBook } from './lot-book.ts';
import type { LotBookRules } from './lot-book.ts';
import { isCoin } from './methods.ts';
import { PortfolioBook } from './portfolio-book.ts';
import type { Taxation } from './regime.ts';
import type { TaxRules } from './resolve.ts';
import { ShareMatchingBook } from './share-matching.ts';
import type { Counting, ResultSink, SpotBook } from './spot-book.ts';
import type { TaxedAccount } from './taxed-ledger.ts';
import { YearlyAverageBook } from './yearly-average.ts';

/**
 * The book of a method.
 *
 * @param release - what a lot book does with the loss of a hedge when the lot that took it along is sold
 */
export function openBook(
  { superficialLoss, swaps }: Taxation,
  { method, straddles, constructiveSales }: TaxRules,
  { assets, keepGains, cashIs = 'fiat' }: TaxedAccount,
  sink: ResultSink,
  counting: Counting,
  clock: LongTermClock,
  release: LotBookRules['release'],
): SpotBook {
  switch (method) {
    case 'uk-share-matching':
      return new ShareMatchingBook(assets, sink, keepGains, counting.bySign);
    case 'average-yearly':
      return new YearlyAverageBook(assets, sink, keepGains, counting);
    case 'fr-portfolio':
      return new PortfolioBook(assets, sink, keepGains, isCoin(cashIs, swaps, method));
    case 'average-moving':
      if (superficialLoss)
        return new AdjustedCostBook({ ...superficialLoss, assets, sink, keepParts: keepGains, bySign: counting.bySign });
      break;
    case 'fifo':
    case 'lifo':
    case 'hifo':
    case 'lofo':
    case 'specific-id':
      break;
    default:
      method satisfies never;
  }
  return new LotBook({ method, assets, clock, sink, keepParts: keepGains, hedged: straddles || constructiveSales, release });
}
