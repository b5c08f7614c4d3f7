import type { Assessment } from '../regime.ts';

/** Baskets that never meet: each is assessed by itself, and the bill is their sum. */
export function together(baskets: readonly Assessment[]): Assessment {
  return {
    bill(results, carried) {
      let sum = 0;
      for (let k = 0; k < baskets.length; k++) sum += baskets[k]!.bill(results, carried);
      return sum;
    },
    carry(results, carried) {
      for (let k = 0; k < baskets.length; k++) baskets[k]!.carry(results, carried);
    },
    exempts: (results) => baskets.some((basket) => basket.exempts?.(results) ?? false),
  };
}
