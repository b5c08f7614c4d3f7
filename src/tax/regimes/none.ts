import type { Regime } from '../regime.ts';

/** No tax: lots are kept for their cost basis, nothing is recognised, no bill is ever written. */
export const none: Regime = {
  name: 'none',
  title: 'no tax',
  aliases: [],
  currency: null,
  lots: { default: 'fifo', lawful: ['fifo', 'lifo', 'hifo', 'lofo', 'average-moving'], forComparison: [], scope: 'universal' },
  taxation: null,
  confidence: 'high',
  notModelled: [],
  sources: [],
};
