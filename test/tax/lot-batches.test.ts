import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowLog } from '../../src/core/row-log.ts';
import { LotPool } from '../../src/tax/lot-pool.ts';
import { POOLED_METHODS } from '../../src/tax/methods.ts';
import { ASSETS_OF, CODE, PART, TERMS } from '../../src/tax/part-rows.ts';
import { TRADE } from '../../src/tax/spot-trades.ts';

const ASSETS = ['BTC', 'ETH', 'LTC'];
const LAG = 40;

interface Fill {
  readonly asset: number;
  readonly units: number;
  readonly price: number;
}

// What each asset does at one moment: buys, sells a share of what is held, or nothing.
const moment = fc.tuple(
  ...ASSETS.map(() =>
    fc.record({
      buys: fc.boolean(),
      size: fc.double({ min: 0.01, max: 1, noNaN: true }),
      price: fc.integer({ min: 1, max: 50 }),
    }),
  ),
);

test.each(POOLED_METHODS)('under %s a batch does what its fills do one by one', (method) => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 250 }), (moments) => {
      const parts = new RowLog(PART);
      const together = new LotPool(method, ASSETS, parts);
      const apart = new LotPool(method, ASSETS, null);
      moments.forEach((wishes, time) => {
        const fills = wishes.flatMap(({ buys, size, price }, asset): Fill[] => {
          const held = together.held[asset]!;
          if (!buys && held === 0) return [];
          return [{ asset, units: buys ? size : -(size > 0.95 ? held : size * held), price }];
        });
        const rows = Float64Array.from(fills.flatMap(({ units, price }) => [units, Math.abs(units) * price, 0.1, 0, 0]));
        expect(rows.length).toBe(TRADE * fills.length);
        const trades = { assets: Int32Array.from(fills, ({ asset }) => asset), rows };
        const before = parts.count;
        together.trade(trades, 0, fills.length, time, time - LAG);
        const used = [together.shortQuantity, together.shortProceeds, together.shortCost];
        const old = [together.longQuantity, together.longProceeds, together.longCost];
        const [short, long] = [
          [0, 0, 0],
          [0, 0, 0],
        ];
        for (let k = 0; k < fills.length; k++) {
          apart.trade(trades, k, k + 1, time, time - LAG);
          [apart.shortQuantity, apart.shortProceeds, apart.shortCost].forEach((value, i) => (short[i] = short[i]! + value));
          [apart.longQuantity, apart.longProceeds, apart.longCost].forEach((value, i) => (long[i] = long[i]! + value));
        }
        used.forEach((value, i) => expect(value).toBeCloseTo(short[i]!, 9));
        old.forEach((value, i) => expect(value).toBeCloseTo(long[i]!, 9));
        const disposals = parts
          .column(CODE)
          .subarray(before)
          .map((code) => Math.floor(code / (TERMS * ASSETS_OF)));
        expect([...new Set(disposals)]).toEqual(Array.from({ length: together.disposals }, (_, k) => k));
      });
      const end = moments.length;
      for (const pool of [together, apart]) pool.mature(end - LAG);
      for (const asset of ASSETS.keys()) {
        expect(together.views(asset, end - LAG)).toEqual(apart.views(asset, end - LAG));
        const [units, cost] = together.views(asset, end - LAG).reduce(([u, c], lot) => [u + lot.quantity, c + lot.cost], [0, 0]);
        expect(together.held[asset]).toBeCloseTo(units, 9);
        expect(together.basis[asset]).toBeCloseTo(cost, 6);
        expect(together.longHeld[asset]).toBeCloseTo(apart.longHeld[asset]!, 9);
      }
    }),
    { numRuns: 30 },
  );
});
