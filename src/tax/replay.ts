import { DAY, startOfDay } from '../core/time.ts';
import { CAUSE } from './ledger.ts';
import type { GainColumns, TaxLedger, TaxYear } from './ledger.ts';
import { openTaxLedger } from './open-ledger.ts';
import type { ContractEvent } from './replay-contracts.ts';
import { ContractReplay } from './replay-contracts.ts';
import { resolveTax } from './resolve.ts';
import type { LotMethod } from './methods.ts';
import type { TaxSetup } from './setup.ts';

/** One thing that happened to a coin, as a person's records have it. Money in the account's currency. */
export interface TaxEvent {
  /** Number by which lots name it. */
  readonly seq: number;
  /** UTC ms */
  readonly time: number;
  /** `income`: received as income; it forms a lot at its value, the income itself is no gain. */
  readonly type: 'buy' | 'sell' | 'income';
  readonly asset: string;
  /** Units bought or sold, before `feeInAsset`. */
  readonly quantity: number;
  /** Value before cash fees. */
  readonly gross: number;
  readonly fee?: number;
  /** Units of the sold asset paid as a fee: they leave the lots too, without proceeds. */
  readonly feeInAsset?: number;
  /** Matters where lots are matched within a wallet only. */
  readonly wallet?: string;
  /** Under specific identification: numbers of the purchases that a sale takes, in order. */
  readonly lots?: readonly number[];
  /** Ties the two legs of a trade of coin for coin. */
  readonly swapId?: string | number;
  /** Value of all coins just before a sale; the portfolio method cannot do without. */
  readonly portfolioValue?: number;
}

/** How events are replayed. */
export interface ReplaySetup {
  readonly tax: TaxSetup;
  readonly currency: string;
  /** What happened to contracts meanwhile. */
  readonly contracts?: readonly ContractEvent[];
  /** What is held before the first event, bought long ago. */
  readonly openingPools?: readonly { readonly asset: string; readonly quantity: number; readonly cost: number }[];
  /** Moment of the reading, UTC ms: tax years that ended by then are closed. Default: when nothing is provisional any more. */
  readonly until?: number;
}

/** One part of a disposal. */
export interface ReplayPart {
  /** Number of the purchase; null for a pool. */
  readonly seq: number | null;
  readonly acquired: number | null;
  readonly quantity: number;
  readonly proceeds: number;
  readonly cost: number;
  readonly gain: number;
  readonly class: string;
  readonly rule: string;
}

/** One disposal; under share matching all of an asset's disposals of a day. */
export interface ReplayDisposal {
  readonly seqs: readonly number[];
  readonly time: number;
  readonly asset: string;
  readonly quantity: number;
  readonly proceeds: number;
  readonly cost: number;
  /** proceeds − cost + denied */
  readonly gain: number;
  readonly denied: number;
  readonly provisional: boolean;
  readonly parts: readonly ReplayPart[];
}

/** What is still held: one lot, or one pool. */
export interface ReplayHolding {
  readonly seq: number | null;
  readonly asset: string;
  readonly wallet: string | null;
  readonly acquired: number;
  readonly quantity: number;
  readonly cost: number;
}

export interface TaxReplay {
  readonly disposals: readonly ReplayDisposal[];
  readonly closing: readonly ReplayHolding[];
  readonly years: readonly TaxYear[];
  readonly gains: GainColumns;
  /** Kept back from sales in all. */
  readonly withheld: number;
}

// Longer than any window of a rule that looks back or forward.
const LONG_AGO = 500 * DAY;
const ALL_FINAL = 62 * DAY;

/**
 * Replays records through the ledger that runs use, and returns disposals, what is left, and the tax years.
 *
 * @param events - in any order; ties in time go by `seq`
 * @throws {ConfigError} as `openTaxLedger`; `tax-portfolio-value` where the portfolio method lacks a value;
 *   {EngineError} `lots-exceeded` when more is sold than is held
 */
export function replayEvents(events: readonly TaxEvent[], setup: ReplaySetup): TaxReplay {
  const { method, scope } = resolveTax(setup.tax);
  const inTurn = inReplayOrder(events, method);
  const accounts = new Accounts(inTurn, setup.openingPools ?? [], scope === 'per-wallet');
  const contracts = new ContractReplay(setup.contracts ?? []);
  const start = Math.min(inTurn[0]?.time ?? Infinity, contracts.span.from);
  const ledger = openTaxLedger(setup.tax, {
    assets: accounts.assets,
    contracts: contracts.names,
    start,
    currency: setup.currency,
    keepGains: true,
    tellLots: true,
  });

  const bought: (number | null)[] = [];
  for (const { asset, quantity, cost } of setup.openingPools ?? []) {
    ledger.acquire(accounts.indexOf(asset, undefined), quantity, cost, 0, start - LONG_AGO);
    bought.push(null);
  }
  const sold: number[] = [];
  let withheld = 0;
  let swap: TaxEvent['swapId'];
  for (const event of inTurn) {
    contracts.enterBefore(ledger, event.time, event.seq);
    ledger.closeYears(event.time);
    if (swap !== undefined && event.swapId !== swap) ledger.decided();
    if (event.swapId !== undefined && event.swapId !== swap) ledger.decide(event.portfolioValue ?? NaN);
    swap = event.swapId;
    if (swap === undefined) ledger.see(event.portfolioValue ?? NaN);
    enter(ledger, accounts.indexOf(event.asset, event.wallet), event, bought, sold);
    withheld += ledger.withheld();
  }
  if (swap !== undefined) ledger.decided();
  contracts.enterBefore(ledger, Infinity, Infinity);
  const last = Math.max(inTurn.at(-1)?.time ?? -Infinity, contracts.span.to);
  const until = setup.until ?? Math.max(ledger.yearEnd, last + ALL_FINAL);
  ledger.closeYears(until);

  const gains = ledger.gains();
  return {
    disposals: disposalsOf(gains, bought, sold, method === 'uk-share-matching'),
    closing: accounts.assets.flatMap((asset, index) => {
      const wallet = accounts.walletOf(index);
      const lots = ledger.lots(index, until).map(({ id, acquired, quantity, cost }) => {
        return { seq: id === undefined ? null : (bought[id] ?? null), asset, wallet, acquired, quantity, cost };
      });
      return method === 'average-moving' ? pooled(lots) : lots;
    }),
    years: ledger.years(),
    gains,
    withheld,
  };
}

/** Coins by name, or by name and wallet, as indices. */
class Accounts {
  readonly assets: string[] = [];
  readonly #wallets: (string | null)[] = [];
  readonly #index = new Map<string, number>();
  readonly #perWallet: boolean;

  constructor(events: readonly TaxEvent[], pools: readonly { readonly asset: string }[], perWallet: boolean) {
    this.#perWallet = perWallet;
    for (const { asset } of pools) this.#add(asset, undefined);
    for (const { asset, wallet } of events) this.#add(asset, wallet);
  }

  indexOf(asset: string, wallet: string | undefined): number {
    return this.#index.get(this.#key(asset, wallet))!;
  }

  walletOf(index: number): string | null {
    return this.#wallets[index]!;
  }

  #add(asset: string, wallet: string | undefined): void {
    const key = this.#key(asset, wallet);
    if (this.#index.has(key)) return;
    this.#index.set(key, this.assets.length);
    this.assets.push(asset);
    this.#wallets.push(this.#perWallet ? (wallet ?? null) : null);
  }

  #key(asset: string, wallet = ''): string {
    return this.#perWallet ? JSON.stringify([asset, wallet]) : asset;
  }
}

/** At an average, lots differ in age only: what is held is one pool. */
function pooled(lots: readonly ReplayHolding[]): ReplayHolding[] {
  const [first, ...others] = lots;
  if (first === undefined) return [];
  const sum = (field: 'quantity' | 'cost'): number => others.reduce((total, lot) => total + lot[field], first[field]);
  return [{ ...first, seq: null, quantity: sum('quantity'), cost: sum('cost') }];
}

/** The order in which events are entered: by time and number, but for share matching, which looks at whole days. */
export function inReplayOrder(events: readonly TaxEvent[], method: LotMethod): TaxEvent[] {
  return events.toSorted(method === 'uk-share-matching' ? byDay : byTime);
}

function byTime(a: TaxEvent, b: TaxEvent): number {
  return a.time - b.time || a.seq - b.seq;
}

/** The order within a day means nothing to share matching: purchases first, so that a sale never finds too little. */
function byDay(a: TaxEvent, b: TaxEvent): number {
  const sells = (event: TaxEvent): number => (event.type === 'sell' ? 1 : 0);
  return startOfDay(a.time) - startOfDay(b.time) || sells(a) - sells(b) || byTime(a, b);
}

function enter(ledger: TaxLedger, asset: number, event: TaxEvent, bought: (number | null)[], sold: number[]): void {
  const { type, quantity, gross, fee = 0, feeInAsset = 0, time, seq, lots = [] } = event;
  if (type !== 'sell') {
    ledger.acquire(asset, quantity, gross, fee, time);
    bought.push(seq);
    return;
  }
  const named = lots.map((lot) => bought.indexOf(lot)).filter((lot) => lot >= 0);
  if (named.length > 0) ledger.nameLots(asset, named);
  const before = ledger.quantity(asset);
  ledger.dispose(asset, quantity + feeInAsset, gross, fee, time, CAUSE.strategy);
  // A book numbers the sales that took something, be they taxed or, as legs of a swap, not.
  if (ledger.quantity(asset) !== before) sold.push(seq);
}

function disposalsOf(
  gains: GainColumns,
  bought: readonly (number | null)[],
  sold: readonly number[],
  mergeDays: boolean,
): ReplayDisposal[] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < gains.gain.length; row++) {
    if (gains.kind[row] !== 'spot') continue;
    const key = mergeDays ? `${gains.asset[row]} ${startOfDay(gains.disposed[row]!)}` : String(gains.disposal[row]);
    const rows = groups.get(key);
    if (rows) rows.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((rows) => {
    const sum = (column: Float64Array): number => rows.reduce((total, row) => total + column[row]!, 0);
    return {
      seqs: [...new Set(rows.map((row) => sold[gains.disposal[row]!]!))].sort((a, b) => a - b),
      time: gains.disposed[rows[0]!]!,
      asset: gains.asset[rows[0]!]!,
      quantity: sum(gains.quantity),
      proceeds: sum(gains.proceeds),
      cost: sum(gains.cost),
      gain: sum(gains.gain),
      denied: sum(gains.denied),
      provisional: rows.some((row) => gains.provisional[row] === 1),
      parts: mergeParts(rows.map((row) => partOf(gains, row, bought))),
    };
  });
}

function partOf(gains: GainColumns, row: number, bought: readonly (number | null)[]): ReplayPart {
  const lot = gains.lot[row]!;
  const acquired = gains.acquired[row]!;
  return {
    seq: Number.isNaN(lot) ? null : (bought[lot] ?? null),
    acquired: Number.isNaN(acquired) ? null : acquired,
    quantity: gains.quantity[row]!,
    proceeds: gains.proceeds[row]!,
    cost: gains.cost[row]!,
    gain: gains.gain[row]!,
    class: gains.class[row]!,
    rule: gains.rule[row]!,
  };
}

/** Parts of one rule and one purchase are one part: several sales of a day took from it together. */
function mergeParts(parts: readonly ReplayPart[]): ReplayPart[] {
  const merged = new Map<string, ReplayPart>();
  for (const part of parts) {
    const key = JSON.stringify([part.rule, part.seq, part.acquired, part.class]);
    const same = merged.get(key);
    merged.set(key, same ? add(same, part) : part);
  }
  return [...merged.values()];
}

function add(a: ReplayPart, b: ReplayPart): ReplayPart {
  return {
    ...a,
    quantity: a.quantity + b.quantity,
    proceeds: a.proceeds + b.proceeds,
    cost: a.cost + b.cost,
    gain: a.gain + b.gain,
  };
}
