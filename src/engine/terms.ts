import type { Market } from '../market/market.ts';
import { sharesOf } from '../tax/exit.ts';
import type { Shares } from '../tax/exit.ts';
import { flattenBrackets } from '../venue/margin.ts';
import type { BracketTable } from '../venue/margin.ts';
import type { InstrumentTerms, MaintenanceBracket, Venue } from '../venue/venue.ts';

/** A venue's terms as columns, one value per instrument of the market: what the kernel reads. Fractions unless said. */
export interface Terms {
  readonly maker: Float64Array;
  readonly taker: Float64Array;
  readonly halfSpread: Float64Array;
  /** 1 where spread and taker's fee are the same for every coin. */
  readonly uniform: 0 | 1;
  /** What half the spread leaves of the value of coins that are sold, and what the taker's fee leaves besides. */
  readonly afterSpread: Shares;
  readonly kept: Shares;
  readonly impact: Float64Array;
  /** Largest share of a bar's volume that one order takes; Infinity: no cap. */
  readonly participation: Float64Array;
  /** Whether any instrument has such a cap. */
  readonly capped: boolean;
  /** Units. */
  readonly step: Float64Array;
  /** Whether any instrument has such a step. */
  readonly stepped: boolean;
  /** Units. */
  readonly minQuantity: Float64Array;
  /** Quote currency. */
  readonly minNotional: Float64Array;
  /** Whether any instrument has a minimum. */
  readonly minimums: boolean;
  /** Prices of limit orders are whole multiples of it; 0: any. */
  readonly tick: Float64Array;
  readonly liquidationFee: Float64Array;
  /** Fraction of notional charged when a dated contract settles. */
  readonly settlementFee: Float64Array;
  /** Brackets per contract, 0-based after the spot instruments. */
  readonly maintenance: BracketTable;
  /** The same brackets as lists, for closed-form liquidation prices. */
  readonly brackets: readonly (readonly MaintenanceBracket[])[];
  readonly feeInReceived: boolean;
}

const compiled = new WeakMap<Market, WeakMap<Venue, Terms>>();

/**
 * Asks the venue for the terms of every instrument, once for all runs on one market and venue.
 *
 * @throws {ConfigError} `venue-fact-unknown` from the venue
 */
export function compileTerms(market: Market, venue: Venue): Terms {
  let known = compiled.get(market);
  if (!known) compiled.set(market, (known = new WeakMap()));
  let terms = known.get(venue);
  if (!terms) known.set(venue, (terms = compile(market, venue)));
  return terms;
}

function compile(market: Market, venue: Venue): Terms {
  const terms = market.instruments.map((instrument) => venue.terms(instrument));
  const brackets = terms.slice(market.spotCount).map((of) => of.maintenance);
  const column = (read: (of: (typeof terms)[number]) => number): Float64Array => Float64Array.from(terms, read);
  const coins = terms.slice(0, market.spotCount);
  return {
    maker: column((of) => of.fees.maker),
    taker: column((of) => of.fees.taker),
    halfSpread: column((of) => of.halfSpread),
    uniform: coins.every((of) => alike(of, terms[0]!)) ? 1 : 0,
    afterSpread: sharesOf(Float64Array.from(coins, (of) => 1 - of.halfSpread)),
    kept: sharesOf(Float64Array.from(coins, (of) => (1 - of.halfSpread) * (1 - of.fees.taker))),
    impact: column((of) => of.impact),
    participation: column((of) => of.participation),
    capped: terms.some((of) => of.participation < Infinity),
    step: column((of) => of.step),
    stepped: terms.some((of) => of.step !== 0),
    minQuantity: column((of) => of.minQuantity),
    minNotional: column((of) => of.minNotional),
    minimums: terms.some((of) => of.minQuantity > 0 || of.minNotional > 0),
    tick: column((of) => of.tick),
    liquidationFee: column((of) => of.liquidationFee),
    settlementFee: column((of) => of.settlementFee),
    maintenance: flattenBrackets(brackets),
    brackets,
    feeInReceived: venue.feeIn === 'received',
  };
}

function alike(a: InstrumentTerms, b: InstrumentTerms): boolean {
  return a.halfSpread === b.halfSpread && a.fees.taker === b.fees.taker;
}
