import { z } from 'zod';
import { confirmParams } from './confirm.ts';
import { OBJECTIVES, type Objective } from './objective.ts';

export const EXITS = ['hold', 'untilLongTerm', 'thenSell', 'profitToAlts'] as const;
export type Exit = (typeof EXITS)[number];

/** How the position is carried: spread into `z.object`. */
export const carryParams = {
  leverage: z.number().positive().max(125).optional().describe("notional / initial margin; default: the account's"),
  collateral: z.enum(['cash', 'coin', 'multi-asset']).optional().describe("what margins the hedge; default: the account's"),
  maxCarry: z
    .number()
    .optional()
    .describe(
      'yearly cost of the hedge by the funding of the last 7 days, as a share of its notional, past which it is not opened and is ' +
        'closed; negative: only a hedge that is paid for; default: whatever it costs',
    ),
};

/** What ends a hedge: spread into `z.object`. */
export function exitParams(fallback: Exit) {
  return {
    exit: z
      .enum(EXITS)
      .default(fallback)
      .describe(
        'hold: until the drift is gone; untilLongTerm: until the excess can be sold without a short-term gain, then sell it; thenSell: ' +
          'for sellAfterDays, then sell it; profitToAlts: until the drift is gone, and the profit buys what is short',
      ),
    sellAfterDays: z.number().positive().default(90).describe('for thenSell: days from the opening of the hedge to the sale'),
  };
}

/** Size of a hedge, one objective of those given as the default: spread into `z.object`. */
export function objectiveParams(fallback: Objective) {
  return {
    objective: z
      .enum(OBJECTIVES)
      .default(fallback)
      .describe(
        "literal: the article's sign and size; btcWeight: Bitcoin's exposure at its weight; matchBeta: the target's BTC beta; minVariance: " +
          'targetBeta; twoLeg: every exposure at its weight, by a contract on each coin',
      ),
    targetBeta: z.number().default(0).describe('for minVariance: BTC beta of the account that the hedge leaves'),
    rehedge: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe(
        'change of the wanted notional, as a share of equity, that re-sizes the hedge; default: half the band, and never for literal',
      ),
  };
}

/** Every parameter of an anchored strategy but its target. */
export function anchorParams(objective: Objective, exit: Exit = 'hold') {
  return { ...objectiveParams(objective), ...carryParams, ...confirmParams, ...exitParams(exit) };
}

/** Values of `anchorParams`. */
export type AnchorParams = z.output<z.ZodObject<ReturnType<typeof anchorParams>>>;
