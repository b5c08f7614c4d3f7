import type { z } from 'zod';
import type { Handlers, StrategyDefinition } from './types.ts';

/** Marks a definition across module copies: a user's file may load `kedge` from another bundle than the CLI. */
export const STRATEGY_MARK = Symbol.for('kedge.strategy');

/** A checked definition, as the engine takes it. */
export interface Strategy {
  readonly [STRATEGY_MARK]: true;
  readonly name: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly needs: StrategyDefinition['needs'];
  readonly setup: StrategyDefinition['setup'];
}

/**
 * Declares a strategy: name, summary, parameters (zod), what it needs from the market, and `setup`, which returns the handlers.
 * State lives in `setup`'s closure and is fresh for every run. Run and loader check it again for JavaScript authors.
 */
export function defineStrategy<S extends z.ZodObject, H extends Handlers>(definition: StrategyDefinition<S, H>): Strategy {
  return { ...(definition as unknown as StrategyDefinition), [STRATEGY_MARK]: true };
}
