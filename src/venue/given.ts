import { isDerivative } from '../market/instrument.ts';
import type { CollateralTier } from './collateral.ts';
import type { Figures } from './facts.ts';
import { bracketsFrom, flatMaintenance } from './margin.ts';
import type { VenueOverrides } from './setting.ts';
import type { MaintenanceBracket, TradedInstrument } from './venue.ts';

/** The figures that an experiment or a venue file gives for one instrument, by name; what it leaves to the preset is absent. */
export function givenFigures(instrument: TradedInstrument, overrides: VenueOverrides): Partial<Figures> {
  const fees = overrides.fees?.[instrument.kind];
  const { halfSpread, impact } = overrides.slippage ?? {};
  const lots = overrides.lots?.[instrument.symbol];
  return {
    ...(fees && { fees }),
    ...(halfSpread !== undefined && { halfSpread }),
    ...(impact !== undefined && { impact }),
    ...(lots && { lots }),
    ...(isDerivative(instrument) && givenMargin(instrument, overrides)),
  };
}

function givenMargin({ base }: TradedInstrument, overrides: VenueOverrides): Partial<Figures> {
  const { liquidationFee, settlementFee } = overrides;
  const brackets = givenBrackets(base, overrides);
  return {
    ...(brackets && { maintenance: { brackets, by: 'notional', upTo: null, complete: true } }),
    ...(liquidationFee !== undefined && { liquidationFee }),
    ...(settlementFee !== undefined && { settlementFee }),
  };
}

/**
 * Reads the maintenance that is given, so that a fault in it is found before any instrument asks.
 *
 * @throws {ConfigError} `maintenance-table-invalid`
 */
export function checkGiven(overrides: VenueOverrides): void {
  const { maintenance } = overrides;
  for (const base of typeof maintenance === 'object' ? Object.keys(maintenance) : []) givenBrackets(base, overrides);
}

function givenBrackets(base: string, { maintenance }: VenueOverrides): readonly MaintenanceBracket[] | undefined {
  const stated = typeof maintenance === 'object' ? maintenance[base] : maintenance;
  if (stated === undefined) return undefined;
  if (typeof stated === 'number') return flatMaintenance(stated);
  return bracketsFrom(stated.map(({ from, rate, maxLeverage }) => [from, rate, maxLeverage ?? null]));
}

/** What the experiment or file says of a coin as collateral. */
export function givenCollateral(coin: string, { collateral }: VenueOverrides): readonly CollateralTier[] | undefined {
  const stated = collateral?.[coin];
  if (stated === undefined) return undefined;
  if (typeof stated === 'number') return [{ upTo: null, rate: stated }];
  return stated.map(({ upTo, rate }) => ({ upTo: upTo ?? null, rate }));
}
