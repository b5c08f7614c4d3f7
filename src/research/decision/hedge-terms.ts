import { KedgeError } from '../../core/errors.ts';
import { DAY, HOUR, YEAR } from '../../core/time.ts';
import { collateralQuantity } from '../../venue/collateral.ts';
import { findFact, productOf } from '../../venue/facts.ts';
import {
  collateralisedLiquidationPrice,
  inverseLiquidationPrice,
  linearLiquidationPrice,
} from '../../venue/liquidation-price.ts';
import type { InstrumentTerms, TradedInstrument, Venue } from '../../venue/venue.ts';
import { isVenueFile, presetOf, venueOf } from '../venue-file.ts';
import { Unknown, follows, type Known } from './unknown.ts';

export type Collateral = 'cash' | 'coin' | 'multi-asset';

/** A venue as one decision asks it. */
export interface HedgeTerms {
  /** Cost of a market order as a share of its value: taker fee and half the spread. */
  spotCost(symbol: string): Known<number>;
  /** The same of an order on the hedge's contract. */
  readonly contractCost: Known<number>;
  /** Funding settlements of the contract. */
  readonly settlementsPerYear: Known<number>;
  /** Mark at which a hedge liquidates. */
  liquidationPrice(hedge: PlannedHedge): Known<number>;
  /** Symbol by which orders name the contract. */
  readonly symbol: string;
}

/** A hedge as it would be opened. */
export interface PlannedHedge {
  /** Signed, account currency. */
  readonly notional: number;
  readonly price: number;
  /** Initial margin, account currency. */
  readonly margin: number;
  readonly cash: number;
  /** Units of the hedged coin that are held. */
  readonly units: number;
}

/**
 * What a venue says of hedging one coin with its perpetual: the linear one, or the inverse one where coins are the collateral.
 *
 * @param venueName - a preset, or the path of a venue file
 * @throws {ConfigError} `venue-unknown`, and as `venueOf`
 */
export function hedgeTerms(venueName: string, base: string, collateral: Collateral): HedgeTerms {
  const preset = presetOf(venueName, '.');
  const venue = venueOf(venueName, '.');
  const contract: TradedInstrument = {
    symbol: `${base}-PERP`,
    kind: 'perpetual',
    contract: collateral === 'coin' ? 'inverse' : 'linear',
    base,
    quote: preset.quotes?.[0] ?? 'USD',
  };
  const terms = termsOf(venue, contract);
  const product = productOf(contract);
  const fees = findFact(preset.facts, 'fees', product, base)?.value;
  const halfSpread = findFact(preset.facts, 'halfSpread', product, base)?.value;
  const funding = findFact(preset.facts, 'funding', product, base)?.value;
  return {
    symbol: contract.symbol,
    spotCost: (symbol) =>
      follows(termsOf(venue, { symbol, kind: 'spot', contract: null, base: symbol, quote: contract.quote }), costOf),
    // Fees may be known where margin rules are not; those of a venue file stand in its terms.
    contractCost: !isVenueFile(venueName) && fees && halfSpread !== undefined ? fees.taker + halfSpread : follows(terms, costOf),
    settlementsPerYear: settlementsOf(venueName, funding?.intervalHours),
    liquidationPrice: (hedge) =>
      follows(terms, ({ maintenance }) => liquidation(hedge, collateral, { maintenance, venue, base })),
  };
}

const NOT_KNOWN = ['venue-fact-unknown', 'venue-without-product'];

function termsOf(venue: Venue, instrument: TradedInstrument): Known<InstrumentTerms> {
  try {
    return venue.terms(instrument);
  } catch (error) {
    if (error instanceof KedgeError && NOT_KNOWN.includes(error.code)) return new Unknown(error.message);
    throw error;
  }
}

function costOf({ fees, halfSpread }: InstrumentTerms): number {
  return fees.taker + halfSpread;
}

// A venue without figures of its own (none) settles as most do.
function settlementsOf(venue: string, intervalHours: number | null | undefined): Known<number> {
  if (intervalHours === null) return new Unknown(`${venue} settles funding continuously, not at a rate per settlement`);
  return YEAR / ((intervalHours ?? DAY / (3 * HOUR)) * HOUR);
}

/** Cash stands behind the hedge, or at least its margin, which would have to be paid in. */
function liquidation(
  { notional, price, margin, cash, units }: PlannedHedge,
  collateral: Collateral,
  { maintenance, venue, base }: { maintenance: InstrumentTerms['maintenance']; venue: Venue; base: string },
): Known<number> {
  const linear = { quantity: notional / price, entry: price, brackets: maintenance };
  switch (collateral) {
    case 'cash':
      return linearLiquidationPrice({ ...linear, balance: Math.max(cash, margin) }) ?? never;
    case 'coin':
      return (
        inverseLiquidationPrice({ notional, entry: price, balance: Math.max(units, margin / price), brackets: maintenance }) ??
        never
      );
    case 'multi-asset': {
      const tiers = venue.collateral(base);
      if (tiers === null) return new Unknown(`${venue.name} does not say what of ${base} counts as margin`);
      return collateralisedLiquidationPrice({ ...linear, balance: cash }, collateralQuantity(units, tiers)) ?? never;
    }
    default:
      return collateral satisfies never;
  }
}

const never = new Unknown('no price does it: what stands behind the hedge grows as fast as its loss');
