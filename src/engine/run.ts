import { ConfigError, StrategyError } from '../core/errors.ts';
import { NoticeBoard } from '../core/notice.ts';
import { once } from '../core/once.ts';
import { createRandom } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import { didYouMean } from '../core/suggest.ts';
import { DAY, formatDate, formatTime } from '../core/time.ts';
import { barTime } from '../market/market.ts';
import { coinsOf } from '../market/instrument.ts';
import type { Market } from '../market/market.ts';
import { RESULT_SCHEMA_VERSION } from '../result/run-result.ts';
import type { RunResult } from '../result/run-result.ts';
import { checkHandlers } from '../strategy/check.ts';
import { readParams } from '../strategy/params.ts';
import { strategyPlace } from '../strategy/trace.ts';
import type { Handlers, Needs, NeedsContext } from '../strategy/types.ts';
import { openTaxLedger } from '../tax/open-ledger.ts';
import type { TaxLedger } from '../tax/ledger.ts';
import { noteTax } from '../tax/notices.ts';
import { resolveTax } from '../tax/resolve.ts';
import type { CollateralTier } from '../venue/collateral.ts';
import { trailingLiquidity } from '../venue/trailing.ts';
import { Account } from './account.ts';
import { openCash } from './cash-moves.ts';
import { attributionOf, totalsOf } from './closing.ts';
import type { RunConfig } from './config.ts';
import { StepDecider } from './facade/step.ts';
import { Kernel } from './kernel.ts';
import { describeRun } from './manifest.ts';
import { OrderBook } from './order-book.ts';
import { Recorder } from './recorder.ts';
import { compileTerms } from './terms.ts';
import type { Terms } from './terms.ts';
import { buildTimeline, isGapless, monthEndFlags } from './timeline.ts';
import { noteUnlisted } from './unlisted.ts';
import { compileWake } from './wake.ts';

/**
 * Replays one strategy on one market and account, and returns everything the run leaves behind.
 *
 * 1. **Read** the strategy's parameters and needs; refuse margin that cannot carry them.
 * 2. **Compile** the venue's terms, the timeline of scheduled events and the declared wake to columns of numbers.
 * 3. **Open** the account and the tax ledger with the opening lots.
 * 4. **Run** the kernel over all bars (accounting.md, section 1): fills at the open, scheduled events, margin, mark to market, the
 *    strategy, the row.
 * 5. **Close**: totals, attribution, records, notices, manifest.
 *
 * Same inputs give the same bytes: no clock, no path and no unseeded randomness reaches the result.
 *
 * @throws {ConfigError} what cannot be run as configured; {StrategyError} what the strategy did wrong, with its file and line;
 *   {EngineError} a broken invariant, naming bar and instrument
 */
export function runStrategy(given: RunConfig): RunResult {
  const { market, strategy, target } = given;
  const notices = new NoticeBoard();
  const context = { target: { ...target, coins: coinsOf(market.instruments) }, hasLots: given.account.lots.length > 0 };
  const params = readParams(strategy, given.params);
  const needs = strategy.needs(params, context);
  const config = { ...given, account: accountWith(given, needs) };
  const { account } = config;
  refuseUnfitMargin(config, needs);

  let stream: Random | undefined;
  const random = (): number => (stream ??= createRandom(config.seed, `strategy/${config.id}`)).uniform();
  const handlers = setUp(config, params, { ...context, random });
  const terms = compileTerms(market, config.venue);
  const timeline = buildTimeline(market, account.flows, config.venue.dailyVariation);

  const tax = taxWith(config, needs);
  const ledger = openLedger(config, tax);
  const money = new Account(market, account.cash, account.leverage);
  openLots(config, money, ledger);

  noteTax(notices, tax, account.currency, periodOf(config));
  const decidesFrom = firstDecision(market, needs, notices);
  const contract = account.collateral === 'coin' ? 'inverse' : 'linear';
  noteUnlisted(market, needs, contract, decidesFrom, notices);
  const prices = config.fill === 'close' ? market.columns.close : market.columns.open;
  const recorder = new Recorder(config.records === 'full', market, account.currency, { ...terms, prices });
  const kernel = new Kernel({
    market,
    terms,
    config: account,
    account: money,
    ledger,
    payTaxFromCash: config.tax.payFrom === 'portfolio',
    collateral: account.collateral === 'multi-asset' ? collateralOf(config, notices) : null,
    timeline,
    monthEnds: monthEndFlags(market),
    book: new OrderBook(),
    recorder,
    notices,
    fillAtClose: config.fill === 'close',
    firstDecision: decidesFrom,
    wake: handlers.wake === undefined ? null : compileWake(handlers.wake, market),
    impactInputs: impactInputs(market, terms),
    gapless: isGapless(market),
  });
  kernel.connect(new StepDecider(kernel, strategy.name, handlers, needs.symbols, contract));
  kernel.run();

  return close({ ...config, tax }, params, kernel, notices);
}

/** What the collateral mode cannot carry is said before the run, not at the first order. */
function refuseUnfitMargin({ account, market }: RunConfig, needs: Needs): void {
  const inverse = market.instruments.find(({ symbol, contract }) => contract === 'inverse' && needs.symbols.includes(symbol));
  if (inverse && account.collateral !== 'coin') {
    throw new ConfigError('inverse-needs-coin', `${inverse.symbol} is an inverse contract, margined with ${inverse.base}`, {
      hint: `say \`account.collateral: coin\`, or hedge with the linear perpetual of ${inverse.base}`,
    });
  }
  if (account.collateral === 'multi-asset' && account.margin === 'isolated') {
    throw new ConfigError(
      'isolated-multi-asset',
      'multi-asset collateral is one margin account: its positions cannot be isolated',
      {
        hint: 'say `margin: cross`, or another collateral',
      },
    );
  }
}

/**
 * What of each coin counts as margin. A coin that the venue is not known to take counts nothing, with a notice.
 *
 * @throws {ConfigError} `venue-fact-unknown` where nothing is known of any coin
 */
function collateralOf({ market, venue }: RunConfig, notices: NoticeBoard): readonly (readonly CollateralTier[])[] {
  const faults: ConfigError[] = [];
  const tiers = market.instruments.slice(0, market.spotCount).map(({ base, symbol }) => {
    try {
      return venue.collateral(base);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(error);
      notices.add('coin-not-collateral', () => `${symbol} counts nothing as margin: ${error.message}`);
      return [];
    }
  });
  if (faults.length === tiers.length && faults.length > 0) throw faults[0]!;
  return tiers;
}

function setUp(config: RunConfig, params: Record<string, unknown>, context: NeedsContext & { random(): number }): Handlers {
  const { strategy } = config;
  let handlers: unknown;
  try {
    handlers = strategy.setup({ ...context, params });
  } catch (error) {
    const place = strategyPlace(error);
    const message = error instanceof Error ? error.message : String(error);
    throw new StrategyError('strategy-threw', `${strategy.name} threw in setup: ${message}`, {
      cause: error,
      ...(place && { at: place }),
    });
  }
  return checkHandlers(strategy.name, handlers);
}

/** The tax setup with the lot method that the strategy asks for, where the experiment names none and the regime offers it. */
function taxWith({ tax }: RunConfig, { lots }: Needs): RunConfig['tax'] {
  if (tax.lots !== undefined || lots === undefined) return tax;
  const offered = resolveTax(tax).regime.lots;
  return [...offered.lawful, ...offered.forComparison].includes(lots) ? { ...tax, lots } : tax;
}

/** The account with the collateral that the strategy asks for. */
function accountWith({ account }: RunConfig, { collateral = account.collateral }: Needs): RunConfig['account'] {
  return collateral === account.collateral ? account : { ...account, collateral };
}

function openLedger({ market, account, records }: RunConfig, tax: RunConfig['tax']): TaxLedger {
  const symbols = market.instruments.map((instrument) => instrument.symbol);
  return openTaxLedger(tax, {
    assets: symbols.slice(0, market.spotCount),
    contracts: symbols.slice(market.spotCount),
    coinOf: market.indexOf.slice(market.spotCount),
    start: barTime(market, market.first),
    currency: account.currency,
    cashIs: account.cashIs,
    keepGains: records === 'full',
  });
}

/** First and last moment of a run, and the earliest at which something was acquired. */
function periodOf({ market, account }: RunConfig): Parameters<typeof noteTax>[3] {
  const from = barTime(market, market.first);
  const earliest = Math.min(from, ...account.lots.map(({ acquired }) => acquired));
  return { earliest, from, to: barTime(market, market.length - 1) };
}

/** Enters what the account owns at the start, at bar 0's marks, into account and ledger. */
function openLots({ market, account }: RunConfig, money: Account, ledger: TaxLedger): void {
  const start = barTime(market, market.first);
  const spot = market.instruments.slice(0, market.spotCount).map((instrument) => instrument.symbol);
  const byAge = [...account.lots].sort((a, b) => a.acquired - b.acquired);
  for (const lot of byAge) {
    const asset = spot.indexOf(lot.asset);
    if (asset < 0) {
      throw new ConfigError('lot-asset-unknown', `account.lots: "${lot.asset}" is not a spot series of this market`, {
        hint: didYouMean(lot.asset, spot),
      });
    }
    if (lot.acquired >= start) {
      throw new ConfigError(
        'lot-after-start',
        `account.lots: ${lot.asset} acquired ${formatDate(lot.acquired)}, after the start ${formatTime(start)}`,
        {
          hint: 'lots are what is owned when the run starts',
        },
      );
    }
    const price = market.columns.mark[asset * market.length + market.first]!;
    if (!(price > 0)) {
      throw new ConfigError('lot-without-price', `account.lots: ${lot.asset} has no price at the start, ${formatTime(start)}`, {
        hint: 'start the period when the series trades, or leave the lot out',
      });
    }
    money.open(asset, lot.quantity, price);
    ledger.acquire(asset, lot.quantity, lot.cost, 0, lot.acquired);
  }
  openCash(ledger, account.cash, spot.length, start);
}

/** The first bar at which the strategy's look-back is complete; a later one than the run's first is a notice. */
function firstDecision(market: Market, needs: Needs, notices: NoticeBoard): number {
  const lookback = Math.max(Math.ceil(((needs.lookbackDays ?? 0) * DAY) / market.step), needs.lookbackBars ?? 0);
  const bar = Math.max(market.first, lookback - 1);
  if (bar > market.first) {
    const time = barTime(market, Math.min(bar, market.length - 1));
    notices.add(
      'decisions-start-late',
      `the market holds no ${(lookback * market.step) / DAY} days before its period: decisions start ${formatTime(time)}`,
      time,
    );
  }
  return bar;
}

function impactInputs(market: Market, terms: Terms): ReturnType<typeof trailingLiquidity>[] | null {
  if (terms.impact.every((coefficient) => coefficient === 0)) return null;
  return market.instruments.map((_, instrument) => trailingLiquidity(market, instrument));
}

const timeCache = new WeakMap<Market, Float64Array>();
const zerosCache = new Map<number, Float64Array>();

/** Bar closes of the period: one column per market, shared by its runs. */
function closeTimes(market: Market): Float64Array {
  let times = timeCache.get(market);
  if (!times) {
    times = Float64Array.from({ length: market.length - market.first }, (_, bar) => barTime(market, market.first + bar));
    timeCache.set(market, times);
  }
  return times;
}

function zeros(length: number): Float64Array {
  let column = zerosCache.get(length);
  if (!column) zerosCache.set(length, (column = new Float64Array(length)));
  return column;
}

function close(config: RunConfig, params: Record<string, unknown>, kernel: Kernel, notices: NoticeBoard): RunResult {
  const { market, strategy } = config;
  const { recorder, ledger } = kernel;
  const described = describeRun(config, params);
  const spot = market.instruments.slice(0, market.spotCount);
  const btc = spot.findIndex((instrument) => instrument.base === 'BTC');
  const { length, first } = market;
  // What has become final by the last moment is provisional no more.
  ledger.closeYears(barTime(market, length - 1));
  const totals = totalsOf(kernel, attributionOf(kernel));
  if (!recorder.full) ledger.release?.();
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    id: config.id,
    strategy: { name: strategy.name, summary: strategy.summary, params, source: config.strategySource },
    instruments: instrumentsOf(market),
    interval: market.interval,
    step: market.step,
    target: config.target,
    get assumptions() {
      return described.assumptions();
    },
    get manifest() {
      return described.manifest();
    },
    time: closeTimes(market),
    equity: recorder.equity,
    taxAccrued: recorder.taxAccrued,
    flows: recorder.flows ?? zeros(length - first),
    btc: btc < 0 ? null : market.columns.mark.subarray(btc * length + first, (btc + 1) * length),
    monthEnds: {
      bar: Int32Array.from(kernel.monthEndBars),
      taxDeferred: Float64Array.from(kernel.monthEndDeferred),
      afterLiquidation: Float64Array.from(kernel.monthEndAfterLiquidation),
    },
    totals,
    notices: [...market.notices, ...notices.list()],
    full: recorder.full ? fullRecord(kernel) : null,
  };
}

/** The full record; its columns and names are made of rows and indices when they are first read. */
function fullRecord({ recorder, ledger, market }: Kernel): NonNullable<RunResult['full']> {
  // Cash, where it is a coin to the ledger, comes after the others.
  const coins = Array.from({ length: market.spotCount + (ledger.wants.cash ? 1 : 0) }, (_, asset) => asset);
  const end = barTime(market, market.length - 1);
  const columns = once(() => recorder.fullColumns());
  const fills = once(() => recorder.fills());
  const gains = once(() => ledger.gains());
  const lots = once(() => coins.flatMap((asset) => ledger.lots(asset, end)));
  return {
    get columns() {
      return columns();
    },
    get fills() {
      return fills();
    },
    events: recorder.events,
    get gains() {
      return gains();
    },
    get lots() {
      return lots();
    },
    taxYears: ledger.years(),
  };
}

const instrumentCache = new WeakMap<Market, RunResult['instruments']>();

/** What results say of a market's instruments, shared by its runs. */
function instrumentsOf(market: Market): RunResult['instruments'] {
  let listed = instrumentCache.get(market);
  if (!listed) {
    listed = market.instruments.map(({ symbol, kind, contract, base, quote, venue, priceFrom }) => ({
      symbol,
      kind,
      contract,
      base,
      quote,
      venue,
      priceFrom,
    }));
    instrumentCache.set(market, listed);
  }
  return listed;
}
