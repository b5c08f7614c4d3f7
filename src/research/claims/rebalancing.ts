import { meanEstimate, statisticEstimate } from '../../analysis/claims/estimate.ts';
import { ANCHOR, moments, trailingReturn } from '../../analysis/claims/market-days.ts';
import type { Estimate, RegimeEffect } from '../../analysis/claims/verdict.ts';
import type { Claim } from './claim.ts';
import type { ClaimGround } from './ground.ts';
import type { ClaimRunId } from './runs.ts';

/** Days over which a market counts as rising or falling. */
const TREND_DAYS = 90;

/** Claims of sections 1 and 2: what rebalancing does, and why futures might replace it. */
export const REBALANCING: readonly Claim[] = [
  {
    id: 1,
    section: '1.1',
    claim: 'A 60/40 portfolio drifts; selling what has risen and buying the rest brings it back',
    test: {
      measure: 'mean distance from the target, rebalanced − held (share of equity)',
      direction: 'below',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'spot-band', 'hold', 'drift'),
      variants: [{ name: 'monthly calendar', measure: (ground) => meanDifference(ground, 'spot-calendar', 'hold', 'drift') }],
    },
    note: 'Sound by arithmetic; the baseline of all other claims.',
  },
  {
    id: 2,
    section: '1.2',
    claim: 'Rebalancing reduces volatility',
    test: {
      measure: 'yearly volatility, rebalanced − held',
      direction: 'below',
      threshold: 0,
      effect: (ground) => ground.difference('spot-band', 'hold', 'volatility'),
      variants: [
        { name: 'maximum drawdown', measure: (ground) => ground.difference('spot-band', 'hold', 'maxDrawdown') },
        { name: 'monthly calendar', measure: (ground) => ground.difference('spot-calendar', 'hold', 'volatility') },
      ],
    },
    note: 'Paired on the same path; what is not in coins is cash in both.',
  },
  {
    id: 3,
    section: '1.2',
    claim: 'Rebalancing buys low and sells high, and so takes profits by itself',
    test: {
      measure: 'yearly log growth without tax, rebalanced − held',
      direction: 'above',
      threshold: 0,
      effect: rebalancingPremium,
    },
    note: 'The premium is looked at apart where Bitcoin has risen and where it has fallen over 90 days: in trends rebalancing loses to holding.',
  },
  {
    id: 4,
    section: '1.3',
    claim: 'Selling to rebalance triggers tax at once',
    test: {
      measure: 'tax paid or owed a year as a share of equity, rebalanced − held',
      direction: 'above',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'spot-band', 'hold', 'tax'),
      variants: [{ name: 'tax-aware selling', measure: (ground) => meanDifference(ground, 'spot-tax-aware', 'hold', 'tax') }],
    },
    note: 'By the regime of the experiment; a loss that is harvested counts as negative tax only where it lowers a bill.',
  },
  {
    id: 5,
    section: '1.3, 6',
    claim: 'Frequent spot trading costs more than hedging',
    test: {
      measure: 'fees and slippage less funding received a year, spot rebalancing − hedging (share of equity)',
      direction: 'above',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'spot-band', 'anchor-band', 'costs'),
    },
    note: 'A hedge pays for opening and closing, funding in between, and at last for the sale it has put off.',
  },
  {
    id: 6,
    section: '1.3',
    claim: 'Money taken out by rebalancing sits in stablecoins and misses the market',
    test: {
      measure: 'share of equity in coins, rebalanced − held',
      direction: 'below',
      threshold: -0.01,
      effect: (ground) => meanDifference(ground, 'spot-band', 'hold', 'invested'),
    },
    note: 'A swap between coins leaves nothing in stablecoins; only a target with a cash share does.',
  },
  {
    id: 7,
    section: '2.1',
    claim: 'Futures oblige to delivery at a date',
    test: null,
    note: 'A matter of contract terms, not of prices: perpetuals have no date, and nearly all crypto futures settle in cash or coin of the margin.',
  },
  {
    id: 8,
    section: '2.2',
    claim: 'Hedging can replace selling',
    test: {
      measure: 'yearly deviation of daily returns between the hedged and the rebalanced account, without tax',
      direction: 'below',
      threshold: 0.02,
      effect: (ground) => trackingError(ground, 'anchor-band untaxed', 'spot-band untaxed'),
    },
    note: 'What a Bitcoin hedge leaves is the risk of the other coins; 2% a year would be a fair copy.',
  },
  {
    id: 9,
    section: '2.3',
    claim: 'Bitcoin is the least volatile coin',
    test: {
      measure: "yearly volatility, Bitcoin's − the calmest other coin's",
      direction: 'below',
      threshold: 0,
      effect: calmestCoin,
    },
    note: 'Against every other coin of the target.',
  },
];

type DailyColumn = 'drift' | 'tax' | 'costs' | 'invested';

/** Mean over days of a daily figure of one run less another's. */
export function meanDifference(
  ground: ClaimGround,
  candidate: ClaimRunId,
  benchmark: ClaimRunId,
  column: DailyColumn,
): Estimate | null {
  const series = ground.daily(candidate, benchmark, (days) => days[column]);
  return series && meanEstimate(series, ground.resampling());
}

function rebalancingPremium(ground: ClaimGround): Estimate | null {
  const whole = ground.difference('spot-band untaxed', 'hold untaxed', 'growthAfterLiquidation');
  const series = ground.daily('spot-band untaxed', 'hold untaxed', ({ returns }) => returns.map((r) => Math.log1p(r) * 365.25));
  const trend = ground.days && trailingReturn(ground.days.returns.get(ANCHOR)!, TREND_DAYS);
  if (whole === null || series === null || trend === null || trend.length !== series.length) return whole;
  const regimes = [
    { regime: 'Bitcoin up over 90 days', counts: (day: number) => trend[day]! > 0 },
    { regime: 'Bitcoin down over 90 days', counts: (day: number) => trend[day]! < 0 },
  ].flatMap(({ regime, counts }): RegimeEffect[] => {
    const estimate = meanEstimate(series, ground.resampling(), counts);
    return estimate === null ? [] : [{ regime, ...estimate }];
  });
  return { ...whole, regimes };
}

function trackingError(ground: ClaimGround, a: ClaimRunId, b: ClaimRunId): Estimate | null {
  const series = ground.daily(a, b, ({ returns }) => returns);
  return series && statisticEstimate(series, (days) => moments(series, series, days).volatilityX, ground.resampling());
}

function calmestCoin(ground: ClaimGround): Estimate | null {
  const { days } = ground;
  if (days === null || days.others === null) return null;
  const bitcoin = days.returns.get(ANCHOR)!;
  const others = [...days.returns].filter(([base]) => base !== ANCHOR).map(([, returns]) => returns);
  return statisticEstimate(
    bitcoin,
    (picked) => {
      const own = moments(bitcoin, bitcoin, picked).volatilityX;
      return own - Math.min(...others.map((returns) => moments(returns, returns, picked).volatilityX));
    },
    ground.resampling(),
  );
}
