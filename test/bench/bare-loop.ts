/** What the bare loop works on and by which rule; its last columns are scratch and result. */
export interface BareWork {
  /** Row-major, `[bar][asset]`. */
  readonly prices: Float64Array;
  readonly bars: number;
  readonly assets: number;
  /** 1 at the bars at which a calendar rebalances; read where `band` is negative. */
  readonly schedule: Uint8Array;
  /** Weight vectors one after the other, of which that from `weightsAt` on is meant. */
  readonly weights: Float64Array;
  readonly weightsAt: number;
  /** Relative band; negative: none, the schedule rebalances. */
  readonly band: number;
  readonly fee: number;
  readonly cash: number;
  /** Whether the fee comes out of what is traded; else it leaves cash, and units land exactly on weight × equity / price. */
  readonly feeInside: boolean;
  readonly units: Float64Array;
  readonly values: Float64Array;
  /** Filled: equity per bar. */
  readonly equity: Float64Array;
}

/** Orders of the last run. */
export const counted = { orders: 0 };

/**
 * The least that a rebalancing simulation must do, by calendar or by band, without ledger, tax or record but equity: the physical limit that
 * the kernel is measured against. It runs all works of the yardstick (W1 to W4) and leaves what they leave.
 *
 * @returns the last equity
 */
export function bareLoop(work: BareWork): number {
  const { prices, bars, assets, schedule, weights, weightsAt, band, fee, feeInside, units, values, equity } = work;
  let { cash } = work;
  let orders = 0;
  let total = 0;
  units.fill(0, 0, assets);
  for (let i = 0, row = 0; i < bars; i++, row += assets) {
    total = cash;
    for (let j = 0; j < assets; j++) {
      const worth = units[j]! * prices[row + j]!;
      values[j] = worth;
      total += worth;
    }
    let due = false;
    if (band < 0) due = schedule[i] === 1;
    else if (i === 0) due = true;
    else {
      for (let j = 0; j < assets && !due; j++) {
        const wanted = weights[weightsAt + j]! * total;
        due = Math.abs(values[j]! - wanted) > band * wanted;
      }
    }
    if (due) {
      for (let j = 0; j < assets; j++) {
        const price = prices[row + j]!;
        const wanted = weights[weightsAt + j]! * total;
        const change = wanted - values[j]!;
        if (change === 0) continue;
        const traded = feeInside ? change / (price * (change > 0 ? 1 + fee : 1 - fee)) : wanted / price - units[j]!;
        cash -= traded * price + Math.abs(traded) * price * fee;
        units[j] = units[j]! + traded;
        orders++;
      }
      total = cash;
      for (let j = 0; j < assets; j++) total += units[j]! * prices[row + j]!;
    }
    equity[i] = total;
  }
  counted.orders = orders;
  return total;
}
