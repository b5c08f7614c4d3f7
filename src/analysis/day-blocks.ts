import type { RunResult } from '../result/run-result.ts';
import { barsPerYear, spanYears } from './annual.ts';
import type { ComparedMetric } from './comparison.ts';
import { NO_FALL } from './drawdown.ts';
import { cagr } from './growth.ts';
import { calmar, NO_VOLATILITY } from './ratios.ts';
import { barReturns, equityIndex, liquidationIndex } from './wealth.ts';

/**
 * A run cut into UTC days such that every compared metric can be recomputed, exactly as on its bars, for the days in any order: of each
 * day the log growth, the sums of bar returns and their squares, and the day's own low, peak and drawdown relative to its start.
 */
export interface DayBlocks {
  readonly days: number;
  /** Equity at the day's end over equity at its start, flows removed; 0 on the day of a total loss. */
  readonly factor: Float64Array;
  /** Its logarithm. */
  readonly growth: Float64Array;
  /** Log growth of afterLiquidation; null where it is not known. */
  readonly liquidationGrowth: Float64Array | null;
  readonly returnSum: Float64Array;
  readonly returnSquares: Float64Array;
  readonly bars: Float64Array;
  /** Lowest and highest equity of the day over equity at its start; deepest drawdown within it. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly drawdown: Float64Array;
  /** What happened at bar 0 itself (orders that fill at its close): a one-off that no resample moves or repeats. */
  readonly start: { readonly growth: number; readonly liquidationGrowth: number };
  readonly years: number;
  readonly perYear: number;
  readonly riskFree: number;
}

/** Cuts a run at `ends` (of `dayEnds`). */
export function dayBlocks(result: RunResult, ends: Int32Array): DayBlocks {
  const index = equityIndex(result);
  const liquidation = liquidationIndex(result);
  const returns = barReturns(index);
  const days = Math.max(0, ends.length - 1);
  const column = (): Float64Array => new Float64Array(days);
  const [returnSum, returnSquares, bars] = [column(), column(), column()];
  const [low, high, drawdown] = [column(), column(), column()];
  for (let d = 0; d < days; d++) {
    const from = ends[d]!;
    const to = ends[d + 1]!;
    bars[d] = to - from;
    low[d] = high[d] = 1;
    for (let t = from + 1; t <= to; t++) {
      const r = returns[t - 1]!;
      const level = index[from]! > 0 ? index[t]! / index[from]! : 1;
      returnSum[d] = returnSum[d]! + r;
      returnSquares[d] = returnSquares[d]! + r * r;
      low[d] = Math.min(low[d]!, level);
      high[d] = Math.max(high[d]!, level);
      drawdown[d] = Math.max(drawdown[d]!, 1 - level / high[d]!);
    }
  }
  const factor = dayFactors(index, ends);
  return {
    days,
    factor,
    growth: factor.map(Math.log),
    liquidationGrowth: liquidation && dayFactors(liquidation, ends).map(Math.log),
    returnSum,
    returnSquares,
    bars,
    low,
    high,
    drawdown,
    start: { growth: Math.log(index[0]!), liquidationGrowth: Math.log(liquidation?.[0] ?? 1) },
    years: spanYears(result.time),
    perYear: barsPerYear(result.step),
    riskFree: result.assumptions.riskFree,
  };
}

/** The compared metrics of a run whose days come in the order of `picked` (day numbers, repeats allowed); NaN where undefined. */
export function measureDays(blocks: DayBlocks, picked: Int32Array): Record<ComparedMetric, number> {
  const { factor, growth, liquidationGrowth, returnSum, returnSquares, bars, low, high, drawdown, start, years, perYear } =
    blocks;
  let logEquity = start.growth;
  let logLiquidation = start.liquidationGrowth;
  let sum = 0;
  let squares = 0;
  let count = 0;
  // Relative to the running peak, which starts at 1 before bar 0.
  let level = Math.min(1, Math.exp(start.growth));
  let deepest = 1 - level;
  for (let i = 0; i < picked.length; i++) {
    const day = picked[i]!;
    logEquity += growth[day]!;
    if (liquidationGrowth !== null) logLiquidation += liquidationGrowth[day]!;
    sum += returnSum[day]!;
    squares += returnSquares[day]!;
    count += bars[day]!;
    deepest = Math.max(deepest, drawdown[day]!, 1 - level * low[day]!);
    level = (level * factor[day]!) / Math.max(1, level * high[day]!);
  }
  const maxDrawdown = deepest > NO_FALL ? deepest : 0;
  const mean = sum / count;
  const volatility = Math.sqrt(Math.max(0, squares - count * mean * mean) / (count - 1)) * Math.sqrt(perYear);
  const yearly = cagr(Math.exp(logEquity), years) ?? NaN;
  return {
    growthAfterLiquidation: liquidationGrowth === null ? NaN : logLiquidation / years,
    cagr: yearly,
    volatility,
    sharpe: volatility > NO_VOLATILITY ? (mean * perYear - blocks.riskFree) / volatility : NaN,
    maxDrawdown,
    calmar: calmar(yearly, maxDrawdown) ?? NaN,
  };
}

function dayFactors(index: Float64Array, ends: Int32Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, ends.length - 1) }, (_, d) => {
    const before = index[ends[d]!]!;
    return before > 0 ? index[ends[d + 1]!]! / before : 1;
  });
}
