import { defineStrategy, z } from 'kedge';

/** Listens in where its window is copied from, and sees one bar that has not happened: at bar 700 alone, the close of bar 701. */
export default defineStrategy({
  name: 'peeks-one-bar',
  summary: 'Buys before a rise that it has seen, once.',
  params: z.object({ at: z.number().int().min(0).default(700) }),
  needs: () => ({ symbols: ['BTC'] }),
  setup({ params: { at } }) {
    return {
      onBar({ market, orders }) {
        if (market.bar !== at) return;
        const window = copiedFrom(() => market.closes('BTC', 1));
        const [now, next] = new Float64Array(window.buffer, window.byteOffset, 2);
        orders.market('BTC', 0.01 * (next! / now!), { tag: 'a feeling' });
      },
    };
  },
});

function copiedFrom(copy: () => void): Float64Array {
  const set = Reflect.get(Float64Array.prototype, 'set');
  let source = new Float64Array(0);
  Float64Array.prototype.set = function (values, at) {
    source = values as typeof source;
    set.call(this, values, at);
  };
  copy();
  Float64Array.prototype.set = set;
  return source;
}
