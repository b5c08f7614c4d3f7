import { defineStrategy, type Strategy } from '../../src/strategy/define.ts';
import type { Handlers, Step } from '../../src/strategy/types.ts';
import { z } from 'zod';

/** A strategy that does what it is told at given bars of the run, and hears what `also` says. */
export function script(
  symbols: readonly string[],
  acts: Readonly<Record<number, (step: Step) => void>>,
  also: Omit<Handlers, 'onBar'> = {},
): Strategy {
  return defineStrategy({
    name: 'script',
    summary: 'Acts at given bars.',
    params: z.object({}),
    needs: () => ({ symbols }),
    setup: (): Handlers => ({ ...also, onBar: (step) => acts[step.market.bar]?.(step) }),
  });
}

export const because = { tag: 'test' };
