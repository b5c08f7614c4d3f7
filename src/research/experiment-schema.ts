import { z } from 'zod';
import { CALENDAR_UNITS, parseDate, parseInterval } from '../core/time.ts';
import { bucketParam } from '../strategy/rules/target.ts';
import { FUNDING_READINGS } from '../tax/funding.ts';
import { LOT_METHODS } from '../tax/methods.ts';
import { venueSetting } from '../venue/setting.ts';

// The experiment file, key by key; docs/json/experiment.schema.json is made from this. Rates and weights are fractions.

const name = z.string().min(1);
const symbol = name.describe('as the catalog names it, e.g. BTC');
const yearlyRate = z.number().min(-1).max(1).describe('per year, simple, act/365');
// A double tells no cents beyond.
const MOST_MONEY = 1e15;
const MOST_UNITS = 1e18;
const money = z.number().min(0).max(MOST_MONEY);
const flowAmount = z.number().min(-MOST_MONEY).max(MOST_MONEY).describe('deposit, or withdrawal if negative; account currency');

const date = z
  .string()
  .refine((text) => !Number.isNaN(parseDate(text)), {
    error: ({ input }) => `expected a date such as 2021-01-31, found "${String(input)}"`,
  })
  .transform(parseDate)
  .meta({ format: 'date', description: 'UTC date, YYYY-MM-DD' });

const interval = z
  .string()
  .refine(isInterval, {
    error: ({ input }) => `"${String(input)}" is no bar interval; expected 1d, 4h, 15m or another length that divides a day`,
  })
  .describe('length of a bar: as on disk, else aggregated from the finest that divides it');

const venueNames = z.union([name, z.array(name)]);

const market = z.strictObject({
  catalog: name.default('data').describe("directory with a catalog.json, relative to this file's folder"),
  interval: interval.default('1d'),
  from: date.describe('first UTC day, inclusive'),
  to: date.describe('last UTC day, inclusive'),
  venue: z
    .union([venueNames, z.record(name, venueNames)])
    .default([])
    .describe(
      'whose series: a name, a preference list, or a map per symbol with `default`; needed where the catalog leaves a choice',
    ),
  funding: z
    .record(name, name)
    .default({})
    .describe('venue by whose funding a perpetual settles, by its symbol, where it is not its own'),
});

const target = z.strictObject({
  weights: z
    .record(symbol, z.union([z.number().min(0).max(1), bucketParam]))
    .describe('share of equity by coin, or a bucket of coins; what is left stays in cash'),
  band: z.number().positive().max(1).default(0.05).describe('how far a weight may drift'),
  bandKind: z
    .enum(['absolute', 'relative'])
    .default('absolute')
    .describe('absolute: share of equity; relative: share of the weight'),
});

const lot = z.strictObject({
  asset: symbol,
  quantity: z.number().positive().max(MOST_UNITS).describe('units'),
  cost: money.describe('total, account currency'),
  acquired: date.describe('UTC date, not after the start'),
});

const flow = z.union([
  z.strictObject({ date, amount: flowAmount }),
  z.strictObject({ every: z.enum(CALENDAR_UNITS).describe('at each of its beginnings, 00:00 UTC'), amount: flowAmount }),
]);

const callAt = z.number().min(0).describe('share of the initial margin below which a close calls');
const callTo = z.number().min(0).describe('share of the initial margin it is raised to');
const callFrom = z.enum(['spot', 'cash', 'none']).describe('what meets the call');

// How positions are carried: where one strategy's account may differ from the others'.
const collateral = z.enum(['cash', 'coin', 'multi-asset']).describe('what margins the contracts');
const leverage = z.number().positive().max(125).describe('notional / initial margin');
const margin = z.enum(['cross', 'isolated']).describe('whether positions share one margin account');
const shortfall = z.enum(['pro-rata', 'largest', 'least-tax']).describe('which spot is sold when cash is short');
const onInsufficientMargin = z.enum(['cut', 'refuse']).describe('what happens to an order beyond free margin');
const borrowLimit = money.describe('how far cash may go below zero in multi-asset mode, account currency');

const account = z.strictObject({
  currency: z.enum(['USD', 'USDT', 'USDC']).default('USD').describe('the three count as one currency'),
  cash: money.default(0).describe('at the start, account currency'),
  lots: z.array(lot).default([]).describe('coins owned at the start, with their basis'),
  collateral: collateral.default('cash'),
  leverage: leverage.default(1),
  margin: margin.default('cross'),
  marginCall: z.strictObject({ at: callAt.default(0.5), to: callTo.default(1), from: callFrom.default('spot') }).prefault({}),
  shortfall: shortfall.default('least-tax'),
  onInsufficientMargin: onInsufficientMargin.default('cut'),
  insurance: z.boolean().default(true).describe('a liquidation never leaves the account owing money'),
  intrabar: z
    .enum(['independent', 'correlated'])
    .default('independent')
    .describe('worst marks of a bar; independent also tries each position at its own adverse extreme'),
  missingFunding: z.enum(['stop', 'zero', 'carry']).default('stop').describe('when a perpetual trades without funding data'),
  interest: z.strictObject({ cash: yearlyRate.default(0), borrow: yearlyRate.default(0.08) }).prefault({}),
  borrowLimit: borrowLimit.default(0),
  riskFree: yearlyRate.default(0).describe('per year; for the Sharpe and Sortino ratios'),
  cashIs: z
    .enum(['fiat', 'stablecoin'])
    .default('fiat')
    .describe('what cash is to a tax office: money, or a coin worth its face'),
  flows: z.array(flow).default([]).describe('deposits and withdrawals'),
});

const accountOverride = z
  .strictObject({
    collateral,
    leverage,
    margin,
    marginCall: z.strictObject({ at: callAt, to: callTo, from: callFrom }).partial(),
    shortfall,
    onInsufficientMargin,
    borrowLimit,
  })
  .partial()
  .describe('how this strategy carries its positions, where it differs from the account');

const taxRegime = name.describe('a name or ISO code (see `kedge regimes`), or the path of a YAML file of your own');
const tax = z.union([
  taxRegime,
  z.strictObject({
    regime: taxRegime,
    profile: name.optional().describe("who is taxed; default: the regime's"),
    rates: z.record(name, z.number().min(0).max(1)).optional().describe("rates by class, in place of the profile's"),
    lots: z
      .enum(LOT_METHODS)
      .optional()
      .describe("which lots a sale takes; default: what the strategy asks for, else the regime's"),
    payFrom: z.enum(['portfolio', 'outside']).default('portfolio').describe('whether bills leave the account'),
    funding: z
      .enum(FUNDING_READINGS)
      .default('result')
      .describe(
        "part of the contract's result, or income when paid: as the regime has it, or with payments deducted (both ways)",
      ),
    law: z.enum(['today', 'historical']).default('today').describe('figures of the latest year, or of each year'),
    contracts: name.optional().describe('how contracts are taxed, where the regime knows several ways; default: its first'),
    income: z
      .number()
      .min(0)
      .optional()
      .describe("the holder's other taxable income, regime currency a year: brackets for flat rates"),
    filing: name.optional().describe('filing status, where brackets know several'),
    scope: z
      .enum(['universal', 'per-wallet'])
      .optional()
      .describe('whether lots are matched within a wallet only; an account is one wallet'),
    instalments: z.boolean().optional().describe('make the prepayments that the law has'),
    straddles: z.boolean().optional().describe('a hedge defers losses and restarts holding periods (US section 1092)'),
    constructiveSales: z
      .boolean()
      .optional()
      .describe('a hedge of a coin with a gain counts as its sale (US section 1259, as pending)'),
    zone: name.optional().describe('IANA time zone of tax dates; default UTC'),
    ordinaryOffset: z
      .number()
      .min(0)
      .optional()
      .describe('net capital loss that reduces ordinary income, regime currency per year'),
    fx: z
      .record(name, z.number().positive())
      .optional()
      .describe(
        'account currency per unit of a foreign one, for regimes that reckon in another currency; else a series of kind fx, else shipped rates',
      ),
  }),
]);

const params = z.record(name, z.unknown()).describe('its parameters; see `kedge strategies <name>`');
const strategyEntry = z.union([
  name.describe('a shipped strategy, or a path to a .ts or .js file'),
  z.strictObject({
    use: name.describe('a shipped strategy, or a path to a .ts or .js file'),
    label: name.optional().describe('its id in results'),
    params: params.default({}),
    account: accountOverride.default({}),
  }),
  z
    .record(name, params.nullable())
    .refine((entry) => Object.keys(entry).length === 1, { error: 'expected one strategy with its parameters: `- name: { … }`' })
    .meta({ minProperties: 1, maxProperties: 1, description: 'name: { parameters }' }),
]);

/** One experiment file, its defaults filled in; dates as UTC milliseconds. */
export const experimentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('where an editor finds this schema; nothing else reads it'),
    name: name.default('Spot rebalancing or a futures anchor?').describe('title of the report'),
    market,
    target,
    account: account.prefault({}),
    venue: venueSetting.default('binance').describe('fees, spreads and margin rules: a preset, or one with figures of your own'),
    tax: z
      .union([tax, z.array(tax).min(1)])
      .default('us')
      .describe('a regime, or several: then one run per strategy and regime'),
    fill: z.enum(['next-open', 'close']).default('next-open').describe('close is optimistic: the price that was just seen'),
    strategies: z.array(strategyEntry).min(1).describe('what is compared: names, `name: { parameters }`, or in full'),
    benchmark: name
      .default('spot-tax-aware')
      .describe('id, strategy or path that the others are measured against; added when not listed'),
    seed: z.int().default(42).describe('of all randomness'),
  })
  .meta({ title: 'kedge experiment' });

/** What an experiment file says, defaults filled in. */
export type ExperimentSettings = z.output<typeof experimentSchema>;
export type StrategySetting = ExperimentSettings['strategies'][number];
export type AccountOverride = z.output<typeof accountOverride>;
export type TaxSetting = z.output<typeof tax>;

function isInterval(text: string): boolean {
  try {
    return parseInterval(text) > 0;
  } catch {
    return false; // The schema says what was expected.
  }
}
