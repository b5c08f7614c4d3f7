import { z } from 'zod';
import { formatDate } from '../core/time.ts';
import { DISCLAIMER, describeTax } from '../tax/describe.ts';
import { LOT_METHODS } from '../tax/methods.ts';
import type { TaxSetup } from '../tax/setup.ts';
import type { TaxStatement } from '../tax/transactions/statement.ts';

const amount = z.number().describe('currency of the file');
const date = z.string().describe('UTC date');
const byClass = z.record(z.string(), z.number());

/** The document of `tax --json`. */
export const taxDocumentSchema = z
  .object({
    schemaVersion: z.literal(1),
    file: z.string(),
    regime: z.string(),
    profile: z.string().nullable(),
    lots: z.enum(LOT_METHODS),
    law: z.enum(['today', 'historical']),
    currency: z.string().describe('of the file'),
    taxCurrency: z.string().describe('of the regime: that of results by year and of tax'),
    gains: z.array(
      z.object({
        asset: z.string(),
        kind: z.enum(['spot', 'derivative', 'funding']),
        acquired: date.nullable().describe('null: a pool, or a contract'),
        disposed: date,
        quantity: z.number().nullable(),
        proceeds: amount,
        cost: amount,
        denied: amount.describe('loss that was denied and added to the cost of what is held'),
        gain: amount.describe('proceeds − cost + denied'),
        class: z.string(),
        rule: z.string().describe('lot, same-day, 30-day, s104, average or portfolio; empty for contracts'),
        lines: z.array(z.int()).describe('lines of the file that were sold here'),
        lot: z.int().nullable().describe('line of the purchase'),
        provisional: z.boolean().describe('whether a later purchase may still change it'),
      }),
    ),
    years: z.array(
      z.object({
        start: date,
        end: date.describe('last day'),
        results: byClass.describe("net result per class, regime's currency"),
        carried: byClass.describe('losses that go on into the next year'),
        tax: z.number().describe('below 0: a refund'),
        due: date,
        provisional: z.boolean(),
        exempt: z.boolean().describe('whether its sales of coins were too small to be taxed'),
      }),
    ),
    totals: z.object({
      proceeds: amount,
      cost: amount,
      denied: amount,
      gain: amount,
      tax: z.number().describe("regime's currency"),
      withheld: amount,
    }),
    open: z.array(
      z.object({
        asset: z.string(),
        wallet: z.string().nullable(),
        acquired: date.nullable(),
        quantity: z.number(),
        cost: amount,
        lot: z.int().nullable(),
      }),
    ),
    description: z.array(z.string()),
    notModelled: z.array(z.string()),
    sources: z.array(z.string()),
    disclaimer: z.string(),
  })
  .meta({ title: 'kedge tax --json' });

export type TaxDocument = z.output<typeof taxDocumentSchema>;

/** Methods under which what is held are lots, each with its date; the others hold pools. */
const KEEPS_LOTS: readonly string[] = ['fifo', 'lifo', 'hifo', 'lofo', 'specific-id'];

/** A statement as `tax --json` gives it. */
export function taxDocument(
  file: string,
  { rules, currency, lines, years, open, withheld }: TaxStatement,
  setup: TaxSetup,
): TaxDocument {
  const { description, notModelled, sources } = describeTax(setup);
  const sum = (of: 'proceeds' | 'cost' | 'denied' | 'gain'): number => lines.reduce((total, line) => total + line[of], 0);
  return {
    schemaVersion: 1,
    file,
    regime: rules.regime.name,
    profile: rules.profile,
    lots: rules.method,
    law: rules.law,
    currency,
    taxCurrency: rules.regime.currency ?? currency,
    gains: lines.map((line) => ({
      asset: line.asset,
      kind: line.kind,
      acquired: dateOrNull(line.acquired),
      disposed: formatDate(line.disposed),
      quantity: line.quantity,
      proceeds: line.proceeds,
      cost: line.cost,
      denied: line.denied,
      gain: line.gain,
      class: line.class,
      rule: line.rule,
      lines: [...line.lines],
      lot: line.lot,
      provisional: line.provisional,
    })),
    years: years.map(({ start, end, results, carried, tax, due, provisional, exempt }) => ({
      start: formatDate(start),
      end: formatDate(end - 1),
      results,
      carried,
      tax,
      due: formatDate(due),
      provisional,
      exempt,
    })),
    totals: {
      proceeds: sum('proceeds'),
      cost: sum('cost'),
      denied: sum('denied'),
      gain: sum('gain'),
      tax: years.reduce((total, { tax }) => total + tax, 0),
      withheld,
    },
    open: open.map(({ asset, wallet, acquired, quantity, cost, seq }) => ({
      asset,
      wallet,
      acquired: KEEPS_LOTS.includes(rules.method) ? dateOrNull(acquired) : null,
      quantity,
      cost,
      lot: seq,
    })),
    description: [...description],
    notModelled: [...notModelled],
    sources: [...sources],
    disclaimer: DISCLAIMER,
  };
}

function dateOrNull(time: number | null): string | null {
  return time === null || Number.isNaN(time) ? null : formatDate(time);
}

const CSV_COLUMNS = [
  'disposed',
  'asset',
  'kind',
  'acquired',
  'quantity',
  'proceeds',
  'cost',
  'denied',
  'gain',
  'class',
  'rule',
  'lot',
] as const;

/** The gain lines as CSV with a header; numbers in full, lines of the file joined by spaces. */
export function gainsCsv({ gains }: TaxDocument): string {
  const rows = gains.map((line) => [...CSV_COLUMNS.map((name) => cell(line[name])), line.lines.join(' ')].join(','));
  return [`${CSV_COLUMNS.join(',')},lines`, ...rows, ''].join('\n');
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
