import type { RunResult } from '../result/run-result.ts';

/**
 * Growth of one unit of money with deposits and withdrawals removed: time-weighted, a bar's flow taken at the bar's close.
 *
 * Without flows it is `values[t] / initial`, exactly. A total loss (nothing left before the bar's flow) makes it 0 from then on. While an
 * account is empty (before its first deposit, after everything was withdrawn) it stays where it is; in debt, when more was withdrawn than
 * there was, until a deposit, for what prices make of a debt is growth of nothing.
 *
 * @param values - account currency, one per bar
 * @param flows - net deposits per bar, same length
 * @param initial - value before bar 0's orders, ≥ 0; it differs from `values[0]` where orders fill at bar 0's own close
 */
export function wealthIndex(values: Float64Array, flows: Float64Array, initial: number): Float64Array {
  const index = new Float64Array(values.length);
  // The account as shares: a flow buys or redeems them at the close, and the index is the price of one.
  let shares = initial;
  let price = 1;
  let inDebt = false;
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    const flow = flows[t]!;
    if (shares === 0) {
      index[t] = price;
      inDebt = value < 0 || (inDebt && flow <= 0);
      if (!inDebt) shares = value / price;
      continue;
    }
    if (value - flow <= 0) return index;
    price = (value - flow) / shares;
    index[t] = price;
    if (flow === 0) continue;
    inDebt = value < 0;
    shares = Math.max(0, value) / price;
  }
  return index;
}

/** Growth of one unit of `equity` with flows removed; what returns and drawdowns are measured on. */
export function equityIndex({ equity, flows, totals }: RunResult): Float64Array {
  return wealthIndex(equity, flows, Math.max(0, totals.initialEquity));
}

/** Growth of one unit of `afterLiquidation` with flows removed; null in lean records and where it starts below zero. */
export function liquidationIndex({ full, flows, totals }: RunResult): Float64Array | null {
  if (full === null || totals.initialAfterLiquidation < 0) return null;
  return wealthIndex(full.columns.afterLiquidation, flows, totals.initialAfterLiquidation);
}

/**
 * Simple return of each bar after bar 0.
 *
 * @returns one value fewer than `index`; −1 at a total loss and 0 after it
 */
export function barReturns(index: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, index.length - 1));
  for (let t = 1; t < index.length; t++) returns[t - 1] = index[t - 1]! > 0 ? index[t]! / index[t - 1]! - 1 : 0;
  return returns;
}
