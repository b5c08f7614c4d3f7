import { z } from 'zod';
import { VERDICTS } from '../analysis/claims/verdict.ts';
import { CHECKS } from '../research/check/finding.ts';

// What `--json` gives besides the comparison; docs/json/*.schema.json are made from these.

const placeSchema = z
  .object({ file: z.string().nullable(), line: z.int().nullable(), column: z.int().nullable() })
  .describe('lines and columns count from 1');

const faultSchema = z.object({
  message: z.string().describe('what was found, where, what was expected'),
  hint: z.string().nullable().describe('what to do next'),
  at: placeSchema.nullable(),
});

/** The document of any `--json` command that fails. */
export const errorDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    error: faultSchema.extend({
      code: z.string().describe('stable; see docs/errors.md'),
      faults: z.array(faultSchema).describe('all faults of the input, when it has more than one'),
    }),
  })
  .meta({ title: 'kedge … --json, on failure' });

/** The document of `strategies --json`. */
export const strategiesDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    strategies: z.array(
      z.object({
        name: z.string(),
        summary: z.string(),
        parameters: z.array(
          z.object({
            name: z.string(),
            description: z.string().nullable(),
            required: z.boolean(),
            default: z.unknown().describe('null when there is none'),
            schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the value'),
          }),
        ),
      }),
    ),
  })
  .meta({ title: 'kedge strategies --json' });

/** The document of `check --json`. */
export const checkDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    strategy: z.string().nullable().describe('null when the file does not load'),
    file: z.string(),
    verdict: z.enum(['sound', 'found']).describe('found: exit code 3'),
    market: z
      .object({ symbols: z.array(z.string()), interval: z.string(), bars: z.int() })
      .nullable()
      .describe('what it was tried on; null when it does not run'),
    checks: z.array(
      z.object({
        check: z.enum(CHECKS),
        verdict: z.enum(['passed', 'found', 'skipped']),
        summary: z.string(),
        findings: z.array(
          z.object({
            message: z.string(),
            bar: z.int().nullable().describe('of the run, 0 its first'),
            time: z.number().nullable().describe("the bar's close, UTC ms"),
            at: placeSchema.nullable(),
          }),
        ),
        notes: z.array(z.string()),
      }),
    ),
    microsecondsPerBar: z.number().nullable().describe("in the strategy's own code; depends on the machine"),
  })
  .meta({ title: 'kedge check --json' });

/** The document of `new --json`. */
export const newDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    name: z.string(),
    files: z.array(z.string()).describe('written'),
    linked: z.boolean().describe('whether node_modules/kedge was made, so that the files find kedge'),
    commands: z.array(z.string()).describe('what to run next'),
  })
  .meta({ title: 'kedge new --json' });

const effectShape = {
  effect: z.number(),
  low: z.number().nullable().describe('95% interval; null with too few days, equal to the effect where it is a count'),
  high: z.number().nullable(),
};

/** The document of `claims --json`. */
export const claimsDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    name: z.string().describe('of the experiment'),
    synthetic: z.boolean().describe('true: no evidence about any market'),
    dataHash: z.string(),
    market: z.object({ symbols: z.array(z.string()), interval: z.string(), from: z.string(), to: z.string(), bars: z.int() }),
    claims: z
      .array(
        z.object({
          id: z.int(),
          section: z.string().describe('of the article'),
          claim: z.string(),
          verdict: z.enum(VERDICTS),
          measure: z.string().nullable().describe('with its unit; null where nothing can be measured'),
          effect: z.number().nullable(),
          low: z.number().nullable(),
          high: z.number().nullable(),
          threshold: z.number().nullable(),
          direction: z.enum(['above', 'below']).nullable().describe('side of the threshold on which the claim holds'),
          regimes: z.array(z.object({ regime: z.string(), ...effectShape })),
          variants: z.array(z.object({ name: z.string(), ...effectShape })).describe('corrected forms and counterfactuals'),
          runs: z
            .array(z.object({ id: z.string(), hash: z.string() }))
            .describe('what the figures come from, with the hash of each configuration'),
          note: z.string(),
          missing: z.string().nullable().describe('why nothing was measured here'),
        }),
      )
      .describe('always all of them, in their order'),
  })
  .meta({ title: 'kedge claims --json' });

export type FaultDocument = z.output<typeof faultSchema>;
export type ErrorDocument = z.output<typeof errorDocumentSchema>;
export type StrategiesDocument = z.output<typeof strategiesDocumentSchema>;
export type CheckDocument = z.output<typeof checkDocumentSchema>;
export type NewDocument = z.output<typeof newDocumentSchema>;
export type ClaimsDocument = z.output<typeof claimsDocumentSchema>;
