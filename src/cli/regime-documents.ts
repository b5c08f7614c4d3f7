import { z } from 'zod';
import { FUNDING_READINGS } from '../tax/funding.ts';
import { LOT_METHODS } from '../tax/methods.ts';

const method = z.enum(LOT_METHODS);
const named = z.object({ name: z.string(), meaning: z.string() });
const classNames = z.object({ gains: z.string(), losses: z.string() });
const dated = z.object({
  date: z.string().describe('MM-DD'),
  yearsLater: z.int().describe('after the calendar year in which the tax year ends'),
});

const taxation = z.object({
  defaultProfile: z.string(),
  profiles: z
    .array(
      z.object({
        name: z.string(),
        rates: z
          .array(
            z.object({
              from: z.int().nullable().describe('calendar year in which the tax year begins; null: always'),
              byClass: z.record(z.string(), z.number()).readonly().describe('fractions; a class left out has no rate of its own'),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
  known: z
    .object({ from: z.int(), to: z.int() })
    .readonly()
    .describe('calendar years in which tax years with known figures begin'),
  filings: z.array(z.string()).readonly().nullable().describe('of the bands that an income brings in; null: there are none'),
  classes: z.array(named).readonly(),
  losses: z.array(named).readonly().describe('what is carried forward'),
  spot: z.object({ short: classNames, long: classNames, longAfterYears: z.number().nullable() }).readonly(),
  contracts: z
    .array(
      named.extend({
        recognised: z.enum(['close', 'year-end']),
        classes: z.array(classNames.extend({ share: z.number() })).readonly(),
      }),
    )
    .readonly()
    .describe('the first is the default'),
  fundingIncome: z
    .object({
      received: z.string().describe('under `funding: income`'),
      paid: z.string().nullable().describe('under `funding: income`; null: not deductible'),
      bothWays: z.string().describe('of receipts and payments, under `funding: income-both-ways`'),
    })
    .readonly()
    .describe('classes, where funding is income of its own'),
  fundingReadings: z
    .array(
      z.object({
        contracts: z.string().describe('way of taxing contracts'),
        apart: z
          .array(z.array(z.enum(FUNDING_READINGS)).readonly())
          .readonly()
          .describe('readings of one group differ at most in when funding counts'),
      }),
    )
    .readonly(),
  fees: z.object({ inBasis: z.boolean(), inProceeds: z.boolean() }).readonly(),
  swaps: z.enum(['disposal', 'untaxed']),
  superficialLoss: z.object({ daysBefore: z.int(), daysAfter: z.int() }).readonly().nullable(),
  withholding: z.object({ rate: z.number(), above: z.number(), class: z.string() }).readonly().nullable(),
  year: z
    .object({
      starts: z.string().describe('MM-DD'),
      due: dated,
      instalments: z.array(dated.extend({ share: z.number() })).readonly(),
    })
    .readonly(),
  rules: z.array(z.string()).readonly(),
});

/** The document of `regimes --json`. */
export const regimesDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    regimes: z
      .array(
        z.object({
          name: z.string(),
          title: z.string(),
          aliases: z.array(z.string()).readonly(),
          currency: z.string().nullable().describe('ISO 4217; null when it does not matter'),
          confidence: z.string().describe('how firm the law is'),
          lots: z
            .object({
              default: method,
              lawful: z.array(method).readonly(),
              forComparison: z.array(method).readonly().describe('not offered by the law, but computed on demand'),
              scope: z.enum(['universal', 'per-wallet']),
            })
            .readonly(),
          taxation: taxation.readonly().nullable().describe('null: nothing is ever taxed'),
          notModelled: z.array(z.string()).readonly(),
          sources: z.array(z.object({ what: z.string(), where: z.string(), asOf: z.string() }).readonly()).readonly(),
          disclaimer: z.string(),
        }),
      )
      .readonly(),
  })
  .meta({ title: 'kedge regimes --json' });

export type RegimesDocument = z.output<typeof regimesDocumentSchema>;
