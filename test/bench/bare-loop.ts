/**
 * The least that a simulation of a relative band must do, without ledger, tax or record but equity: the physical limit that the kernel
 * is measured against. Prices are row-major, `[bar][asset]`; fees leave cash and units land exactly on weight × equity / price.
 */
export function bareLoop(
  prices: Float64Array,
  bars: number,
  weights: Float64Array,
  band: number,
  fee: number,
  startCash: number,
  equity: Float64Array,
): number {
  const assets = weights.length;
  const units = new Float64Array(assets);
  const value = new Float64Array(assets);
  let cash = startCash;
  let total = 0;
  for (let i = 0, row = 0; i < bars; i++, row += assets) {
    total = cash;
    for (let j = 0; j < assets; j++) {
      const worth = units[j]! * prices[row + j]!;
      value[j] = worth;
      total += worth;
    }
    let out = i === 0;
    for (let j = 0; j < assets && !out; j++) {
      const wanted = weights[j]! * total;
      out = Math.abs(value[j]! - wanted) > band * wanted;
    }
    if (out) {
      for (let j = 0; j < assets; j++) {
        const price = prices[row + j]!;
        const wanted = weights[j]! * total;
        if (wanted === value[j]) continue;
        const traded = wanted / price - units[j]!;
        cash -= traded * price + Math.abs(traded) * price * fee;
        units[j] = units[j]! + traded;
      }
      total = cash;
      for (let j = 0; j < assets; j++) total += units[j]! * prices[row + j]!;
    }
    equity[i] = total;
  }
  return total;
}
