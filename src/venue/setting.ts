import { z } from 'zod';

const fraction = z.number().min(0).max(1);
const feeRates = z.strictObject({
  maker: z.number().min(-0.01).max(0.1).describe('fraction of notional; negative is a rebate'),
  taker: z.number().min(-0.01).max(0.1).describe('fraction of notional'),
});

/**
 * `venue:` of an experiment: a preset's name, or a preset with figures of one's own. Rates are fractions.
 * Without `preset`, what is not given is free and frictionless.
 */
export const venueSetting = z.union([
  z.string().min(1),
  z.strictObject({
    preset: z.string().min(1).default('none').describe('whose figures hold where none are given here'),
    fees: z.strictObject({ spot: feeRates, perpetual: feeRates, future: feeRates }).partial().optional(),
    slippage: z
      .strictObject({
        halfSpread: fraction.optional().describe('half the bid-ask spread, fraction of price'),
        impact: z.number().min(0).max(10).optional().describe('coefficient Y of Y·σ·√(quantity / ADV); 0: off'),
      })
      .optional(),
    feeIn: z.enum(['quote', 'received']).optional().describe('received: the fee of a spot buy is kept from the coin bought'),
    spotVenue: z.string().min(1).optional().describe("preset of the spot leg; default: the preset's own, else binance"),
    maintenance: z
      .union([fraction, z.record(z.string(), fraction)])
      .optional()
      .describe('maintenance rate of all contracts, or by base coin'),
    liquidationFee: fraction.optional().describe('fraction of the liquidated notional'),
    participation: z.number().positive().max(1).optional().describe("largest share of a bar's volume that one order takes"),
  }),
]);

/** A checked `venue:`. */
export type VenueSetting = z.output<typeof venueSetting>;
/** The part of a `venue:` that replaces a preset's figures. */
export type VenueOverrides = Exclude<VenueSetting, string>;
