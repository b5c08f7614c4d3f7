import { readFileSync } from 'node:fs';
import { defineStrategy, z } from 'kedge';

const started = Date.now();

export default defineStrategy({
  name: 'reads-the-clock',
  summary: 'Lets clock, chance and a file decide.',
  params: z.object({}),
  needs: () => ({ symbols: ['BTC'] }),
  setup() {
    return {
      onBar({ market, orders }) {
        if (market.bar !== 5) return;
        const chance = Math.random();
        const text = readFileSync('package.json', 'utf8');
        if (started > 0 && text !== '') orders.market('BTC', 0.001 * (1 + chance), { tag: 'chance' });
      },
    };
  },
});
