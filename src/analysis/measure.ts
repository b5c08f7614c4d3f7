import type { RunResult } from '../result/run-result.ts';
import { barsPerYear, spanYears } from './annual.ts';
import { discipline } from './band.ts';
import { beta } from './beta.ts';
import type { RunMetrics } from './comparison.ts';
import { dailyReturns, dayEnds } from './daily.ts';
import { drawdownColumn, drawdownEpisodes, maxDrawdown, ulcer, underwaterDays } from './drawdown.ts';
import { cagr, growthAfterLiquidation, totalReturn } from './growth.ts';
import { hedgeR2 } from './hedge.ts';
import { moneyWeightedReturn } from './money-weighted.ts';
import { calmar, sharpe, sortino, volatility } from './ratios.ts';
import { cvar95, var95 } from './tail.ts';
import { turnover } from './turnover.ts';
import { barReturns, equityIndex } from './wealth.ts';

/**
 * All figures of one run (definitions: metrics.md). Rates are fractions, money is in the account currency, what is undefined is null.
 *
 * After a total loss the account counts as flat: total return and CAGR are −1, returns are 0.
 */
export function measure(result: RunResult): RunMetrics {
  const { time, equity, btc, totals } = result;
  const { riskFree } = result.assumptions;
  const years = spanYears(time);
  const perYear = barsPerYear(result.step);
  const index = equityIndex(result);
  const returns = barReturns(index);
  const ends = dayEnds(time);
  const daily = dailyReturns(index, ends);
  const drawdown = drawdownColumn(index);
  const deepest = maxDrawdown(drawdown);
  const whole = totalReturn(index);
  const yearly = whole === null ? null : cagr(1 + whole, years);
  const kept = discipline(result);
  const { attribution } = totals;
  return {
    initialEquity: totals.initialEquity,
    finalEquity: totals.finalEquity,
    finalAfterTax: totals.finalAfterTax,
    finalAfterLiquidation: totals.finalAfterLiquidation,
    growthAfterLiquidation: growthAfterLiquidation(result),
    totalReturn: whole,
    cagr: yearly,
    mwr: moneyWeightedReturn(result),
    volatility: volatility(returns, perYear),
    sharpe: sharpe(returns, perYear, riskFree),
    sortino: sortino(returns, perYear, riskFree),
    maxDrawdown: deepest,
    calmar: calmar(yearly, deepest),
    ulcer: ulcer(drawdown),
    underwaterDays: time.length === 0 ? null : underwaterDays(drawdownEpisodes(drawdown, time), time.at(-1)!),
    cvar95: cvar95(daily),
    var95: var95(daily),
    turnover: turnover(totals.spotTraded, equity, years),
    futuresTurnover: turnover(totals.futuresTraded, equity, years),
    fees: attribution.fees,
    slippage: attribution.slippage,
    funding: attribution.funding,
    interest: attribution.interest,
    // Bills met from outside were paid all the same; only cash does not show them.
    taxesPaid: attribution.taxes + result.totals.taxesOutside,
    taxAccrued: totals.taxAccrued,
    taxDeferred: totals.taxDeferred,
    taxableDisposals: totals.taxableDisposals,
    forcedSales: totals.forcedSales,
    liquidations: totals.liquidations,
    orders: totals.orders,
    rejected: totals.rejected,
    minMarginRatio: totals.minMarginRatio,
    timeOutOfBand: kept?.timeOutOfBand ?? null,
    meanDrift: kept?.meanDrift ?? null,
    betaToBtc: btc === null ? null : beta(daily, dailyReturns(btc, ends)),
    hedgeR2: hedgeR2(result),
    capitalInMarket: totals.capitalInMarket,
  };
}
