import type { Assumptions, Attribution, RunTotals } from '../result/run-result.ts';
import { describeTax } from '../tax/describe.ts';
import type { RunConfig } from './config.ts';
import type { Kernel } from './kernel.ts';
import { venueAssumptions } from './venue-assumptions.ts';

/** Where the change in equity came from, over the whole run (accounting.md, section 5). */
export function attributionOf(kernel: Kernel): Attribution {
  const { account, market, spotCount, bars } = kernel;
  const last = bars - 1;
  const spot: Record<string, number> = {};
  const futures: Record<string, { index: number; basis: number }> = {};
  market.instruments.forEach(({ symbol }, j) => {
    const profit = kernel.priceProfit(j, last);
    if (j < spotCount) {
      spot[symbol] = profit;
    } else {
      const index = kernel.indexProfit(j, last);
      futures[symbol] = { index, basis: profit - index };
    }
  });
  return {
    netFlows: account.netFlows,
    spot,
    futures,
    funding: account.funding,
    interest: account.interest,
    fees: account.fees,
    slippage: account.slippage,
    taxes: account.taxes,
    liquidation: account.liquidation,
  };
}

export function totalsOf(kernel: Kernel, attribution: Attribution): RunTotals {
  const { recorder, ledger, equity, account } = kernel;
  const bars = kernel.bars - kernel.first;
  const taxAccrued = ledger.accrued();
  return {
    initialEquity: kernel.initialEquity,
    finalEquity: equity,
    finalAfterTax: equity - taxAccrued,
    initialAfterLiquidation: kernel.initialAfterLiquidation,
    finalAfterLiquidation: kernel.afterLiquidation,
    taxAccrued,
    taxDeferred: kernel.taxDeferred,
    taxesOutside: account.taxesOutside,
    attribution,
    spotTraded: recorder.spotTraded,
    futuresTraded: recorder.futuresTraded,
    capitalInMarket: kernel.capitalInMarketSum / bars,
    minMarginRatio: Number.isFinite(kernel.minMarginRatio) ? kernel.minMarginRatio : null,
    orders: recorder.orders,
    rejected: recorder.rejected,
    fills: recorder.fillCount,
    forcedSales: recorder.forcedSales,
    liquidations: recorder.liquidations,
    taxableDisposals: ledger.disposals,
  };
}

/** What was assumed, for the report's last section. */
export function assumptionsOf({ market, account, venue, tax, fill }: RunConfig): Assumptions {
  const { currency, collateral, margin, leverage, marginCall, shortfall, insurance, interest, borrowLimit, riskFree } = account;
  const pooled = collateral === 'multi-asset';
  return {
    currency,
    fill,
    collateral,
    margin,
    leverage,
    marginCall,
    shortfall,
    insurance,
    interest,
    ...(pooled && borrowLimit > 0 && { borrowLimit }),
    riskFree,
    ...venueAssumptions(market, venue, pooled),
    tax: describeTax(tax, account),
  };
}
