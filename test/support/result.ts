import { DAY, formatInterval, nextBoundary } from '../../src/core/time.ts';
import type { FillColumns, FullColumns, RunResult, Target } from '../../src/result/run-result.ts';
import type { GainColumns } from '../../src/tax/ledger.ts';
import { FakeAccount, type FillRow, type GainRow } from './fake-account.ts';
import { COINS, fakeMarket, type FakeMarket } from './fake-market.ts';

const TARGET: Target = { weights: { BTC: 0.55, ETH: 0.35 }, band: 0.05, bandKind: 'absolute' };
const START = Date.UTC(2020, 0, 1);

export interface FakeOptions {
  readonly id?: string;
  /** What the made-up strategy does: nothing, trade spot back into the band, or short the excess of BTC. */
  readonly family?: 'hold' | 'spot' | 'hedge';
  readonly bars?: number;
  /** Of the market: runs with the same seed, bars and step may be compared. */
  readonly seed?: number;
  /** ms */
  readonly step?: number;
  readonly band?: number;
  /** Paid on equity, per year: a way to make one run better than another. */
  readonly interest?: number;
  /** Deposits (positive) by bar, from bar 1. */
  readonly flows?: Readonly<Record<number, number>>;
  /** Bar at whose open a short that is held is liquidated. */
  readonly liquidateAt?: number;
  readonly records?: 'full' | 'lean';
  readonly synthetic?: boolean;
  readonly regime?: string;
}

/** A made-up run whose columns, fills, lots, tax years and attribution agree with each other. Starts with old lots worth 90 % of 100,000. */
export function fakeResult(options: FakeOptions = {}): RunResult {
  const { family = 'hold', bars = 800, seed = 2, step = DAY, band = 0.05, interest = 0, liquidateAt, flows = {} } = options;
  const id = options.id ?? { hold: 'hold', spot: 'spot-band', hedge: 'anchor-band' }[family];
  const market = fakeMarket({ seed, bars, step, start: START });
  const account = new FakeAccount(market, 10_000, { BTC: 55_000 / market.spot.BTC[0]!, ETH: 35_000 / market.spot.ETH[0]! });
  const recorder = newColumns(bars);
  record(recorder, account, market, 0);
  const initialEquity = recorder.equity[0]!;
  let spotShare = account.spotValue(0) / initialEquity;

  for (let bar = 1; bar < bars; bar++) {
    if (family === 'spot') rebalance(account, market, bar, band);
    if (family === 'hedge') hedge(account, market, bar, band, bar === liquidateAt);
    account.advance(bar, flows[bar] ?? 0, interest);
    recorder.flows[bar] = flows[bar] ?? 0;
    record(recorder, account, market, bar);
    spotShare += account.spotValue(bar) / recorder.equity[bar]!;
  }

  const last = bars - 1;
  const { equity, taxAccrued, columns } = recorder;
  return {
    ...resultShell(id, step),
    strategy: { name: id, summary: `made-up ${family}`, params: { band }, source: '' },
    manifest: { ...MANIFEST, synthetic: options.synthetic ?? false, seed },
    assumptions: { ...ASSUMPTIONS, tax: { ...ASSUMPTIONS.tax, regime: options.regime ?? 'us' } },
    time: market.time,
    equity,
    taxAccrued,
    flows: recorder.flows,
    btc: market.spot.BTC,
    monthEnds: monthEnds(market.time, columns),
    totals: {
      initialEquity,
      finalEquity: equity[last]!,
      finalAfterTax: equity[last]! - taxAccrued[last]!,
      initialAfterLiquidation: columns.afterLiquidation[0]!,
      finalAfterLiquidation: columns.afterLiquidation[last]!,
      taxAccrued: taxAccrued[last]!,
      taxDeferred: columns.taxDeferred[last]!,
      attribution: account.attribution(),
      spotTraded: account.sums.spotTraded,
      futuresTraded: account.sums.futuresTraded,
      capitalInMarket: spotShare / bars,
      minMarginRatio: lowest(columns.marginRatio),
      orders: account.fills.length,
      rejected: 0,
      fills: account.fills.length,
      forcedSales: account.fills.filter(({ cause }) => cause === 'forced').length,
      liquidations: account.liquidations,
      taxesOutside: 0,
      taxableDisposals: account.disposals,
    },
    full:
      options.records === 'lean'
        ? null
        : {
            columns,
            fills: fillColumns(account.fills),
            events: account.events,
            gains: gainColumns(account.gains),
            lots: account.lotViews(market.time[last]!),
            taxYears: account.taxYears,
          },
  };
}

/** The least that a lean result needs, from literal equity values: no tax, no costs, no futures. */
export function literalResult(
  equity: readonly number[],
  { step = DAY, flows, start = START, ...rest }: Partial<RunResult> & { start?: number } = {},
): RunResult {
  const first = equity[0] ?? NaN;
  const last = equity.at(-1) ?? NaN;
  const netFlows = (flows ?? new Float64Array()).reduce((sum, flow) => sum + flow, 0);
  const zero = { funding: 0, interest: 0, fees: 0, slippage: 0, taxes: 0, liquidation: 0 };
  return {
    ...resultShell('literal', step),
    time: Float64Array.from(equity, (_, i) => start + (i + 1) * step),
    equity: Float64Array.from(equity),
    taxAccrued: new Float64Array(equity.length),
    flows: flows ?? new Float64Array(equity.length),
    btc: null,
    monthEnds: {
      bar: Int32Array.of(equity.length - 1),
      taxDeferred: Float64Array.of(0),
      afterLiquidation: Float64Array.of(last),
    },
    totals: {
      initialEquity: first,
      finalEquity: last,
      finalAfterTax: last,
      initialAfterLiquidation: first,
      finalAfterLiquidation: last,
      taxAccrued: 0,
      taxDeferred: 0,
      attribution: { netFlows, spot: { BTC: last - first - netFlows }, futures: {}, ...zero },
      spotTraded: 0,
      futuresTraded: 0,
      capitalInMarket: 1,
      minMarginRatio: null,
      orders: 0,
      rejected: 0,
      fills: 0,
      forcedSales: 0,
      liquidations: 0,
      taxesOutside: 0,
      taxableDisposals: 0,
    },
    full: null,
    ...rest,
  };
}

/** Empty full columns for a literal result; give those the test is about. */
export function literalColumns(length: number, given: Partial<FullColumns> = {}): FullColumns {
  return { ...newColumns(length).columns, weights: {}, exposure: {}, spot: {}, futuresIndex: {}, futuresBasis: {}, ...given };
}

/** The rest of a full record, with nothing in it. */
export function literalFull(columns: FullColumns): NonNullable<RunResult['full']> {
  return { columns, fills: fillColumns([]), events: [], gains: gainColumns([]), lots: [], taxYears: [] };
}

const MANIFEST: RunResult['manifest'] = {
  dataHash: 'd'.repeat(64),
  configHash: 'c'.repeat(64),
  sourceHash: 'e'.repeat(64),
  seed: 1,
  version: '0.1.0',
  node: 'v20.20.2',
  synthetic: false,
  sources: [{ symbol: 'BTC', venue: 'nowhere', file: 'BTC.csv', sha256: 'a'.repeat(64), source: 'made up', licence: null }],
};

const FEES = { maker: 0.001, taker: 0.001, halfSpread: 0.0002, impact: 0 };
const ASSUMPTIONS: RunResult['assumptions'] = {
  currency: 'USD',
  fill: 'next-open',
  collateral: 'cash',
  margin: 'cross',
  leverage: 1,
  marginCall: { at: 0.5, to: 1, from: 'spot' },
  shortfall: 'least-tax',
  insurance: true,
  interest: { cash: 0, borrow: 0.08 },
  riskFree: 0,
  venue: 'binance',
  fees: { BTC: FEES, ETH: FEES, 'BTC-PERP': { ...FEES, taker: 0.0005 } },
  contracts: {
    'BTC-PERP': {
      maintenance: [
        { floor: 0, rate: 0.004 },
        { floor: 300_000, rate: 0.005 },
      ],
      liquidationFee: 0.0125,
      settlementFee: 0,
      step: 0.001,
      minNotional: 0,
    },
  },
  venueSources: [{ figure: 'spot taker 0.1 %', source: 'made up', asOf: '2024-01-01' }],
  tax: {
    regime: 'us',
    currency: 'USD',
    description: ['flat 25 % on net gains, FIFO'],
    sources: ['made up'],
    notModelled: ['everything else'],
  },
};

function resultShell(id: string, step: number) {
  const spot = { kind: 'spot', contract: null, quote: 'USDT', venue: 'nowhere', priceFrom: null } as const;
  return {
    schemaVersion: 1,
    id,
    strategy: { name: id, summary: 'made up', params: {}, source: '' },
    instruments: [
      { symbol: 'BTC', base: 'BTC', ...spot },
      { symbol: 'ETH', base: 'ETH', ...spot },
      { ...spot, symbol: 'BTC-PERP', kind: 'perpetual', contract: 'linear', base: 'BTC' },
    ],
    interval: formatInterval(step),
    step,
    target: TARGET,
    assumptions: ASSUMPTIONS,
    manifest: MANIFEST,
    notices: [{ code: 'mark-from-last-trade', message: 'BTC has no mark series', count: 1, first: null }],
  } as const satisfies Partial<RunResult>;
}

function rebalance(account: FakeAccount, market: FakeMarket, bar: number, band: number): void {
  const seen = bar - 1;
  const drifted = COINS.find((coin) => Math.abs(account.weight(coin, seen) - TARGET.weights[coin]!) > band);
  if (drifted === undefined) return;
  const equity = account.equity(seen);
  const changes = COINS.map((coin) => ({
    coin,
    change: (TARGET.weights[coin]! * equity) / market.spot[coin][seen]! - account.units[coin],
  }));
  for (const { coin, change } of changes.sort((a, b) => a.change - b.change)) {
    account.tradeSpot(coin, change, bar, `${drifted} left its band`);
  }
}

function hedge(account: FakeAccount, market: FakeMarket, bar: number, band: number, liquidate: boolean): void {
  if (liquidate && account.short !== 0) return account.tradePerpetual(0, bar, 'liquidation', 'liquidation');
  const excess = account.weight('BTC', bar - 1) - TARGET.weights['BTC']!;
  const wanted = (-excess * account.equity(bar - 1)) / market.spot.BTC[bar - 1]!;
  if (account.short === 0 && excess > band) account.tradePerpetual(wanted, bar, 'BTC over its band');
  else if (account.short !== 0 && excess < band / 2) account.tradePerpetual(0, bar, 'BTC back in its band');
}

type Recorder = ReturnType<typeof newColumns>;

function newColumns(bars: number) {
  const column = (): Float64Array => new Float64Array(bars);
  return {
    equity: column(),
    taxAccrued: column(),
    flows: column(),
    columns: {
      cash: column(),
      afterLiquidation: column(),
      taxDeferred: column(),
      marginRatio: column().fill(NaN),
      weights: { BTC: column(), ETH: column() },
      exposure: { BTC: column(), ETH: column() },
      spot: { BTC: column(), ETH: column() },
      futuresIndex: { 'BTC-PERP': column() },
      futuresBasis: { 'BTC-PERP': column() },
      funding: column(),
      interest: column(),
      fees: column(),
      slippage: column(),
      taxes: column(),
      liquidation: column(),
    },
  };
}

function record({ equity, taxAccrued, columns }: Recorder, account: FakeAccount, market: FakeMarket, bar: number): void {
  const value = account.equity(bar);
  const notional = account.short * market.perpetual[bar]!;
  equity[bar] = value;
  taxAccrued[bar] = account.taxAccrued();
  columns.cash[bar] = account.cash;
  columns.taxDeferred[bar] = account.taxDeferred(bar);
  columns.afterLiquidation[bar] = value - taxAccrued[bar] - columns.taxDeferred[bar] - account.exitCosts(bar);
  if (notional !== 0) columns.marginRatio[bar] = (account.cash + notional - account.short * account.entry) / (0.01 * -notional);
  for (const coin of COINS) {
    columns.weights[coin][bar] = account.weight(coin, bar);
    columns.exposure[coin][bar] = account.weight(coin, bar) + (coin === 'BTC' ? notional / value : 0);
    columns.spot[coin][bar] = account.sums.spot[coin];
  }
  columns.futuresIndex['BTC-PERP'][bar] = account.sums.index;
  columns.futuresBasis['BTC-PERP'][bar] = account.sums.basis;
  for (const name of ['funding', 'interest', 'fees', 'slippage', 'taxes', 'liquidation'] as const) {
    columns[name][bar] = account.sums[name];
  }
}

// The first close at or after each month's boundary, and the last bar.
function monthEnds(time: Float64Array, columns: Pick<FullColumns, 'taxDeferred' | 'afterLiquidation'>): RunResult['monthEnds'] {
  const last = time.length - 1;
  const bar = Int32Array.from(time.keys()).filter(
    (i) => i === last || (i > 0 && time[i]! >= nextBoundary(time[i - 1]!, 'month')),
  );
  return {
    bar,
    taxDeferred: Float64Array.from(bar, (i) => columns.taxDeferred[i]!),
    afterLiquidation: Float64Array.from(bar, (i) => columns.afterLiquidation[i]!),
  };
}

function lowest(column: Float64Array): number | null {
  const values = column.filter((value) => !Number.isNaN(value));
  return values.length === 0 ? null : Math.min(...values);
}

function fillColumns(rows: readonly FillRow[]): FillColumns {
  const numbers = (field: 'time' | 'quantity' | 'referencePrice' | 'price' | 'fee' | 'slippage' | 'realised') =>
    Float64Array.from(rows, (row) => row[field]);
  return {
    time: numbers('time'),
    bar: Int32Array.from(rows, (row) => row.bar),
    symbol: rows.map((row) => row.symbol),
    quantity: numbers('quantity'),
    referencePrice: numbers('referencePrice'),
    price: numbers('price'),
    fee: numbers('fee'),
    feeCurrency: rows.map(() => 'USD'),
    slippage: numbers('slippage'),
    realised: numbers('realised'),
    tag: rows.map((row) => row.tag),
    cause: rows.map((row) => row.cause),
  };
}

function gainColumns(rows: readonly GainRow[]): GainColumns {
  const numbers = (field: 'acquired' | 'disposed' | 'quantity' | 'proceeds' | 'cost') =>
    Float64Array.from(rows, (row) => row[field]);
  return {
    asset: rows.map((row) => row.asset),
    kind: rows.map((row) => row.kind),
    acquired: numbers('acquired'),
    disposed: numbers('disposed'),
    quantity: numbers('quantity'),
    proceeds: numbers('proceeds'),
    cost: numbers('cost'),
    gain: Float64Array.from(rows, (row) => row.proceeds - row.cost),
    class: rows.map((row) => row.class),
    cause: rows.map((row) => row.cause),
    rule: rows.map(() => ''),
    denied: new Float64Array(rows.length),
    provisional: new Float64Array(rows.length),
    rate: new Float64Array(rows.length).fill(1),
    disposal: new Float64Array(rows.length).fill(NaN),
    lot: new Float64Array(rows.length).fill(NaN),
  };
}
