import { isDerivative } from '../market/instrument.ts';
import type { Market } from '../market/market.ts';
import type { Assumptions } from '../result/run-result.ts';
import type { Venue } from '../venue/venue.ts';

/** What the report tells of a venue. */
export type VenueAssumptions = Pick<Assumptions, 'venue' | 'fees' | 'contracts' | 'venueSources'>;

const known = new WeakMap<Market, WeakMap<Venue, Map<boolean, VenueAssumptions>>>();

/**
 * A venue's terms for the instruments of a market, with their sources; gathered once for all runs on both.
 *
 * @param pooled - whether coins count as margin, so that their haircuts are figures in use
 */
export function venueAssumptions(market: Market, venue: Venue, pooled: boolean): VenueAssumptions {
  let ofMarket = known.get(market);
  if (!ofMarket) known.set(market, (ofMarket = new WeakMap()));
  let ofVenue = ofMarket.get(venue);
  if (!ofVenue) ofMarket.set(venue, (ofVenue = new Map()));
  let assumptions = ofVenue.get(pooled);
  if (!assumptions) ofVenue.set(pooled, (assumptions = gather(market, venue, pooled)));
  return assumptions;
}

function gather({ instruments }: Market, venue: Venue, pooled: boolean): VenueAssumptions {
  const listed = instruments.map((instrument) => ({ instrument, terms: venue.terms(instrument) }));
  const fees = listed.map(({ instrument, terms: { fees: rates, halfSpread, impact } }) => {
    return [instrument.symbol, { maker: rates.maker, taker: rates.taker, halfSpread, impact }] as const;
  });
  const contracts = listed
    .filter(({ instrument }) => isDerivative(instrument))
    .map(({ instrument, terms: { maintenance, liquidationFee, settlementFee, step, minNotional } }) => {
      const bands = maintenance.map(({ floor, rate }) => ({ floor, rate }));
      return [instrument.symbol, { maintenance: bands, liquidationFee, settlementFee, step, minNotional }] as const;
    });
  return {
    venue: venue.name,
    fees: Object.fromEntries(fees),
    contracts: Object.fromEntries(contracts),
    venueSources: venue.sources(instruments, pooled),
  };
}
