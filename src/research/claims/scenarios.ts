import { meanEstimate, ratioEstimate, statisticEstimate } from '../../analysis/claims/estimate.ts';
import { ANCHOR, comingReturn, moments, type MarketDays } from '../../analysis/claims/market-days.ts';
import { contractGainsTaxed } from '../../analysis/claims/run-days.ts';
import { exactly, type Estimate } from '../../analysis/claims/verdict.ts';
import { coinsOf } from '../../market/instrument.ts';
import { inversePnl, linearPnl } from '../../venue/pnl.ts';
import type { Claim } from './claim.ts';
import type { ClaimGround } from './ground.ts';
import { meanDifference } from './rebalancing.ts';
import type { ClaimRunId } from './runs.ts';

/** A scenario plays out over so many days. */
const WINDOW_DAYS = 30;
/** The article's drift, as a share of the account: the size of its hedges. */
const DRIFT = 0.1;

/** Claims of section 3: the three scenarios. */
export const SCENARIOS: readonly Claim[] = [
  {
    id: 10,
    section: '3.1',
    claim: 'Bitcoin under its target: shorting Bitcoin brings the portfolio back to its weights',
    test: {
      measure: 'mean distance of exposures from the target, with the short − holding (share of equity)',
      direction: 'below',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'synthetic-sell', 'hold', 'drift'),
      variants: driftVariants('synthetic-sell'),
    },
    note: 'Of 40/60 with a short of 10 points is left 30/60: in weights the wrong way.',
  },
  {
    id: 11,
    section: '3.1',
    claim: 'The short has the value that the target is missed by',
    test: {
      measure: "notional that matches the target's Bitcoin beta, per unit of drift (β − 1); the article's is 1",
      direction: 'above',
      threshold: 0.9,
      effect: (ground) => betaOfOthers(ground, (beta) => beta - 1),
    },
    note: 'Right in size only where the other coins have a beta of 2.',
  },
  {
    id: 12,
    section: '3.1',
    claim: 'If Bitcoin is stable or slightly down, the short makes a profit',
    test: {
      measure: `result of a short over ${WINDOW_DAYS} days in which Bitcoin moves between −5% and +1%, funding included (share of notional)`,
      direction: 'above',
      threshold: 0,
      effect: (ground) => shortResult(ground, (bitcoin) => bitcoin >= -0.05 && bitcoin <= 0.01),
    },
    note: 'Stable is about zero, give or take funding; fees of opening and closing are not in it.',
  },
  {
    id: 13,
    section: '3.1',
    claim: 'The profit of the short brings exposure back in line',
    test: {
      measure: 'share of days out of the band by weights, with the short and its profit − holding',
      direction: 'below',
      threshold: 0,
      effect: (ground) => weightsOutDifference(ground, 'synthetic-sell', 'hold'),
    },
    note: 'A profit is cash and no exposure: only what is bought with it is.',
  },
  {
    id: 14,
    section: '3.1',
    claim: "If Bitcoin rises, the short's loss is offset by the portfolio's gain",
    test: {
      measure: `result over ${WINDOW_DAYS} days in which Bitcoin gains over 10%: portfolio and a short of a tenth of it (share of equity)`,
      direction: 'above',
      threshold: 0,
      effect: (ground) => bookWithShort(ground, (bitcoin) => bitcoin > 0.1),
      variants: [
        {
          name: 'only where the other coins fall meanwhile',
          measure: (ground) => bookWithShort(ground, (bitcoin, others) => bitcoin > 0.1 && others < 0),
        },
      ],
    },
    note: 'When Bitcoin rises and the others fall, both legs lose: the variant is that stress.',
  },
  {
    id: 15,
    section: '3.1',
    claim: "The short neutralises Bitcoin's movement",
    test: {
      measure: 'beta of the account to Bitcoin, with the short',
      direction: 'below',
      threshold: 0.1,
      effect: (ground) => accountBeta(ground, 'synthetic-sell'),
      variants: [{ name: 'held', measure: (ground) => accountBeta(ground, 'hold') }],
    },
    note: 'Not at that size: the short takes out a tenth or so.',
  },
  {
    id: 16,
    section: '3.2',
    claim: 'Bitcoin over its target: going long on Bitcoin brings the portfolio back',
    test: {
      measure: 'mean distance of exposures from the target, with the long − holding (share of equity)',
      direction: 'below',
      threshold: 0,
      effect: (ground) => meanDifference(ground, 'synthetic-buy', 'hold', 'drift'),
      variants: driftVariants('synthetic-buy'),
    },
    note: "Contradicts the article's own section 5, which shorts in the same situation.",
  },
  {
    id: 17,
    section: '3.2',
    claim: 'A long on Bitcoin is synthetic exposure to the other coins',
    test: {
      measure: "share of the other coins' variance that Bitcoin explains (R²)",
      direction: 'above',
      threshold: 0.9,
      effect: (ground) =>
        withOthers(ground, (bitcoin, others) =>
          statisticEstimate(others, (days) => moments(bitcoin, others, days).correlation ** 2, ground.resampling()),
        ),
    },
    note: 'It is exposure to Bitcoin. Nine tenths of the variance would make it a fair stand-in.',
  },
  {
    id: 18,
    section: '3.2',
    claim: 'The loss of the long is smaller than what selling now and buying back higher costs',
    test: {
      measure: 'yearly log growth if all were sold, with the long − spot rebalancing, on the same path',
      direction: 'above',
      threshold: 0,
      effect: (ground) => ground.difference('synthetic-buy', 'spot-band', 'growthAfterLiquidation'),
      variants: [
        {
          name: 'matched beta',
          measure: (ground) => ground.difference('synthetic-buy beta', 'spot-band', 'growthAfterLiquidation'),
        },
        {
          name: 'two legs',
          measure: (ground) => ground.difference('synthetic-buy two legs', 'spot-band', 'growthAfterLiquidation'),
        },
      ],
    },
    note: 'The article compares different paths; only the same path is a comparison.',
  },
  {
    id: 19,
    section: '3.2',
    claim: "The long's profit buys the other coins tax-efficiently",
    test: {
      measure: 'gains that contracts realised a year, all of them recognised for tax (share of mean equity)',
      direction: 'below',
      threshold: 0.001,
      effect: (ground) => {
        const run = ground.run('synthetic-buy');
        const share = run && contractGainsTaxed(run);
        return share === null ? null : exactly(share);
      },
    },
    note: 'A count from the gain lines: the gain of a contract is taxed when it is realised, before it buys anything.',
  },
  {
    id: 20,
    section: '3.3',
    claim: "A short of a fifth of the portfolio neutralises a fifth of a crash's loss",
    test: {
      measure: `share of the portfolio's loss that the short makes up over ${WINDOW_DAYS} days in which Bitcoin falls by more than a fifth`,
      direction: 'above',
      threshold: 0.19,
      effect: (ground) => crashOffset(ground, 0.2),
    },
    note: 'Only where the book moves one to one with Bitcoin; with livelier coins less is made up. Funding is left out.',
  },
  {
    id: 21,
    section: '3.3',
    claim: 'Close the short when the market has bottomed',
    test: {
      measure: 'yearly log growth if all were sold, shorting by an explicit trend rule − holding',
      direction: 'above',
      threshold: 0,
      effect: (ground) => ground.difference('cash-hedge', 'hold', 'growthAfterLiquidation'),
      variants: [
        { name: 'sized by beta', measure: (ground) => ground.difference('cash-hedge beta', 'hold', 'growthAfterLiquidation') },
        {
          name: 'perfect foresight (upper bound): each short closed at its low',
          measure: (ground) => foresight(ground, 'cash-hedge'),
        },
      ],
    },
    note: 'The bottom is known afterwards. A rule must do; perfect foresight stands beside it only as a bound no rule can reach.',
  },
];

function driftVariants(use: 'synthetic-sell' | 'synthetic-buy') {
  const against = (run: ClaimRunId) => (ground: ClaimGround) => meanDifference(ground, run, 'hold', 'drift');
  return [
    { name: 'corrected: matched beta', measure: against(`${use} beta`) },
    { name: 'corrected: two legs', measure: against(`${use} two legs`) },
  ];
}

export function weightsOutDifference(ground: ClaimGround, candidate: ClaimRunId, benchmark: ClaimRunId): Estimate | null {
  const series = ground.daily(candidate, benchmark, ({ weightsOut }) => weightsOut);
  return series && meanEstimate(series, ground.resampling());
}

function withOthers(
  { days }: ClaimGround,
  measure: (bitcoin: Float64Array, others: Float64Array, days: MarketDays) => Estimate | null,
): Estimate | null {
  if (days === null || days.others === null) return null;
  return measure(days.returns.get(ANCHOR)!, days.others, days);
}

function betaOfOthers(ground: ClaimGround, of: (beta: number) => number): Estimate | null {
  return withOthers(ground, (bitcoin, others) =>
    statisticEstimate(others, (days) => of(moments(bitcoin, others, days).beta), ground.resampling()),
  );
}

function accountBeta(ground: ClaimGround, id: ClaimRunId): Estimate | null {
  const run = ground.runDays(id);
  const bitcoin = ground.days?.returns.get(ANCHOR);
  if (run === null || bitcoin === undefined || bitcoin.length !== run.returns.length) return null;
  return statisticEstimate(run.returns, (days) => moments(bitcoin, run.returns, days).beta, ground.resampling());
}

/** Result of a short of one unit of notional over the coming window, funding received, on the days on which the window is as asked. */
function shortResult(ground: ClaimGround, counts: (bitcoin: number) => boolean): Estimate | null {
  const { days } = ground;
  if (days === null || days.funding === null) return null;
  const coming = comingReturn(days.returns.get(ANCHOR)!, WINDOW_DAYS);
  const funding = days.funding;
  const result = coming.map((move, day) => {
    if (Number.isNaN(move) || !counts(move)) return NaN;
    return -move + funding.subarray(day + 1, day + 1 + WINDOW_DAYS).reduce((sum, rate) => sum + rate, 0);
  });
  return meanEstimate(result, ground.resampling(WINDOW_DAYS));
}

/** The target's coins in equal parts of Bitcoin and the others, with a short of the article's drift. */
function bookWithShort(ground: ClaimGround, counts: (bitcoin: number, others: number) => boolean): Estimate | null {
  return withOthers(ground, (bitcoin, others) => {
    const [up, beside] = [comingReturn(bitcoin, WINDOW_DAYS), comingReturn(others, WINDOW_DAYS)];
    const result = up.map((move, day) =>
      counts(move, beside[day]!) ? bitcoinShare(ground) * move + (1 - bitcoinShare(ground)) * beside[day]! - DRIFT * move : NaN,
    );
    return meanEstimate(result, ground.resampling(WINDOW_DAYS));
  });
}

function crashOffset(ground: ClaimGround, share: number): Estimate | null {
  return withOthers(ground, (bitcoin, others) => {
    const [fall, beside] = [comingReturn(bitcoin, WINDOW_DAYS), comingReturn(others, WINDOW_DAYS)];
    const inCrash = (day: number): boolean => fall[day]! < -share;
    const made = fall.map((move) => -share * move);
    const lost = fall.map((move, day) => -(bitcoinShare(ground) * move + (1 - bitcoinShare(ground)) * beside[day]!));
    return ratioEstimate(made, lost, ground.resampling(WINDOW_DAYS), inCrash);
  });
}

/** Bitcoin's part of the target's coins, whatever its series is called. */
function bitcoinShare({ target, market }: ClaimGround): number {
  const coins = coinsOf(market.instruments);
  let [bitcoin, whole] = [0, 0];
  for (const [symbol, weight] of Object.entries(target.weights)) {
    whole += weight;
    if (coins[symbol] === ANCHOR) bitcoin += weight;
  }
  return whole > 0 ? bitcoin / whole : 0;
}

/** Units, or quote units of an inverse contract: less than any step, and what rounding leaves of a position. */
const LEAST_POSITION = 1e-9;

/** What closing a short at its low would have brought beyond its closing price; the coins of an inverse contract at that price. */
function missedProfit(contract: 'linear' | 'inverse' | null, closed: number, low: number, price: number): number {
  return contract === 'inverse' ? inversePnl(closed, low, price) * price : linearPnl(closed, low, price);
}

/** Yearly growth that closing each short at the lowest close of its life would have added to the run's own. */
function foresight(ground: ClaimGround, id: ClaimRunId): Estimate | null {
  const run = ground.run(id);
  const held = ground.difference(id, 'hold', 'growthAfterLiquidation');
  if (run === null || run.full === null || held === null) return null;
  const bitcoin = run.btc;
  if (bitcoin === null) return null;
  const { fills } = run.full;
  let position = 0;
  let low = Infinity;
  let from = 0;
  let missed = 0;
  for (let row = 0; row < fills.time.length; row++) {
    const { kind, contract } = run.instruments.find(({ symbol }) => symbol === fills.symbol[row]!)!;
    if (kind === 'spot') continue;
    const bar = fills.bar[row]!;
    if (position < -LEAST_POSITION) {
      for (let b = from; b < bar; b++) low = Math.min(low, bitcoin[b]!);
      const closed = Math.max(0, Math.min(-position, fills.quantity[row]!));
      const price = fills.price[row]!;
      if (price > low) missed += missedProfit(contract, closed, low, price) / run.equity[bar]!;
    }
    position += fills.quantity[row]!;
    if (position >= -LEAST_POSITION) low = Infinity;
    from = bar;
  }
  const years = (run.time.at(-1)! - run.time[0]!) / (365.25 * 86_400_000);
  return exactly(held.effect + missed / years);
}
