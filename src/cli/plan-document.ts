import { z } from 'zod';
import type { Decision } from '../research/decision/decide.ts';
import { Unknown } from '../research/decision/unknown.ts';

const amount = (what: string) => z.number().nullable().describe(`${what}; account currency`);

/** The document of `plan --json`. */
export const planDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    deviation: z.record(z.string(), z.number()).describe('weight less target by coin, as shares of everything'),
    hedgeNotional: amount("Bitcoin's target value less its value: negative is a short"),
    margin: amount('initial margin of that notional'),
    liquidationPrice: z.number().nullable().describe("Bitcoin's price at which the hedge is liquidated"),
    taxIfSold: amount('on selling all that is over its target down to it, today'),
    taxIfSoldLongTerm: amount('on the same sale, were all of it long-term'),
    carryPerMonth: amount('what funding brings in a month; negative: what it costs'),
    costs: z.object({
      spotOrders: amount('orders that bring every coin to its target'),
      hedgeOrders: amount('opening and closing the hedge'),
      sell: amount('all that selling now costs: tax and orders'),
      hedge: amount('all that the hedge costs, the sale at its end included'),
      days: z.number().describe('that the hedge is priced for'),
    }),
    breakEven: z.object({
      funding: z.number().nullable().describe('rate per settlement at which both ways cost the same'),
      days: z.number().nullable().describe('after which the hedge has cost as much as selling now'),
    }),
    advice: z.enum(['sell', 'hedge', 'nothing']).nullable().describe('the cheaper way'),
    orders: z
      .array(
        z.object({
          symbol: z.string(),
          notional: z.number().describe('signed, account currency'),
          quantity: z.number().nullable().describe('signed units; null without a price'),
        }),
      )
      .readonly()
      .describe('of the advice; without one, the hedge'),
    unknown: z.record(z.string(), z.string()).describe('why an answer is null, by its name'),
  })
  .meta({ title: 'kedge plan --json' });

export type PlanDocument = z.output<typeof planDocumentSchema>;

/** A decision as its document. */
export function planDocument({ deviation, answers, days, orders }: Decision): PlanDocument {
  const unknown: Record<string, string> = {};
  for (const [name, answer] of Object.entries(answers)) if (answer instanceof Unknown) unknown[name] = answer.reason;
  const value = <T>(answer: T | Unknown): T | null => (answer instanceof Unknown ? null : answer);
  return {
    schemaVersion: 1,
    deviation,
    hedgeNotional: value(answers.hedgeNotional),
    margin: value(answers.margin),
    liquidationPrice: value(answers.liquidationPrice),
    taxIfSold: value(answers.taxIfSold),
    taxIfSoldLongTerm: value(answers.taxIfSoldLongTerm),
    carryPerMonth: value(answers.carryPerMonth),
    costs: {
      spotOrders: value(answers['costs.spotOrders']),
      hedgeOrders: value(answers['costs.hedgeOrders']),
      sell: value(answers['costs.sell']),
      hedge: value(answers['costs.hedge']),
      days,
    },
    breakEven: { funding: value(answers['breakEven.funding']), days: value(answers['breakEven.days']) },
    advice: value(answers.advice),
    orders,
    unknown,
  };
}
