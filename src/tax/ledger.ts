import type { Exit } from './exit.ts';
import type { LotMethod } from './methods.ts';
import type { SpotTrades } from './spot-trades.ts';

/** Why units or a position left the account. */
export const CAUSES = ['strategy', 'forced', 'liquidation', 'expiry', 'roll'] as const;
export type Cause = (typeof CAUSES)[number];
/** Indices into CAUSES, as the engine passes them. */
export const CAUSE = { strategy: 0, forced: 1, liquidation: 2, expiry: 3, roll: 4 } as const satisfies Record<Cause, number>;

/** One open lot, or one pool, as strategies and reports see it. */
export interface LotView {
  /** By which an order may name it, where the method lets the seller choose. */
  readonly id?: number;
  readonly asset: string;
  /** UTC ms */
  readonly acquired: number;
  readonly quantity: number;
  /** Total, account currency, fees included where the regime counts them. */
  readonly cost: number;
  /** Whether a sale now would have the regime's long-term class. */
  readonly longTerm: boolean;
}

/** One matched part of a disposal, or one recognised result of a contract. Columns of equal length. */
export interface GainColumns {
  readonly asset: readonly string[];
  /** `spot`, `derivative` or `funding`. */
  readonly kind: readonly string[];
  /** UTC ms; NaN for contracts. */
  readonly acquired: Float64Array;
  /** UTC ms */
  readonly disposed: Float64Array;
  /** Units; NaN for contracts. */
  readonly quantity: Float64Array;
  readonly proceeds: Float64Array;
  readonly cost: Float64Array;
  readonly gain: Float64Array;
  readonly class: readonly string[];
  readonly cause: readonly Cause[];
  /** How the cost was found: `lot`, `same-day`, `30-day`, `s104`, `average`, `portfolio`; empty for contracts. */
  readonly rule: readonly string[];
  /** Loss that was denied and is now part of the replacement's cost, ≥ 0; gain = proceeds − cost + denied. */
  readonly denied: Float64Array;
  /** 1 where a rule that looks forward may still change the line. */
  readonly provisional: Float64Array;
  /** Account currency per unit of the regime's currency on the day; 1 where they agree. */
  readonly rate: Float64Array;
  /** Number of the disposal and of the lot it took, in order of time; NaN where there is none. */
  readonly disposal: Float64Array;
  readonly lot: Float64Array;
}

/** One closed tax year and its bill, in the regime's currency. */
export interface TaxYear {
  /** UTC ms: [start, end). */
  readonly start: number;
  readonly end: number;
  /** Net recognised result per class, losses carried in not yet applied. */
  readonly results: Readonly<Record<string, number>>;
  /** Losses carried into the next year per class, ≥ 0. */
  readonly carried: Readonly<Record<string, number>>;
  readonly tax: number;
  /** UTC ms */
  readonly due: number;
  /** Whether the bill fell due within the run; a bill of nothing counts as paid. */
  readonly paid: boolean;
  /** Whether a rule that looks forward may still change it. */
  readonly provisional: boolean;
  /** Whether its sales of coins were too small to be taxed. */
  readonly exempt: boolean;
}

/** What a ledger wants to be told besides fills, funding and time; what it does not want costs nothing. */
export interface LedgerWants {
  /** `withheld` may be more than 0 after a sale. */
  readonly withholding: boolean;
  /** `see`, `decide` and `decided`: a sale is judged by the value of all coins, and sells that fund buys are swaps. */
  readonly portfolioValue: boolean;
  /**
   * Cash is a coin too: the asset whose index follows the last. Told are the cash held at the start, and what of it comes or goes otherwise
   * than by spot fills (`acquire`, `dispose`, face value); `trade` then swaps.
   */
  readonly cash: boolean;
  /** `markYear` before `closeYears`. */
  readonly yearEndMarks: boolean;
  /** `contractMoved` after every fill of a contract. */
  readonly positions: boolean;
  /** Accrued tax changes from bar to bar without any event, with an exchange rate: `advance` at every close. */
  readonly drift: boolean;
  /** `nextDue` may change with a fill: a rule that looks forward amends a closed year. */
  readonly amends: boolean;
  /** `nameLots`: the seller chooses. */
  readonly lotNames: boolean;
}

/** What a seller must know: facts of the regime and of its lot method. */
export interface HoldingRules {
  /** How a sale gets its cost. */
  readonly method: LotMethod;
  /** Whole years that a lot must be older than for the long-term class; null where time does not matter. */
  readonly longAfterYears: number | null;
  /** Whether a loss counts though the coin is bought back at once. */
  readonly lossesCountAtOnce: boolean;
  /** Whether the fee of a sale is off what it brings. */
  readonly feesCount: boolean;
  /** Whether a sale is taxed only as far as the same decision buys no other coins with it. */
  readonly swapsUntaxed: boolean;
}

/** The wants of most ledgers. */
export const NO_WANTS: LedgerWants = {
  withholding: false,
  portfolioValue: false,
  cash: false,
  yearEndMarks: false,
  positions: false,
  drift: false,
  amends: false,
  lotNames: false,
};

/**
 * The tax side of one account, as the engine drives it: lots, recognised results, tax years and bills.
 *
 * Assets and contracts are indices (order of the market's instruments), money is in the account currency, moments are UTC ms and never
 * go back. Quantities are positive. Calls are cheap enough for a hot loop: no allocation except by doubling.
 *
 * T(y, D) below is this tax year's bill on the lines recognised so far plus disposals D made now, with losses carried in
 * (accounting.md, section 4).
 */
export interface TaxLedger {
  /** Units bought or received. `gross` is units × fill price, `fee` what was paid on top. */
  acquire(asset: number, quantity: number, gross: number, fee: number, time: number): void;
  /** Units sold or given up, matched to lots by the regime's method. A remainder below DUST of the lot is closed with it. */
  dispose(asset: number, quantity: number, gross: number, fee: number, time: number, cause: number): void;

  /**
   * `acquire` and `dispose` for rows [from, to) of a batch of spot fills of one moment: numbers that stay in columns are not boxed. Where cash
   * is a coin, each row is a swap with it.
   */
  trade(fills: SpotTrades, from: number, to: number, time: number, cause: number): void;

  /** A trading fee of a contract: waits and is recognised pro rata. The fee of a reducing fill belongs in that fill's `result`. */
  contractFee(contract: number, fee: number, time: number): void;
  /** Funding of a contract (positive: received): recognised with its result, or at once as income, as the regime's parameter says. */
  contractFunding(contract: number, amount: number, time: number): void;
  /** A position got smaller: `share` in (0, 1] of it closed with price result `result`; pending fees and funding follow pro rata. */
  contractReduce(contract: number, share: number, result: number, time: number, cause: number): void;

  /** End of the current tax year (first moment of the next). */
  readonly yearEnd: number;
  /** Moment at which the earliest unpaid bill is due; Infinity when there is none. */
  readonly nextDue: number;
  /** Closes every tax year that has ended at or before `time`: nets, carries losses, writes the bill. */
  closeYears(time: number): void;
  /** Takes the bills due at or before `time` and returns their sum. */
  payDue(time: number): number;

  /** Assessed and unpaid bills + T(y, ∅). */
  accrued(): number;
  /**
   * T(y, everything) − T(y, ∅): what selling now would add to the bill; may be negative.
   *
   * @param proceeds - per asset, what selling all of it brings (length = number of assets), as in `taxIfSold`
   * @param contracts - per contract, the unrealised price result it would realise (pending fees and funding are added here)
   * @param coinCosts - per asset, ≥ 0: what is lost by selling coins that contracts pay, which are bought then; default: nothing
   */
  deferred(proceeds: Float64Array, contracts: Float64Array, time: number, coinCosts?: Float64Array): number;
  /** `deferred` of an exit before and after its costs: into `into[0]` and `into[1]`. */
  deferredBoth(exit: Exit, into: Float64Array): void;
  /**
   * T(y, this sale) − T(y, ∅); more than is held counts as all of it, at the same price.
   *
   * @param proceeds - after the fee where `holding.feesCount`
   * @param gross - before any fee; default: the proceeds
   */
  taxIfSold(asset: number, quantity: number, proceeds: number, time: number, gross?: number): number;
  /** The same, were all that is sold long-term. */
  taxIfSoldLongTerm(asset: number, quantity: number, proceeds: number, time: number, gross?: number): number;
  readonly holding: HoldingRules;

  readonly wants: LedgerWants;
  /** It is this moment: amounts that come out are at its exchange rate. */
  advance(time: number): void;
  /** Takes what was kept back from sales since it was last asked; it leaves the account at once and is credited in the assessment. */
  withheld(): number;
  /** Value of all coins just before what follows; besides it the cash, signed, where that is a coin (default 0). */
  see(value: number, cash?: number): void;
  /** What is traded until `decided` is one decision; values as in `see`. */
  decide(value: number, cash?: number): void;
  decided(): void;
  /** The tax year that closes next ends with these values of coins and price results of open positions. */
  markYear(values: Float64Array, unrealised: Float64Array, time: number): void;
  /** A contract's position is worth `quantity` of its coin from now on; `price` is the coin's. */
  contractMoved(contract: number, quantity: number, price: number, time: number): void;
  /** Lots that the next disposal of an asset takes first, by their `id`; only under specific identification. */
  nameLots(asset: number, lots: readonly number[]): void;

  /** Sum of open lots. */
  quantity(asset: number): number;
  /** Cost of open lots. */
  basis(asset: number): number;
  /** Nothing is asked of lots any more: their memory may serve the next run. */
  release?(): void;
  /** Quantity of the lot that the method would sell next; 0 when there is none. */
  nextLotQuantity(asset: number): number;
  /** Open lots, oldest first, as they stand at `time`; also of cash, where it is a coin. */
  lots(asset: number, time: number): LotView[];

  /** Disposals of a coin so far (a disposal over several lots counts once); untaxed swaps are none. */
  readonly disposals: number;
  /** Sum of bills taken by payDue. */
  readonly paid: number;
  /** Gain lines in order of time; empty when the ledger was told not to keep them. */
  gains(): GainColumns;
  years(): TaxYear[];
}
