import { meanEstimate, ratioEstimate } from '../../analysis/claims/estimate.ts';
import { ANCHOR, comingSum, trailingReturn } from '../../analysis/claims/market-days.ts';
import { exactly, type Estimate } from '../../analysis/claims/verdict.ts';
import { DAY } from '../../core/time.ts';
import { barTime } from '../../market/market.ts';
import { linearLiquidationPrice } from '../../venue/liquidation-price.ts';
import { flatMaintenance } from '../../venue/margin.ts';
import type { Claim } from './claim.ts';
import type { ClaimGround } from './ground.ts';

const PER_YEAR = 365.25;
/** A market counts as heavily long or short after Bitcoin has moved by a fifth in this many days. */
const MOOD_DAYS = 30;
const MOOD = 0.2;
/** Funding over this in a day counts as high: three settlements of 0.03 %. */
const HIGH_FUNDING = 0.0009;

/** Claims of section 4: leverage, liquidation, funding. */
export const MECHANICS: readonly Claim[] = [
  {
    id: 22,
    section: '4.1',
    claim: 'Leverage of 1x makes the hedge dollar for dollar',
    test: {
      measure: 'mean Bitcoin notional hedged at 3x, as a multiple of that at 1x (3 if leverage set the size)',
      direction: 'above',
      threshold: 2,
      effect: leverageEffect,
    },
    note: 'Leverage is margin, not notional: the same hedge at another leverage has the same size, unless margin runs out.',
  },
  {
    id: 23,
    section: '4.1, 4.3',
    claim: 'Minimal leverage avoids liquidation',
    test: {
      measure: 'share of days from which a 1x short with nothing but its margin would have been liquidated within a year',
      direction: 'below',
      threshold: 0.01,
      effect: (ground) => liquidatedWithinAYear(ground),
      variants: [
        { name: 'the hedge at 1x: liquidations', measure: (ground) => counted(ground, 'liquidations') },
        { name: 'the hedge at 1x: spot sold by force', measure: (ground) => counted(ground, 'forcedSales') },
      ],
    },
    note: 'A 1x linear short is liquidated at about +99%; a 1x inverse short on its own coin never. Margin calls sell coins first.',
  },
  {
    id: 24,
    section: '4.2',
    claim: 'A short pays funding when the market is heavily long',
    test: {
      measure: `funding a short receives a year after Bitcoin gained over 20% in ${MOOD_DAYS} days (share of notional)`,
      direction: 'below',
      threshold: 0,
      effect: (ground) => fundingByMood(ground, 1, 1),
      variants: [
        {
          name: "counterfactual, the article's sign: growth of the hedge − at the venues' sign",
          measure: (ground) => ground.difference('anchor-band, funding reversed', 'anchor-band', 'growthAfterLiquidation'),
        },
      ],
    },
    note: 'The wrong sign: with a positive rate longs pay and shorts receive.',
  },
  {
    id: 25,
    section: '4.2',
    claim: 'A long receives funding when the market is heavily short',
    test: {
      measure: `funding a long receives a year after Bitcoin lost over 20% in ${MOOD_DAYS} days (share of notional)`,
      direction: 'above',
      threshold: 0,
      effect: (ground) => fundingByMood(ground, -1, -1),
    },
    note: 'Right in sign where rates turn negative; that they do after a fall is what is measured.',
  },
  {
    id: 26,
    section: '4.2',
    claim: 'Funding is settled every 8 hours',
    test: {
      measure: 'share of settlements that follow the one before by 8 hours',
      direction: 'above',
      threshold: 0.999,
      effect: ({ days }) => {
        if (days === null || days.fundingHours.length === 0) return null;
        return exactly(days.fundingHours.filter((hours) => hours === 8).length / days.fundingHours.length);
      },
    },
    note: 'One to eight hours, per contract, changing: the engine takes intervals from the data.',
  },
  {
    id: 27,
    section: '4.2',
    claim: 'High funding argues for closing the hedge',
    test: {
      measure: `funding a short receives a year over the ${MOOD_DAYS} days after a day of high funding (share of notional)`,
      direction: 'below',
      threshold: 0,
      effect: afterHighFunding,
    },
    note: 'For a short, high positive funding is income; for a long it is a cost.',
  },
];

function leverageEffect(ground: ClaimGround): Estimate | null {
  const [more, less] = [ground.runDays('anchor-band at 3x'), ground.runDays('anchor-band at 1x')];
  return more && less && ratioEstimate(more.hedged, less.hedged, ground.resampling());
}

function counted(ground: ClaimGround, what: 'liquidations' | 'forcedSales'): Estimate | null {
  const run = ground.run('anchor-band at 1x');
  return run && exactly(run.totals[what]);
}

/** Maintenance of 0.4 % at every size, no liquidation fee: the figures the claim is usually met with. */
function liquidatedWithinAYear({ market, days }: ClaimGround): Estimate | null {
  const j = market.instruments.findIndex(({ base, kind }) => base === ANCHOR && kind === 'perpetual');
  const spot = market.instruments.findIndex(({ base, kind }) => base === ANCHOR && kind === 'spot');
  if (days === null || (j < 0 && spot < 0)) return null;
  const row = j < 0 ? spot : j;
  const { length, first, columns, step } = market;
  const barsAYear = Math.round((365 * DAY) / step);
  let tried = 0;
  let liquidated = 0;
  for (let bar = first; bar + barsAYear < length; bar++) {
    // One start a day.
    if (barTime(market, bar) % DAY !== 0) continue;
    const entry = columns.mark[row * length + bar]!;
    if (!(entry > 0)) continue;
    const price = linearLiquidationPrice({ quantity: -1, entry, balance: entry, brackets: flatMaintenance(0.004) })!;
    tried++;
    for (let b = bar + 1; b <= bar + barsAYear; b++) {
      if (columns.markHigh[row * length + b]! < price) continue;
      liquidated++;
      break;
    }
  }
  return tried === 0 ? null : exactly(liquidated / tried);
}

/** Funding a year of a position (1 short, −1 long) on days whose past month went up or down. */
function fundingByMood(ground: ClaimGround, sign: 1 | -1, position: 1 | -1): Estimate | null {
  const { days } = ground;
  if (days === null || days.funding === null) return null;
  const past = trailingReturn(days.returns.get(ANCHOR)!, MOOD_DAYS);
  const received = days.funding.map((rate) => position * rate * PER_YEAR);
  return meanEstimate(received, ground.resampling(), (day) => sign * (past[day - 1] ?? NaN) > MOOD);
}

function afterHighFunding(ground: ClaimGround): Estimate | null {
  const { days } = ground;
  if (days === null || days.funding === null) return null;
  const funding = days.funding;
  const received = comingSum(funding, MOOD_DAYS).map((sum) => (sum / MOOD_DAYS) * PER_YEAR);
  return meanEstimate(received, ground.resampling(MOOD_DAYS), (day) => funding[day]! > HIGH_FUNDING);
}
