import type { AccountConfig, RunConfig } from '../../src/engine/config.ts';
import { runStrategy } from '../../src/engine/run.ts';
import type { Market } from '../../src/market/market.ts';
import type { RunResult } from '../../src/result/run-result.ts';
import type { Strategy } from '../../src/strategy/define.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import type { VenueSetting } from '../../src/venue/setting.ts';

/** 1,000 of cash, leverage 1, margin calls met from spot, no interest. */
export const PLAIN_ACCOUNT: AccountConfig = {
  currency: 'USD',
  cash: 1_000,
  lots: [],
  collateral: 'cash',
  leverage: 1,
  margin: 'cross',
  marginCall: { at: 0.5, to: 1, from: 'spot' },
  shortfall: 'pro-rata',
  onInsufficientMargin: 'cut',
  insurance: true,
  intrabar: 'independent',
  missingFunding: 'stop',
  interest: { cash: 0, borrow: 0 },
  borrowLimit: 0,
  riskFree: 0,
  cashIs: 'fiat',
  flows: [],
};

export const NO_TAX: TaxSetup = { regime: 'none', payFrom: 'portfolio', funding: 'result', law: 'today' };

export interface PlainRun extends Partial<Omit<RunConfig, 'account' | 'venue' | 'tax'>> {
  readonly account?: Partial<AccountConfig>;
  readonly venue?: VenueSetting;
  readonly tax?: Partial<TaxSetup>;
}

/** A full-record run of a strategy with everything that is not given plain: a free venue, no tax, the account above, 60 % BTC ± 5 points. */
export function plainRun(
  market: Market,
  strategy: Strategy,
  options: PlainRun = {},
): RunResult & { readonly full: NonNullable<RunResult['full']> } {
  const result = leanRun(market, strategy, { records: 'full', ...options });
  if (result.full === null) throw new Error('plainRun keeps full records');
  return { ...result, full: result.full };
}

/** As `plainRun`, with lean records unless told otherwise. */
export function leanRun(market: Market, strategy: Strategy, options: PlainRun = {}): RunResult {
  return runStrategy(plainConfig(market, strategy, options));
}

/** What `leanRun` runs. */
export function plainConfig(
  market: Market,
  strategy: Strategy,
  { account, venue = 'none', tax, ...rest }: PlainRun = {},
): RunConfig {
  return {
    id: strategy.name,
    market,
    strategy,
    params: {},
    strategySource: '',
    target: { weights: { BTC: 0.6 }, band: 0.05, bandKind: 'absolute' },
    account: { ...PLAIN_ACCOUNT, ...account },
    venue: resolveVenue(venue),
    tax: { ...NO_TAX, ...tax },
    fill: 'next-open',
    seed: 1,
    records: 'lean',
    ...rest,
  };
}

/** Fills as short rows: `[bar, symbol, quantity]`. */
export function fillRows({ full }: RunResult): [bar: number, symbol: string, quantity: number][] {
  if (full === null) throw new Error('a lean record has no fills');
  return full.fills.symbol.map((symbol, k) => [full.fills.bar[k]!, symbol, full.fills.quantity[k]!]);
}
