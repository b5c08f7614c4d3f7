import { z } from 'zod';
import type { NeedsContext, Portfolio, Step } from '../types.ts';

// The same slack as the engine's own check (accounting.md, section 3).
const WEIGHT_SLACK = 1e-9;
/** Days that a bucket's volatilities look back. */
export const BUCKET_DAYS = 90;

const share = z.number().min(0).max(1);

interface BucketSetting {
  readonly weight: number;
  readonly of: readonly string[];
  readonly by: 'value' | 'equal' | 'inverseVolatility';
}

/** Weights as they are written: a share of equity by coin, or a bucket of coins. */
export type WeightsSetting = Readonly<Record<string, number | BucketSetting>>;

/** A weight that several coins share. */
export const bucketParam = z.strictObject({
  weight: share.describe('share of equity of the whole bucket'),
  of: z.array(z.string().min(1)).min(1).describe('its members'),
  by: z
    .enum(['value', 'equal', 'inverseVolatility'])
    .default('equal')
    .describe(
      'how the weight is split. equal: one share each; value: as the members weigh now, so that only the bucket as a whole is ' +
        'rebalanced; inverseVolatility: by 1 / volatility of the trailing 90 days. Both start as equal',
    ),
});

/** Weights of equity by coin, or buckets of coins; what they leave to 1 stays in cash. */
export const weightsParam = z
  .record(z.string(), z.union([share, bucketParam]))
  .refine((weights) => sumOf(weights) <= 1 + WEIGHT_SLACK, { error: 'weights add up to more than 1' })
  .refine((weights) => repeatedCoin(weights) === undefined, {
    error: ({ input }) => `${repeatedCoin(input as WeightsSetting)} has two weights`,
  })
  .describe("share of equity by coin, or buckets of coins; default: the experiment's target");

/** Parameters that let a strategy aim elsewhere than the experiment's target: spread them into `z.object`. */
export const targetParams = {
  weights: weightsParam.optional(),
  band: z.number().positive().max(1).optional().describe("drift that triggers; default: the experiment's band"),
  bandKind: z
    .enum(['absolute', 'relative'])
    .optional()
    .describe("absolute: the band is a share of equity; relative: of the weight; default: the experiment's"),
};

export type TargetRule = NeedsContext['target'];

/** The parameters where they are given, else the experiment's target. */
export function targetOf(
  params: {
    readonly weights?: WeightsSetting | undefined;
    readonly band?: number | undefined;
    readonly bandKind?: TargetRule['bandKind'] | undefined;
  },
  target: TargetRule,
): TargetRule {
  const { band, bandKind, coins, ...split } = target;
  return {
    ...(params.weights === undefined ? split : splitBuckets(params.weights)),
    ...(coins !== undefined && { coins }),
    band: params.band ?? band,
    bandKind: params.bandKind ?? bandKind,
  };
}

/** A weight per coin, buckets split equally; those whose split moves with the market are listed as well. */
export function splitBuckets(weights: WeightsSetting): Pick<TargetRule, 'weights' | 'buckets'> {
  const buckets = Object.entries(weights).flatMap(([name, weight]) =>
    typeof weight === 'number' || weight.by === 'equal' ? [] : [{ name, weight: weight.weight, of: weight.of, by: weight.by }],
  );
  const single = Object.entries(weights).flatMap(([coin, weight]): [string, number][] =>
    typeof weight === 'number' ? [[coin, weight]] : weight.of.map((member) => [member, weight.weight / weight.of.length]),
  );
  return { weights: Object.fromEntries(single), ...(buckets.length > 0 && { buckets }) };
}

/**
 * The target with the weights that its buckets have now: `value` as the members weigh in the account, `inverseVolatility` by 1 / σ. Where
 * none is held, or a volatility is unknown, the members share equally.
 */
export function targetNow(rule: TargetRule, { market, portfolio }: Pick<Step, 'market' | 'portfolio'>): TargetRule {
  if (rule.buckets === undefined) return rule;
  const weights = { ...rule.weights };
  for (const { weight, of, by } of rule.buckets) {
    const parts = of.map((coin) => (by === 'value' ? portfolio.value(coin) : 1 / market.volatility(coin, BUCKET_DAYS)));
    const total = parts.reduce((sum, part) => sum + part, 0);
    of.forEach((coin, i) => (weights[coin] = total > 0 && total < Infinity ? (weight * parts[i]!) / total : weight / of.length));
  }
  return { ...rule, weights };
}

/** Days of look-back that a target's buckets need. */
export function targetLookback({ buckets = [] }: TargetRule): number {
  return buckets.some(({ by }) => by === 'inverseVolatility') ? BUCKET_DAYS + 1 : 0;
}

/**
 * The weights nearest to the account's own that leave every coin inside its band: all drifts are shrunk by the same share, until the worst
 * stands on its edge. The target's own weights where nothing is drifted.
 *
 * @param rule - with the weights of now
 */
export function edgeWeights(rule: TargetRule, portfolio: Pick<Portfolio, 'weight'>): Record<string, number> {
  const { weights, band, bandKind } = rule;
  const drifts = Object.entries(weights).map(([symbol, weight]) => {
    return { symbol, weight, drift: portfolio.weight(symbol) - weight, edge: bandKind === 'relative' ? band * weight : band };
  });
  // What stands on its edge is inside it, but for the costs of getting there.
  const kept = drifts.reduce((least, { drift, edge }) => (drift === 0 ? least : Math.min(least, edge / Math.abs(drift))), 1);
  return Object.fromEntries(drifts.map(({ symbol, weight, drift }) => [symbol, Math.max(0, weight + kept * drift)]));
}

/** How far a rebalance goes: spread into `z.object`. */
export const toParam = z
  .enum(['target', 'edge'])
  .default('target')
  .describe("target: to the weights; edge: only as far as the band's edge, so that less is traded");

/** What the target's weights leave in cash, as a share of equity. */
export function cashWeightOf({ weights }: Pick<TargetRule, 'weights'>): number {
  return 1 - Object.values(weights).reduce((sum, weight) => sum + weight, 0);
}

function sumOf(weights: WeightsSetting): number {
  return Object.values(weights).reduce<number>((sum, weight) => sum + (typeof weight === 'number' ? weight : weight.weight), 0);
}

function repeatedCoin(weights: WeightsSetting): string | undefined {
  const coins = Object.entries(weights).flatMap(([coin, weight]) => (typeof weight === 'number' ? [coin] : weight.of));
  return coins.find((coin, i) => coins.indexOf(coin) < i);
}
