import { runStrategy } from '../../src/engine/run.ts';
import type { RunConfig } from '../../src/engine/config.ts';
import type { Market } from '../../src/market/market.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import { PLAIN_ACCOUNT } from '../support/run.ts';
import {
  DAILY_10,
  HOURLY_10,
  namedWeights,
  yardstickMarket,
  yardstickPrices,
  yardstickRows,
  yardstickWeights,
  type PriceSet,
} from '../support/yardstick.ts';
import { bareLoop } from './bare-loop.ts';
import { RULES } from './rules.ts';

// Everything is measured in this one process, the kernel and the bare loop in turn, so that a ratio holds on a noisy machine.
// Usage: node measure.mjs [what …]; prints one JSON line a measurement. See kernel.test.ts.

const FEE = 0.001;
const CASH = 1_000_000;
const VENUE = resolveVenue({ preset: 'none', fees: { spot: { maker: FEE, taker: FEE } } });
const US = { regime: 'us', lots: 'fifo', payFrom: 'portfolio', funding: 'result', law: 'today' } as const;

interface Work {
  readonly name: string;
  readonly market: Market;
  readonly rows: Float64Array;
  readonly sets: readonly { weights: number[]; band: number }[];
}

function work(name: string, set: PriceSet, sets: Work['sets']): Work {
  const columns = yardstickPrices(set);
  return { name, market: yardstickMarket(set, columns), rows: yardstickRows(set, columns), sets };
}

const equalWeights = [{ weights: new Array<number>(10).fill(0.098), band: 0.05 }];
const W2 = (): Work => work('W2', HOURLY_10, equalWeights);
// Every fourth of the fifty weight vectors of W3, each with all twenty bands: the same mix in a quarter of the time.
const W3 = (): Work => {
  const sets = yardstickWeights().flatMap((weights) => Array.from({ length: 20 }, (_, b) => ({ weights, band: (b + 1) / 100 })));
  return work(
    'W3',
    DAILY_10,
    sets.filter((_, k) => Math.floor(k / 20) % 4 === 0),
  );
};

function config(market: Market, strategy: Strategy, set: Work['sets'][number], more: Partial<RunConfig> = {}): RunConfig {
  return {
    id: strategy.name,
    market,
    strategy,
    params: { weights: namedWeights(set.weights), band: set.band },
    strategySource: '',
    target: { weights: {}, band: 0.05, bandKind: 'absolute' },
    account: { ...PLAIN_ACCOUNT, cash: CASH },
    venue: VENUE,
    tax: US,
    fill: 'close',
    seed: 1,
    records: 'lean',
    ...more,
  };
}

/** Runs that are timed one by one. */
interface Job {
  readonly runs: number;
  run(k: number): void;
}

let kept = 0;
function kernelJob({ market, sets }: Work, strategy: Strategy, more?: Partial<RunConfig>): Job {
  const run = (k: number): void => void (kept += runStrategy(config(market, strategy, sets[k]!, more)).totals.finalEquity);
  return { runs: sets.length, run };
}

function bareJob({ market, rows, sets }: Work): Job {
  const assets = market.spotCount;
  const shared = {
    prices: rows,
    bars: market.length,
    assets,
    schedule: new Uint8Array(market.length),
    weights: Float64Array.from(sets.flatMap((set) => set.weights)),
    fee: FEE,
    cash: CASH,
    feeInside: false,
    units: new Float64Array(assets),
    values: new Float64Array(assets),
    equity: new Float64Array(market.length),
  };
  return {
    runs: sets.length,
    run: (k) => void (kept += bareLoop({ ...shared, weightsAt: assets * k, band: sets[k]!.band })),
  };
}

function runAll({ runs, run }: Job): void {
  for (let k = 0; k < runs; k++) run(k);
}

/** Seconds of all runs, of which each keeps its own best in `best`. */
function seconds({ runs, run }: Job, best: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < runs; k++) {
    const start = process.hrtime.bigint();
    run(k);
    const took = Number(process.hrtime.bigint() - start) / 1e9;
    best[k] = Math.min(best[k]!, took);
    sum += took;
  }
  return sum;
}

/**
 * Two jobs in turn, after warm-up: `ratio` of the best times, each run's own best of all rounds (what others on the machine take is then
 * mostly left out), and the median of the rounds' ratios.
 */
function paired(a: Job, b: Job, rounds = 9): { ratio: number; median: number; a: number; b: number } {
  const bestOf = (job: Job): Float64Array => new Float64Array(job.runs).fill(Infinity);
  const [bestA, bestB] = [bestOf(a), bestOf(b)];
  for (let k = 0; k < 3; k++) {
    runAll(a);
    runAll(b);
  }
  const ratios = Array.from({ length: rounds }, () => seconds(a, bestA) / seconds(b, bestB)).sort((x, y) => x - y);
  const sum = (best: Float64Array): number => best.reduce((total, each) => total + each, 0);
  return { ratio: sum(bestA) / sum(bestB), median: ratios[rounds >> 1]!, a: sum(bestA), b: sum(bestB) };
}

function report(name: string, figures: Record<string, number>): void {
  const rounded = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Number(value.toPrecision(4))]));
  console.log(JSON.stringify({ name, ...rounded }));
}

const MEASUREMENTS: Readonly<Record<string, () => void>> = {
  ratios() {
    for (const each of [W2(), W3()]) {
      const perBar = each.sets.length * each.market.length * 10;
      const measure = (name: string, strategy: Strategy, more?: Partial<RunConfig>): void => {
        // A run of W2 is long enough for others to come between: more rounds find one that is left alone.
        const { ratio, median, a, b } = paired(kernelJob(each, strategy, more), bareJob(each), each.sets.length === 1 ? 41 : 9);
        report(`${each.name} ${name}`, { ratio, median, nsPerAssetBar: (a / perBar) * 1e9, bareNs: (b / perBar) * 1e9 });
      };
      measure('declared', RULES.declared);
      measure('columns', RULES.columns);
      measure('names', RULES.names);
      measure('full', RULES.tags, { records: 'full', tax: { ...US, lots: 'hifo' } });
    }
  },
  growth() {
    const small = work('W2', HOURLY_10, equalWeights);
    const large = work('W2 × 4', { ...HOURLY_10, bars: 4 * HOURLY_10.bars }, equalWeights);
    report('growth', paired(kernelJob(large, RULES.names), kernelJob(small, RULES.names)));
  },
  tax() {
    const each = W2();
    const untaxed = kernelJob(each, RULES.names, { tax: { ...US, regime: 'none' } });
    report('tax', paired(kernelJob(each, RULES.names), untaxed, 41));
  },
  memory() {
    const each = W3();
    const gc = globalThis.gc;
    if (!gc) throw new Error('run with --expose-gc');
    const results: unknown[] = [];
    const keep = (count: number): void => {
      for (let k = 0; k < count; k++) {
        const { full, ...lean } = runStrategy(config(each.market, RULES.declared, each.sets[k % each.sets.length]!));
        results.push({ ...lean, full });
      }
    };
    const used = (): number => {
      // Several collections: buffers outside the heap are let go one collection after their owners.
      for (let k = 0; k < 4; k++) gc();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    keep(250);
    results.length = 0;
    keep(50);
    const before = used();
    keep(200);
    report('memory', { bytesPerSet: (used() - before) / 200, sets: results.length });
  },
  mixed() {
    const each = W2();
    const alone = kernelJob(each, RULES.names);
    const bare = bareJob(each);
    const before = paired(alone, bare);
    for (const rule of Object.values(RULES)) {
      for (const lots of ['fifo', 'lifo', 'hifo', 'average-moving'] as const)
        runAll(kernelJob(each, rule, { tax: { ...US, lots } }));
      runAll(kernelJob(each, rule, { tax: { ...US, regime: 'none' }, records: 'full' }));
    }
    const after = paired(alone, bare);
    report('mixed', { before: before.ratio, after: after.ratio, slowdown: after.ratio / before.ratio });
  },
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(MEASUREMENTS)) MEASUREMENTS[name]!();
if (!Number.isFinite(kept)) throw new Error('a run went wrong');
