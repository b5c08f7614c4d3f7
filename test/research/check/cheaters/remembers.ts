import { defineStrategy, z } from 'kedge';

let runs = 0;

/** Keeps state in the module: the second run of a comparison trades differently from the first. */
export default defineStrategy({
  name: 'remembers',
  summary: 'Buys once, more in every run.',
  params: z.object({}),
  needs: () => ({ symbols: ['BTC'] }),
  setup() {
    runs++;
    return {
      onBar({ market, orders }) {
        if (market.bar === 3) orders.market('BTC', 0.001 * runs, { tag: 'more each time' });
      },
    };
  },
});
