import { z } from 'zod';
import type { NeedsContext } from '../types.ts';

// The same slack as the engine's own check (accounting.md, section 3).
const WEIGHT_SLACK = 1e-9;

/** Weights of equity by coin; what they leave to 1 stays in cash. */
export const weightsParam = z
  .record(z.string(), z.number().min(0).max(1))
  .refine((weights) => sumOf(weights) <= 1 + WEIGHT_SLACK, { error: 'weights add up to more than 1' })
  .describe("share of equity by coin; default: the experiment's target");

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
    readonly weights?: TargetRule['weights'] | undefined;
    readonly band?: number | undefined;
    readonly bandKind?: TargetRule['bandKind'] | undefined;
  },
  target: TargetRule,
): TargetRule {
  return {
    weights: params.weights ?? target.weights,
    band: params.band ?? target.band,
    bandKind: params.bandKind ?? target.bandKind,
  };
}

function sumOf(weights: Readonly<Record<string, number>>): number {
  return Object.values(weights).reduce((sum, weight) => sum + weight, 0);
}
