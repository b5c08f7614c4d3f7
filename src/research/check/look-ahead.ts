import { KedgeError } from '../../core/errors.ts';
import { createRandom } from '../../core/random.ts';
import { formatTime } from '../../core/time.ts';
import { sliceMarket } from '../../market/slice.ts';
import { Veil } from '../../market/veil.ts';
import type { Decision } from './decisions.ts';
import { describeDifference, firstDifference, type Difference } from './difference.ts';
import { result, type CheckFinding, type CheckResult } from './finding.ts';
import { placeInTime, trace, type Subject, type Trace } from './subject.ts';

/** Bars after which the market is also cut off. */
const CUTS = 8;

/**
 * Whether decisions depend on what comes after them.
 *
 * One run hides the future at **every** bar: everything later than the bar in sight holds made-up values, and each bar is given back only
 * after the strategy has decided on the one before, so that a peek of a single bar shows. At sampled bars the market also ends right there,
 * which shows whoever counts the bars to come.
 *
 * @param fresh - the strategy in a module of its own, for each run
 * @param own - its decisions on the whole market
 */
export async function checkLookAhead(fresh: () => Promise<Subject>, own: Trace): Promise<CheckResult> {
  const subject = await fresh();
  const { market } = subject;
  const bars = sampledBars(own.decisions, market.length - market.first, subject.plan.seed);
  let found = hiddenFuture(subject, own);
  for (const bar of bars) found ??= cutOff(await fresh(), own, bar);
  const summary = `${market.length - market.first} bars decided with their future hidden, ${bars.length} with the market ending there`;
  return result('look-ahead', summary, found === undefined ? [] : [found]);
}

function hiddenFuture(subject: Subject, own: Trace): CheckFinding | undefined {
  const veil = new Veil(subject.market, createRandom(subject.plan.seed, 'check/veil'));
  let hidden = false;
  const decide = (): Trace =>
    trace(subject, {
      market: veil.market,
      watcher: {
        beforeBar: ({ market }) => {
          if (!hidden) veil.hideAfter(subject.market.first + market.bar);
          hidden = true;
        },
        afterBar: () => veil.showNext(),
      },
    });
  return compared(subject, own, decide, Infinity, 'everything after that bar made up');
}

function cutOff(subject: Subject, own: Trace, bar: number): CheckFinding | undefined {
  const { market } = subject;
  const cut = sliceMarket(market, { from: 0, first: market.first, to: market.first + bar + 1 });
  return compared(subject, own, () => trace(subject, { market: cut }), bar, 'the market ending there');
}

function compared({ market }: Subject, own: Trace, decide: () => Trace, until: number, how: string): CheckFinding | undefined {
  try {
    const difference = firstDifference(own.decisions, decide().decisions, until);
    return difference && finding(difference, how);
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    const first = own.decisions[0]?.bar ?? 0;
    return { message: `with ${how} it fails: ${error.message}`, ...placeInTime(market, first), at: error.at ?? null };
  }
}

function finding(difference: Difference, how: string): CheckFinding {
  const { first, left, right } = describeDifference(difference);
  const { bar, time, place } = first;
  const tags = left === right ? ', under another tag' : '';
  return {
    message: `at bar ${bar} (${formatTime(time)}) it decided ${left}; with ${how}, ${right}${tags}: it looks ahead`,
    bar,
    time,
    at: place ?? null,
  };
}

/** Bars of decisions, spread over the run, and as many others. */
function sampledBars(decisions: readonly Decision[], bars: number, seed: number): number[] {
  const random = createRandom(seed, 'check/cuts');
  const decided = [...new Set(decisions.map(({ bar }) => bar))];
  const half = CUTS / 2;
  const spread = Array.from(
    { length: Math.min(half, decided.length) },
    (_, k) => decided[Math.floor((k * decided.length) / half)]!,
  );
  const others = Array.from({ length: half }, () => random.integer(bars));
  return [...new Set([...spread, ...others])].toSorted((a, b) => a - b);
}
