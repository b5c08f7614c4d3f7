import { z } from 'zod';
import { parseDate } from '../core/time.ts';

const fraction = z.number().min(0).max(1);
const units = z.number().min(0).optional();
const feeRates = z.strictObject({
  maker: z.number().min(-0.01).max(0.1).describe('fraction of notional; negative is a rebate'),
  taker: z.number().min(-0.01).max(0.1).describe('fraction of notional'),
});

const maintenanceBand = z.strictObject({
  from: z
    .number()
    .min(0)
    .describe('notional at which the band begins: quote currency (linear) or coin (inverse); the first at 0'),
  rate: z.number().min(0).lt(1).describe('maintenance rate within the band'),
  maxLeverage: z.number().positive().optional().describe('highest leverage it may be opened with'),
});

const collateralBand = z.strictObject({
  upTo: z.number().positive().optional().describe('coins at which the band ends; without it, it has no end'),
  rate: fraction.describe('what of the coins within the band counts'),
});

const lots = z.strictObject({
  step: units.describe('quantities are whole multiples of it: coins, or quote units of inverse contracts'),
  minQuantity: units.describe('least quantity of an order'),
  minNotional: units.describe('least notional of an order, quote currency'),
  tick: units.describe('prices are whole multiples of it'),
});

/** The figures that may be given in place of a preset's, in an experiment or in a venue's own file. Rates are fractions. */
export const venueFigures = {
  asOf: z
    .string()
    .refine((text) => !Number.isNaN(parseDate(text)), {
      error: ({ input }) => `expected a date such as 2021-01-31, found "${String(input)}"`,
    })
    .optional()
    .meta({ format: 'date', description: "the preset's figures of this day, all through the run; default: the latest known" }),
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
    .union([fraction, z.record(z.string(), z.union([fraction, z.array(maintenanceBand).min(1)]))])
    .optional()
    .describe('maintenance rate of all contracts; or by base coin, a rate or bands by notional'),
  liquidationFee: fraction.optional().describe('fraction of the liquidated notional'),
  settlementFee: fraction.optional().describe('fraction of notional, when a dated contract settles'),
  lots: z.record(z.string(), lots).optional().describe('steps and minimums by symbol of the market'),
  collateral: z
    .record(z.string(), z.union([fraction, z.array(collateralBand).min(1)]))
    .optional()
    .describe('what of a coin counts as margin in multi-asset mode, by coin: a fraction, or bands by quantity'),
  participation: z.number().positive().max(1).optional().describe("largest share of a bar's volume that one order takes"),
} as const;

/**
 * `venue:` of an experiment: a preset's name or the path of a venue file, or a preset with figures of one's own.
 * Without `preset`, what is not given is free and frictionless.
 */
export const venueSetting = z.union([
  z.string().min(1).describe('a preset, or the path of a venue file, relative to the experiment'),
  z.strictObject({
    preset: z.string().min(1).default('none').describe('whose figures hold where none are given here'),
    ...venueFigures,
  }),
]);

/** A checked `venue:`. */
export type VenueSetting = z.output<typeof venueSetting>;
/** The part of a `venue:` that replaces a preset's figures. */
export type VenueOverrides = Omit<Exclude<VenueSetting, string>, 'preset'>;
