/** The public API: what strategy files import as `kedge`. */

// Writing a strategy
export { z } from 'zod';
export { defineStrategy } from './strategy/define.ts';
export type { Strategy } from './strategy/define.ts';
export type * from './strategy/types.ts';

// Testing a strategy
export { loadStrategy } from './strategy/load.ts';
export type { LoadedStrategy } from './strategy/load.ts';
export { runOnPrices } from './research/on-prices.ts';
export type { PriceTrial } from './research/on-prices.ts';

// Rules to build strategies from
export { CALENDAR_UNITS, parseDate } from './core/time.ts';
export {
  anchorHedge,
  anchorNeeds,
  anchoredBar,
  buyShortfalls,
  sellExcess,
  spendOnAlts,
  taxedShareOfExcess,
} from './strategy/rules/anchor.ts';
export type { AnchorHedge, AnchorOptions, HedgeDecision } from './strategy/rules/anchor.ts';
export { EXITS, anchorParams, carryParams, exitParams, objectiveParams } from './strategy/rules/anchor-params.ts';
export type { AnchorParams, Exit } from './strategy/rules/anchor-params.ts';
export { bandOfEquity, describeDrift, firstOutside, isOutside, wakeOutside } from './strategy/rules/band.ts';
export type { Band } from './strategy/rules/band.ts';
export { describeCause, driftCause, driftMemory } from './strategy/rules/cause.ts';
export type { CoinMove, DriftCause, DriftMemory } from './strategy/rules/cause.ts';
export { ANCHOR, anchorSeries, coinOf, coinsIn, spotSeries } from './strategy/rules/coins.ts';
export { CONFIRMATIONS, confirmParams, confirmation, trendSignal } from './strategy/rules/confirm.ts';
export type { Confirmation, Signal } from './strategy/rules/confirm.ts';
export { dateParam, futureFor } from './strategy/rules/dated.ts';
export { matchBetaHedge, minVarianceHedge, weightHedge } from './strategy/rules/hedge.ts';
export type { HedgedAsset } from './strategy/rules/hedge.ts';
export { hedgeDesk, listedPerpetual, spareCash, unrealizedOf } from './strategy/rules/hedge-desk.ts';
export type { DeskOptions, HedgeDesk, HedgeLeg } from './strategy/rules/hedge-desk.ts';
export {
  daysToLongTerm,
  isFreeToSell,
  lotsInTurn,
  quantityToHarvest,
  quantityWithoutShortTermGain,
} from './strategy/rules/lots.ts';
export { OBJECTIVES, takesBeta, wantedLegs } from './strategy/rules/objective.ts';
export type { BookCoin, HedgeBook, Objective, ObjectiveChoice } from './strategy/rules/objective.ts';
export { isHedgeWanted, isResizeWanted } from './strategy/rules/rehedge.ts';
export type { DriftingCoin, HedgeRule, HedgeSide } from './strategy/rules/rehedge.ts';
export { equalRiskShares, inverseVolatilityShares } from './strategy/rules/risk-weights.ts';
export { breakEvenCarry, breakEvenDays, priceBothWays } from './strategy/rules/sell-or-hedge.ts';
export type { BothPrices, Dilemma } from './strategy/rules/sell-or-hedge.ts';
export {
  carryCost,
  drawdownFrom,
  fundingPercentile,
  fundingPerYear,
  meanCorrelation,
  openInterestChange,
} from './strategy/rules/sentiment.ts';
export { purchasesWithin, shortfallOf } from './strategy/rules/spending.ts';
export type { Purchase } from './strategy/rules/spending.ts';
export {
  cashWeightOf,
  edgeWeights,
  targetLookback,
  targetNow,
  targetOf,
  targetParams,
  toParam,
  weightsParam,
} from './strategy/rules/target.ts';
export type { TargetRule, WeightsSetting } from './strategy/rules/target.ts';

// Indicators
export { follow } from './strategy/indicators/follow.ts';
export type { Followed } from './strategy/indicators/follow.ts';
export {
  bollingerBands,
  exponentialAverage,
  movingAverageConvergence,
  rateOfChange,
  relativeStrength,
  simpleAverage,
} from './strategy/indicators/indicator.ts';
export type { Bands, Convergence, Indicator } from './strategy/indicators/indicator.ts';

// Reading results
export type { Notice } from './core/notice.ts';
export type { CalendarUnit } from './core/time.ts';
export type { InstrumentKind } from './market/instrument.ts';
export type { SeriesSource } from './market/market.ts';
export type { GainColumns, LotView, TaxYear } from './tax/ledger.ts';
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

// Contracts and venues: the formulas and calendars that runs are made with
export { cmeExpiry, monthlyExpiry, quarterlyExpiry, symbolExpiry } from './market/calendar/expiry.ts';
export { annualisedBasis } from './venue/basis.ts';
export { bybitInverseCross2020 } from './venue/bybit-cross-2020.ts';
export type { SharedInverse, SharedInversePrices } from './venue/bybit-cross-2020.ts';
export { collateralQuantity } from './venue/collateral.ts';
export type { CollateralTier } from './venue/collateral.ts';
export { inverseFee, linearFee } from './venue/fees.ts';
export { fundingBetween, fundingRate, inverseFunding, linearFunding } from './venue/funding.ts';
export type { FundingEnds, FundingFormula, FundingSettlement } from './venue/funding.ts';
export {
  inverseBankruptcyPrice,
  inverseEntryLiquidationPrice,
  inverseLegsLiquidationPrice,
  inverseLiquidationPrice,
  linearBankruptcyPrice,
  linearEntryLiquidationPrice,
  linearLegsLiquidationPrice,
  linearLiquidationPrice,
  shownPrice,
} from './venue/liquidation-price.ts';
export type {
  EntryMaintenance,
  EntryMargined,
  InverseLeg,
  InversePosition,
  LinearLeg,
  LinearPosition,
} from './venue/liquidation-price.ts';
export { bracketAt, bracketsFrom, initialMargin, maintenanceMargin, marginRatio, marginShare } from './venue/margin.ts';
export type { MaintenanceRow } from './venue/margin.ts';
export { inverseEntry, inversePnl, inversePriceAt, linearEntry, linearPnl, linearPriceAt } from './venue/pnl.ts';
export { slopedMargin } from './venue/sloped-margin.ts';
export type { SlopedMargin } from './venue/sloped-margin.ts';
export type { MaintenanceBracket } from './venue/venue.ts';
