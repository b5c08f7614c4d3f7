import { contrastEstimate, meanEstimate, statisticEstimate } from '../../analysis/claims/estimate.ts';
import { ANCHOR, trailingCorrelation, trailingReturn } from '../../analysis/claims/market-days.ts';
import { slippageDays } from '../../analysis/claims/run-days.ts';
import { exactly, type Estimate } from '../../analysis/claims/verdict.ts';
import { KedgeError } from '../../core/errors.ts';
import type { Instrument } from '../../market/instrument.ts';
import { weightHedge } from '../../strategy/rules/hedge.ts';
import type { Venue } from '../../venue/venue.ts';
import type { Claim } from './claim.ts';
import type { ClaimGround } from './ground.ts';
import { meanDifference } from './rebalancing.ts';

/** Days over which correlation and trend are looked at. */
const DAYS = 90;

/** Claims of sections 5 to 7 and the conclusion: the band, its costs and taxes, the refinements. */
export const TACTIC: readonly Claim[] = [
  {
    id: 28,
    section: '5.1',
    claim: 'Rebalance at a tolerance of ±5%',
    test: null,
    note: 'The article does not say whether points or percent of the weight are meant; both band kinds are there (`bandKind`).',
  },
  {
    id: 29,
    section: '5.2–5.4',
    claim: 'Overweight by $1,500 of $10,000: a short of $1,500 brings Bitcoin back to 60%',
    test: {
      measure: "distance of Bitcoin's exposure from 60% after the hedge of the worked example",
      direction: 'below',
      threshold: 1e-9,
      effect: () => exactly(Math.abs((7_500 + weightHedge({ value: 7_500, weight: 0.6 }, 10_000)) / 10_000 - 0.6)),
    },
    note: 'Right for Bitcoin: 60% Bitcoin, 25% other coins, 15% synthetic cash. The other coins are still short of 40%.',
  },
  {
    id: 30,
    section: '5.5',
    claim: 'Closing the hedge completes the rebalancing without a sale',
    test: {
      measure: 'share of days on which the coins themselves are out of the band, hedging and buying with the profit',
      direction: 'below',
      threshold: 0.05,
      effect: (ground) => {
        const days = ground.runDays('anchor-band profit to alts');
        return days && meanEstimate(days.weightsOut, ground.resampling());
      },
      variants: [
        {
          name: 'spot rebalancing',
          measure: (ground) => {
            const days = ground.runDays('spot-band');
            return days && meanEstimate(days.weightsOut, ground.resampling());
          },
        },
      ],
    },
    note: 'A hedge defers a trade, it does not make it: with the other coins flat, Bitcoin must fall by 38.5% before the profit closes a gap of 15 points.',
  },
  {
    id: 31,
    section: '6',
    claim: 'Tax is deferred until the coins are sold',
    test: {
      measure: 'tax paid or owed a year as a share of equity, hedging − spot rebalancing',
      direction: 'below',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'anchor-band', 'spot-band', 'tax'),
    },
    note: "True for the coins only: the contract's own gains are taxed as they are realised.",
  },
  {
    id: 32,
    section: '6',
    claim: 'Futures fees are lower than spot fees',
    test: {
      measure: "the venue's taker fee, perpetual − spot (fraction of notional)",
      direction: 'below',
      threshold: 0,
      effect: feeDifference,
    },
    note: 'List prices of the entry tier; a hedge pays them twice.',
  },
  {
    id: 33,
    section: '6',
    claim: 'Selling removes capital from the market',
    test: {
      measure: 'share of equity in coins, spot rebalancing − hedging',
      direction: 'below',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'spot-band', 'anchor-band', 'invested'),
    },
    note: 'Not a swap between coins; a target with a cash share does, by intention.',
  },
  {
    id: 34,
    section: '6',
    claim: 'A hedge can be placed faster and closer to the price than a sale',
    test: {
      measure: 'slippage per notional traded, spot rebalancing − hedging (fraction)',
      direction: 'above',
      threshold: 0,
      effect: slippageDifference,
    },
    note: "By the venue's half-spread and the square-root impact of each asset's own volume and volatility.",
  },
  {
    id: 35,
    section: '7.1',
    claim: 'Weights by volatility give the same risk with fewer of the lively coins',
    test: {
      measure: 'yearly volatility, weights by volatility − fixed weights, both hedged',
      direction: 'below',
      threshold: 0,
      effect: (ground) => ground.difference('anchor-vol', 'anchor-band', 'volatility'),
    },
    note: 'Equal risk needs correlations too, and is a matter of weights, not of numbers of tokens.',
  },
  {
    id: 36,
    section: '7.2',
    claim: 'Dated futures lock the price and cost no funding',
    test: {
      measure: 'yearly log growth if all were sold, hedging with dated futures − with the perpetual',
      direction: 'above',
      threshold: 0,
      effect: (ground) => ground.difference('anchor-dated', 'anchor-band', 'growthAfterLiquidation'),
      variants: [
        { name: 'maximum drawdown', measure: (ground) => ground.difference('anchor-dated', 'anchor-band', 'maxDrawdown') },
      ],
    },
    note: 'Basis takes the place of funding; margin moves meanwhile, and rolls cost fees.',
  },
  {
    id: 37,
    section: '7.3',
    claim: 'The other coins move with Bitcoin in bull markets and apart in bear markets',
    test: {
      measure: `mean correlation with Bitcoin over ${DAYS} days, where Bitcoin has risen over them − where it has fallen`,
      direction: 'above',
      threshold: 0,
      effect: correlationByTrend,
    },
    note: 'Often the other way round: in a crash everything falls together.',
  },
  {
    id: 38,
    section: 'conclusion',
    claim: 'The target is kept while taxes are deferred: hedging leaves more',
    test: {
      measure: 'yearly log growth if all were sold, hedging − tax-aware selling',
      direction: 'above',
      threshold: 0,
      effect: (ground) => ground.difference('anchor-band', 'spot-tax-aware', 'growthAfterLiquidation'),
      variants: [
        {
          name: 'matched beta',
          measure: (ground) => ground.difference('anchor-band beta', 'spot-tax-aware', 'growthAfterLiquidation'),
        },
        {
          name: 'two legs',
          measure: (ground) => ground.difference('anchor-band two legs', 'spot-tax-aware', 'growthAfterLiquidation'),
        },
        {
          name: 'gated by correlation',
          measure: (ground) => ground.difference('anchor-correlation', 'spot-tax-aware', 'growthAfterLiquidation'),
        },
        {
          name: 'cheaper of the two each time',
          measure: (ground) => ground.difference('sell-or-hedge', 'spot-tax-aware', 'growthAfterLiquidation'),
        },
        {
          name: 'distance from the target',
          measure: (ground) => meanDifference(ground, 'anchor-band', 'spot-tax-aware', 'drift'),
        },
      ],
    },
    note: 'The headline question of a comparison.',
  },
  {
    id: 39,
    section: 'conclusion',
    claim: 'Naive selling is what hedging must beat',
    test: {
      measure: 'yearly log growth if all were sold, naive − tax-aware selling',
      direction: 'above',
      threshold: 0,
      effect: (ground) => ground.difference('spot-band', 'spot-tax-aware', 'growthAfterLiquidation'),
    },
    note: 'The fair rival sells losses and long-term lots first and waits with the rest; it is the benchmark of every default comparison.',
  },
];

function feeDifference({ market, venue }: ClaimGround): Estimate | null {
  const spot = market.instruments.find(({ kind, base }) => kind === 'spot' && base === ANCHOR);
  const perpetual = market.instruments.find(({ kind, base }) => kind === 'perpetual' && base === ANCHOR);
  if (!spot || !perpetual) return null;
  const [contractFee, spotFee] = [takerFee(venue, perpetual), takerFee(venue, spot)];
  return contractFee === null || spotFee === null ? null : exactly(contractFee - spotFee);
}

/** @returns null where the venue does not list the instrument, or its fees are not known */
function takerFee(venue: Venue, instrument: Instrument): number | null {
  try {
    return venue.terms(instrument).fees.taker;
  } catch (error) {
    if (error instanceof KedgeError && ['venue-fact-unknown', 'venue-without-product'].includes(error.code)) return null;
    throw error;
  }
}

function slippageDifference(ground: ClaimGround): Estimate | null {
  const [sold, hedged] = [ground.run('spot-band'), ground.run('anchor-band')];
  const spot = sold && slippageDays(sold, false);
  const contracts = hedged && slippageDays(hedged, true);
  if (spot === null || contracts === null) return null;
  const per = ({ slippage, notional }: NonNullable<typeof spot>, days: ArrayLike<number>): number => {
    let cost = 0;
    let traded = 0;
    for (let k = 0; k < days.length; k++) {
      cost += slippage[days[k]!]!;
      traded += notional[days[k]!]!;
    }
    return cost / traded;
  };
  return statisticEstimate(spot.slippage, (days) => per(spot, days) - per(contracts, days), ground.resampling());
}

function correlationByTrend(ground: ClaimGround): Estimate | null {
  const { days } = ground;
  if (days === null || days.others === null) return null;
  const bitcoin = days.returns.get(ANCHOR)!;
  const trend = trailingReturn(bitcoin, DAYS);
  const correlation = trailingCorrelation(bitcoin, days.others, DAYS);
  return contrastEstimate(
    correlation,
    (day) => trend[day]! > 0,
    (day) => trend[day]! < 0,
    ground.resampling(DAYS),
  );
}
