import { PRODUCTS, type Fact, type Figures, type Provenance } from '../facts.ts';
import { flatMaintenance } from '../margin.ts';
import type { VenuePreset } from '../preset.ts';
import { CONTRACTS } from './common.ts';

const RULE: Pick<Provenance, 'source' | 'asOf' | 'confidence'> = {
  source: 'by definition',
  asOf: 'always',
  confidence: 'computed',
};
const NO_MAINTENANCE: Figures['maintenance'] = {
  brackets: flatMaintenance(0),
  by: 'notional',
  upTo: null,
  complete: true,
};

const facts: readonly Fact[] = [
  { figure: 'fees', products: PRODUCTS, value: { maker: 0, taker: 0 }, ...RULE },
  { figure: 'halfSpread', products: PRODUCTS, value: 0, ...RULE },
  { figure: 'impact', products: PRODUCTS, value: 0, ...RULE },
  { figure: 'maintenance', products: CONTRACTS, value: NO_MAINTENANCE, ...RULE },
  { figure: 'liquidationFee', products: CONTRACTS, value: 0, ...RULE },
  { figure: 'settlementFee', products: CONTRACTS, value: 0, ...RULE },
  { figure: 'collateral', products: CONTRACTS, value: [{ upTo: null, rate: 1 }], ...RULE },
];

/**
 * Free and frictionless: no fees, no spread, any quantity. Contracts ask for no maintenance, so an account on it liquidates only
 * when its whole margin balance is gone.
 */
export const none: VenuePreset = {
  name: 'none',
  summary: 'free and frictionless: no fees, no spread, no steps, no maintenance margin',
  feeIn: 'quote',
  products: PRODUCTS,
  quotes: null,
  dailyVariation: false,
  facts,
};
