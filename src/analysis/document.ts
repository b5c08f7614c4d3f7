import { z } from 'zod';
import { FUNDING_READINGS } from '../tax/funding.ts';
import { CAUSES } from '../tax/ledger.ts';
import { COMPARED_METRICS } from './comparison.ts';

export const DOCUMENT_SCHEMA_VERSION = 1;

const amount = z.number().describe('account currency');
const count = z.int().min(0);
const fraction = z.number().nullable();
const amountOrNull = amount.nullable();
const moment = z.number().describe('UTC ms');
const values = z.array(z.number().nullable());
const column = values.nullable().describe('one value per bar, null where there is none; null as a whole in a lean record');
const columnsBySymbol = z.record(z.string(), values).nullable();

const metrics = z.strictObject({
  initialEquity: amount,
  finalEquity: amount,
  finalAfterTax: amount,
  finalAfterLiquidation: amountOrNull,
  growthAfterLiquidation: fraction.describe('annualised log growth of afterLiquidation, flows removed'),
  totalReturn: fraction,
  cagr: fraction,
  mwr: fraction.describe('money-weighted return per year, where there are flows'),
  volatility: fraction,
  sharpe: fraction,
  sortino: fraction,
  maxDrawdown: fraction.describe('positive fraction of the running peak'),
  calmar: fraction,
  ulcer: fraction,
  underwaterDays: z.number().nullable(),
  cvar95: fraction,
  var95: fraction,
  turnover: fraction,
  futuresTurnover: fraction,
  fees: amount,
  slippage: amount,
  funding: amount.describe('account currency, positive when received'),
  interest: amount.describe('account currency, positive when received'),
  taxesPaid: amount,
  taxAccrued: amount,
  taxDeferred: amountOrNull,
  taxableDisposals: count,
  forcedSales: count,
  liquidations: count,
  orders: count,
  rejected: count,
  minMarginRatio: z.number().nullable().describe('balance / maintenance margin at intrabar marks'),
  timeOutOfBand: fraction,
  meanDrift: fraction,
  betaToBtc: z.number().nullable(),
  hedgeR2: z.number().nullable(),
  capitalInMarket: fraction,
});

const attribution = z
  .strictObject({
    netFlows: amount,
    spot: z.record(z.string(), amount),
    futures: z.record(z.string(), z.strictObject({ index: amount, basis: amount })),
    funding: amount,
    interest: amount,
    fees: amount,
    slippage: amount,
    taxes: amount,
    liquidation: amount,
  })
  .describe(
    'initialEquity + netFlows + Σ spot + Σ (index + basis) + funding + interest − fees − slippage − taxes − liquidation = finalEquity',
  );

const series = z.strictObject({
  time: z.array(moment).describe('close of each bar, UTC ms'),
  equity: column.optional(),
  afterTax: column.optional(),
  afterLiquidation: column.optional(),
  cash: column.optional(),
  drawdown: column.optional(),
  taxAccrued: column.optional(),
  taxDeferred: column.optional(),
  marginRatio: column.optional(),
  weights: columnsBySymbol.optional(),
  exposure: columnsBySymbol.optional(),
});

const fill = z.strictObject({
  time: moment,
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  quantity: z.number().min(0),
  referencePrice: z.number(),
  price: z.number(),
  fee: z.number().describe('in feeCurrency'),
  feeCurrency: z.string(),
  slippage: amount,
  realised: amount.describe('price result of closing or reducing a contract; 0 for spot'),
  tag: z.string(),
  cause: z.enum(CAUSES),
});

const lot = z.strictObject({ asset: z.string(), acquired: moment, quantity: z.number(), cost: amount });

const gain = z.strictObject({
  asset: z.string(),
  kind: z.string(),
  acquired: moment.nullable(),
  disposed: moment,
  quantity: z.number().nullable().describe('null for contracts, whose results are recognised by share'),
  proceeds: amount,
  cost: amount,
  gain: amount,
  class: z.string(),
});

const reading = z
  .strictObject({
    reading: z.string().describe('what is read otherwise, in words'),
    tax: z
      .strictObject({ funding: z.enum(FUNDING_READINGS).optional(), straddles: z.boolean().optional() })
      .describe('the choices of `tax` that make it the reading of a run'),
    taxes: amountOrNull.describe('paid, accrued, and due if all were sold at the end; account currency'),
    finalAfterLiquidation: amountOrNull,
  })
  .describe('the run replayed under another reading of the law');

const run = z.strictObject({
  id: z.string().describe('unique: the label, else the name, else name#2'),
  strategy: z.string(),
  params: z.record(z.string(), z.unknown()),
  tax: z.string(),
  metrics,
  attribution,
  notices: z.array(z.strictObject({ code: z.string(), count, first: moment.nullable() })),
  readings: z
    .array(reading)
    .optional()
    .describe('absent where no contract was traded, or no other reading differs but in when funding counts'),
  series: series.optional(),
  fills: z.array(fill).optional(),
  lots: z.array(lot).optional(),
  gains: z.array(gain).optional(),
});

/** What `compare --json` and `run --json` print: stable and versioned; undefined figures are null, never absent. */
export const comparisonDocumentSchema = z
  .strictObject({
    schemaVersion: z.literal(DOCUMENT_SCHEMA_VERSION),
    manifest: z.strictObject({
      dataHash: z.string(),
      configHash: z.string(),
      seed: z.number(),
      version: z.string(),
      node: z.string(),
      synthetic: z.boolean(),
      strategies: z.array(
        z.strictObject({ id: z.string(), name: z.string(), sourceHash: z.string(), params: z.record(z.string(), z.unknown()) }),
      ),
    }),
    market: z.strictObject({
      symbols: z.array(z.string()),
      interval: z.string(),
      from: z.string().describe('first UTC date'),
      to: z.string().describe('last UTC date, inclusive'),
      bars: count,
    }),
    runs: z.array(run),
    benchmark: z.string(),
    comparison: z
      .array(
        z.strictObject({
          id: z.string(),
          benchmark: z.string().describe('that of the document, or its counterpart under the tax regime of the run'),
          metric: z.enum(COMPARED_METRICS),
          difference: z.number().nullable(),
          low: z.number().nullable(),
          high: z.number().nullable(),
          level: z.number(),
        }),
      )
      .describe('every run against `benchmark`; then, under every other tax regime, its runs against the same strategy there'),
  })
  .meta({
    title: 'kedge compare --json',
    description: 'Amounts in account currency, rates and weights as fractions, undefined as null.',
  });

export type ComparisonDocument = z.output<typeof comparisonDocumentSchema>;
export type RunDocument = ComparisonDocument['runs'][number];
export type MetricsDocument = RunDocument['metrics'];

/** The JSON Schema of `ComparisonDocument`, as in docs/json/compare.schema.json. */
export function comparisonJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(comparisonDocumentSchema);
}
