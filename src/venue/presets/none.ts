import { flatMaintenance } from '../margin.ts';
import type { VenuePreset } from '../preset.ts';
import { isDerivative } from '../../market/instrument.ts';

const FREE = { maker: 0, taker: 0 };
const NO_MAINTENANCE = flatMaintenance(0);

/**
 * Free and frictionless: no fees, no spread, any quantity. Contracts ask for no maintenance, so an account on it liquidates only
 * when its whole margin balance is gone.
 */
export const none: VenuePreset = {
  name: 'none',
  summary: 'free and frictionless: no fees, no spread, no steps, no maintenance margin',
  feeIn: 'quote',
  facts: (instrument) => ({
    fees: FREE,
    halfSpread: 0,
    impact: 0,
    maintenance: isDerivative(instrument) ? NO_MAINTENANCE : [],
    liquidationFee: 0,
  }),
  sources: [],
};
