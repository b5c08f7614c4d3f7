import { StrategyError, type Place } from '../core/errors.ts';
import { check } from '../core/schema.ts';
import { z } from 'zod';
import { LOT_METHODS } from '../tax/methods.ts';
import type { Strategy } from './define.ts';
import { strategyPlace } from './trace.ts';
import type { Needs, NeedsContext } from './types.ts';

const needsSchema = z.strictObject({
  symbols: z.array(z.string().min(1)),
  perpetuals: z.array(z.string().min(1)).optional(),
  futures: z.array(z.string().min(1)).optional(),
  lookbackDays: z.number().min(0).optional(),
  lookbackBars: z.number().int().min(0).optional(),
  collateral: z.enum(['cash', 'coin', 'multi-asset']).optional(),
  lots: z.enum(LOT_METHODS).optional(),
});

/**
 * What a strategy needs from the market with these parameters.
 *
 * @param file - the strategy's, for messages
 * @throws {StrategyError} `strategy-threw`, `strategy-needs-wrong`
 */
export function askNeeds(
  strategy: Strategy,
  params: Readonly<Record<string, unknown>>,
  context: NeedsContext,
  file: string,
): Needs {
  let answer: unknown;
  try {
    answer = strategy.needs(params, context);
  } catch (error) {
    const at: Place = strategyPlace(error) ?? { file };
    const reason = error instanceof Error ? error.message : String(error);
    throw new StrategyError('strategy-threw', `${strategy.name} threw in needs: ${reason}`, { at, cause: error });
  }
  const checked = check(needsSchema, answer, undefined, 'needs');
  if (checked.ok) return answer as Needs;
  throw new StrategyError(
    'strategy-needs-wrong',
    `${strategy.name}: needs returned something wrong: ${checked.faults[0]!.message}`,
    {
      at: { file },
      faults: checked.faults.length > 1 ? checked.faults : [],
      hint: "return { symbols: ['BTC', …] }, with perpetuals, futures, lookbackDays or lots where they are needed",
    },
  );
}
