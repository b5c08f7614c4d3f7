import { compensatedSum, nearlyEqual } from '../core/numeric.ts';
import type { Attribution, RunResult, RunTotals } from '../result/run-result.ts';

/** Where the change in equity came from, over the whole run. */
export function attributionOf({ totals }: RunResult): Attribution {
  return totals.attribution;
}

/** Everything that moved equity, with its sign: flows, price results, funding and interest, less costs, taxes and losses. */
export function attributedChange({ netFlows, spot, futures, funding, interest, ...costs }: Attribution): number {
  const { fees, slippage, taxes, liquidation } = costs;
  const contracts = Object.values(futures).flatMap(({ index, basis }) => [index, basis]);
  const received = [netFlows, ...Object.values(spot), ...contracts, funding, interest];
  return compensatedSum([...received, -fees, -slippage, -taxes, -liquidation]);
}

/** Whether initial equity and the attributed sums give final equity, to 1e-9 of it (accounting.md, section 5). */
export function addsUp({ initialEquity, finalEquity, attribution }: RunTotals): boolean {
  return nearlyEqual(initialEquity + attributedChange(attribution), finalEquity);
}
