import { defineStrategy, z } from 'kedge';

/** Looks through the window at one bar that has not happened: at bar 700 alone, it reads the close of bar 701. */
export default defineStrategy({
  name: 'peeks-one-bar',
  summary: 'Buys before a rise that it has seen, once.',
  params: z.object({ at: z.number().int().min(0).default(700) }),
  needs: () => ({ symbols: ['BTC'] }),
  setup({ params: { at } }) {
    return {
      onBar({ market, orders }) {
        if (market.bar !== at) return;
        const window = market.closes('BTC', 1);
        const [now, next] = new Float64Array(window.buffer, window.byteOffset, 2);
        orders.market('BTC', 0.01 * (next! / now!), { tag: 'a feeling' });
      },
    };
  },
});
