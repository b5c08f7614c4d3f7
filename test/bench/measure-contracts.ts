import { HOUR } from '../../src/core/time.ts';
import type { RunConfig } from '../../src/engine/config.ts';
import { runStrategy } from '../../src/engine/run.ts';
import { createMarket, type InstrumentParts } from '../../src/market/create.ts';
import { MARK_SOURCES, type Field, type Market } from '../../src/market/market.ts';
import { defineStrategy } from '../../src/strategy/define.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import { z } from 'zod';
import { PLAIN_ACCOUNT } from '../support/run.ts';
import { HOURLY_10, yardstickMarket, yardstickPrices } from '../support/yardstick.ts';
import { RULES } from './rules.ts';

// W2 with one perpetual per asset beside W2 with spot alone, in turn and in one process; see contracts.test.ts. Prints one JSON line.

const FEE = { maker: 0.001, taker: 0.001 };
const VENUE = resolveVenue({ preset: 'none', fees: { spot: FEE, perpetual: FEE }, maintenance: 0.005 });
const CASH = 1_000_000;
const FUNDING_STEP = 8 * HOUR;
const WEIGHTS = Object.fromEntries(Array.from({ length: HOURLY_10.assets }, (_, j) => [`A${j}`, 0.05]));
const rebalance = { tag: 'rebalance' };

const columns = yardstickPrices(HOURLY_10);
const spotMarket = yardstickMarket(HOURLY_10, columns);

/** The market of spot alone, and a perpetual of each asset at its price, settling every eight hours. */
function withPerpetuals({ instruments, columns: fields, length, start, step, interval }: Market): Market {
  const column = (field: Field, j: number): Float64Array => fields[field].subarray(j * length, (j + 1) * length);
  const parts = instruments.map((instrument, j): InstrumentParts => {
    const own = Object.fromEntries(Object.keys(fields).map((field) => [field, column(field as Field, j)]));
    return { instrument, columns: own as unknown as InstrumentParts['columns'] };
  });
  const times = Array.from({ length: Math.floor((length * step) / FUNDING_STEP) - 1 }, (_, k) => start + (k + 1) * FUNDING_STEP);
  const perpetuals = parts.map(({ instrument, columns: own }): InstrumentParts => ({
    instrument: { ...instrument, symbol: `${instrument.symbol}-PERP`, kind: 'perpetual', contract: 'linear' },
    columns: own,
    funding: {
      time: times,
      rate: times.map((_, k) => 0.0001 * Math.sin(k)),
      mark: times.map((time) => own.close[(time - start) / step - 1]!),
      source: times.map(() => MARK_SOURCES.indexOf('event')),
    },
  }));
  return createMarket({ interval, start, length, synthetic: true, instruments: [...parts, ...perpetuals] });
}

/** The band of the spot rule, and once a day another asset's hedge brought to a tenth of its value. */
const hedged = defineStrategy({
  name: 'hedged',
  summary: 'Relative band by name, and one hedge change a day.',
  params: z.object({ weights: z.record(z.string(), z.number()), band: z.number() }),
  needs: ({ weights }) => ({ symbols: [...Object.keys(weights), ...Object.keys(weights).map((symbol) => `${symbol}-PERP`)] }),
  setup({ params: { weights, band } }) {
    const targets = Object.entries(weights);
    const hedge = { tag: 'hedge' };
    return {
      onBar({ market, portfolio, orders }) {
        for (const [symbol, target] of targets) {
          if (Math.abs(portfolio.weight(symbol) - target) <= band * target) continue;
          orders.targetWeights(weights, rebalance);
          break;
        }
        if (market.bar % 24 !== 0) return;
        const [symbol] = targets[(market.bar / 24) % targets.length]!;
        orders.targetNotional(`${symbol}-PERP`, -0.1 * portfolio.value(symbol), hedge);
      },
    };
  },
});

const market = withPerpetuals(spotMarket);
const config = (over: Partial<RunConfig>): RunConfig => ({
  ...{ id: 'run', strategySource: '', seed: 1, records: 'lean', fill: 'next-open', venue: VENUE, market: spotMarket },
  ...{ strategy: RULES.names, params: { weights: WEIGHTS, band: 0.05 } },
  target: { weights: {}, band: 0.05, bandKind: 'absolute' },
  account: { ...PLAIN_ACCOUNT, cash: CASH },
  tax: { regime: 'us', lots: 'fifo', payFrom: 'portfolio', funding: 'result', law: 'today' },
  ...over,
});

let kept = 0;
function nanoseconds(over: Partial<RunConfig>, instrumentBars: number): number {
  const begin = process.cpuUsage();
  kept += runStrategy(config(over)).totals.finalEquity;
  return (1000 * process.cpuUsage(begin).user) / instrumentBars;
}

const spot = (): number => nanoseconds({}, spotMarket.length * 10);
const contracts = (): number => nanoseconds({ market, strategy: hedged }, market.length * 20);
for (let k = 0; k < 4; k++) {
  spot();
  contracts();
}
const rounds = Array.from({ length: 11 }, () => ({ spot: spot(), contracts: contracts() }));
const ratios = rounds.map((round) => round.contracts / round.spot).sort((a, b) => a - b);
const best = (name: 'spot' | 'contracts'): number => Math.min(...rounds.map((round) => round[name]));
console.log(
  JSON.stringify({
    ratio: ratios[5],
    low: ratios[0],
    high: ratios[10],
    spotNs: best('spot'),
    contractNs: best('contracts'),
    kept: kept !== 0,
  }),
);
