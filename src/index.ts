/** The public API: what strategy files import as `kedge`. */

// Writing a strategy
export { z } from 'zod';
export { defineStrategy } from './strategy/define.ts';
export type { Strategy } from './strategy/define.ts';
export type * from './strategy/types.ts';

// Rules to build strategies from
export { CALENDAR_UNITS } from './core/time.ts';
export { bandOfEquity, describeDrift, firstOutside, isOutside } from './strategy/rules/band.ts';
export type { Band } from './strategy/rules/band.ts';
export { matchBetaHedge, minVarianceHedge, weightHedge } from './strategy/rules/hedge.ts';
export type { HedgedAsset } from './strategy/rules/hedge.ts';
export { quantityWithoutShortTermGain } from './strategy/rules/lots.ts';
export { nextHedge } from './strategy/rules/rehedge.ts';
export type { HedgeState, RehedgeRule } from './strategy/rules/rehedge.ts';
export { purchasesWithin } from './strategy/rules/spending.ts';
export type { Purchase } from './strategy/rules/spending.ts';
export { targetOf, targetParams, weightsParam } from './strategy/rules/target.ts';
export type { TargetRule } from './strategy/rules/target.ts';

// Reading results
export { addsUp, attributedChange } from './analysis/attribution.ts';
export { compareRuns } from './analysis/compare.ts';
export type { ComparisonRequest } from './analysis/compare.ts';
export type * from './analysis/comparison.ts';
export { toDataFrame } from './analysis/data-frame.ts';
export type { FrameColumn } from './analysis/data-frame.ts';
export { drawdownColumn, drawdownEpisodes, worstDrawdowns } from './analysis/drawdown.ts';
export type { DrawdownEpisode } from './analysis/drawdown.ts';
export { measure } from './analysis/measure.ts';
export { monthlyReturns } from './analysis/monthly.ts';
export type { MonthReturn } from './analysis/monthly.ts';
export { seriesOf } from './analysis/series.ts';
export type { Series, SeriesName } from './analysis/series.ts';
export { barReturns, equityIndex, liquidationIndex } from './analysis/wealth.ts';
export { readComparison } from './result/comparison-store.ts';
export type { StoredComparison } from './result/comparison-store.ts';
export type * from './result/run-result.ts';
export { readRun } from './result/store.ts';
