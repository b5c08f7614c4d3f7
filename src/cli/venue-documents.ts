import { z } from 'zod';
import { CONFIDENCE, PRODUCTS, type Confidence } from '../venue/facts.ts';

const product = z.enum(PRODUCTS);

/** The document of `venues --json`. */
export const venuesDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    venues: z
      .array(
        z.object({
          name: z.string(),
          summary: z.string(),
          feeIn: z.enum(['quote', 'received']),
          products: z.array(product).readonly(),
          dailyVariation: z.boolean().describe('whether results of open contracts are paid in cash every day'),
          facts: z
            .array(
              z.object({
                figure: z
                  .string()
                  .describe('fees, halfSpread, impact, lots, maintenance, liquidationFee, settlementFee, funding, …'),
                value: z.unknown().describe('a fraction, a text, or an object by the kind of figure; rates are fractions'),
                products: z.array(product).readonly(),
                coins: z.array(z.string()).readonly().nullable().describe('null: all that have no figure of their own'),
                from: z.string().nullable().describe('UTC date since which it is known to hold'),
                source: z.string(),
                asOf: z.string().describe('date of the source'),
                confidence: z.enum(Object.keys(CONFIDENCE) as Confidence[]),
                note: z.string().nullable(),
              }),
            )
            .readonly(),
          unknown: z
            .array(
              z.object({
                figure: z.string(),
                product,
                knownFor: z.array(z.string()).readonly().describe('coins for which it is known all the same'),
                knownUpTo: z
                  .record(z.string(), z.number())
                  .readonly()
                  .nullable()
                  .describe('size up to which bands are known, by coin'),
                needed: z.boolean().describe('whether a run with such a product must be given it'),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
  })
  .meta({ title: 'kedge venues --json' });

export type VenuesDocument = z.output<typeof venuesDocumentSchema>;
