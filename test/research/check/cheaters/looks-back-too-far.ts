import { defineStrategy, z } from 'kedge';

/** Declares 10 days of look-back and reads 100; divides by a parameter that may be 0. */
export default defineStrategy({
  name: 'looks-back-too-far',
  summary: 'Holds more the higher the price stands against its mean.',
  params: z.object({ parts: z.number().int().min(0).max(4).default(2) }),
  needs: () => ({ symbols: ['BTC'], lookbackDays: 10 }),
  setup({ params: { parts } }) {
    return {
      onBar({ market, orders }) {
        if (!market.isBoundary('month')) return;
        const closes = market.closes('BTC', 100);
        const mean = closes.reduce((sum, close) => sum + close, 0) / closes.length;
        orders.target('BTC', (0.1 * market.close('BTC')) / mean / parts, { tag: 'against the mean' });
      },
    };
  },
});
