import { z } from 'zod';
import { defineStrategy, type Strategy } from '../../src/strategy/define.ts';

const params = z.object({ weights: z.record(z.string(), z.number()), band: z.number() });
const needs = ({ weights }: { weights: Record<string, number> }): { symbols: string[] } => ({ symbols: Object.keys(weights) });
const rebalance = { tag: 'rebalance' };

/** The same relative band four ways: declared to the kernel, read from columns, asked by name, and asked by name with a written tag. */
export const RULES: Readonly<Record<'declared' | 'columns' | 'names' | 'tags', Strategy>> = {
  declared: defineStrategy({
    name: 'declared',
    summary: 'The band is declared and tested by the kernel.',
    params,
    needs,
    setup: ({ params: { weights, band } }) => ({
      wake: { kind: 'outside', weights, band, bandKind: 'relative' },
      onBar: ({ orders }) => void orders.targetWeights(weights, rebalance),
    }),
  }),
  columns: defineStrategy({
    name: 'columns',
    summary: 'onBar reads all weights as one column.',
    params,
    needs,
    setup({ params: { weights, band } }) {
      const targets = Float64Array.from(Object.values(weights));
      return {
        onBar({ portfolio, orders }) {
          const held = portfolio.weights;
          for (let k = 0; k < targets.length; k++) {
            if (Math.abs(held[k]! - targets[k]!) <= band * targets[k]!) continue;
            orders.targetWeights(weights, rebalance);
            return;
          }
        },
      };
    },
  }),
  names: defineStrategy({
    name: 'names',
    summary: 'onBar asks for each weight by name.',
    params,
    needs,
    setup({ params: { weights, band } }) {
      const targets = Object.entries(weights);
      return {
        onBar({ portfolio, orders }) {
          for (const [symbol, target] of targets) {
            if (Math.abs(portfolio.weight(symbol) - target) <= band * target) continue;
            orders.targetWeights(weights, rebalance);
            return;
          }
        },
      };
    },
  }),
  tags: defineStrategy({
    name: 'tags',
    summary: 'onBar asks for each weight by name and says why it trades.',
    params,
    needs,
    setup({ params: { weights, band } }) {
      const targets = Object.entries(weights);
      return {
        onBar({ portfolio, orders }) {
          for (const [symbol, target] of targets) {
            const drift = portfolio.weight(symbol) - target;
            if (Math.abs(drift) <= band * target) continue;
            orders.targetWeights(weights, { tag: `${symbol} drifted ${(100 * drift).toFixed(1)} pp` });
            return;
          }
        },
      };
    },
  }),
};
