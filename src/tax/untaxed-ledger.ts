import { GainLines } from './gain-lines.ts';
import { NO_WANTS } from './ledger.ts';
import type { Exit } from './exit.ts';
import type { GainColumns, HoldingRules, LotView, TaxLedger, TaxYear } from './ledger.ts';
import { LotPool } from './lot-pool.ts';
import type { PooledMethod } from './methods.ts';
import type { SpotTrades } from './spot-trades.ts';

// No lot was ever acquired before this moment, so none is long-term.
const NEVER = -Infinity;

/** The ledger of an account that pays no tax: lots are kept for their cost, nothing is recognised. */
export class UntaxedLedger implements TaxLedger {
  readonly wants = NO_WANTS;
  readonly yearEnd = Infinity;
  readonly nextDue = Infinity;
  readonly disposals = 0;
  readonly paid = 0;
  readonly holding: HoldingRules;
  readonly #pool: LotPool;

  constructor(method: PooledMethod, assets: readonly string[]) {
    this.holding = { method, longAfterYears: null, lossesCountAtOnce: false, feesCount: true, swapsUntaxed: false };
    this.#pool = new LotPool(method, assets, null);
  }

  acquire(asset: number, quantity: number, gross: number, fee: number, time: number): void {
    this.#pool.add(asset, quantity, gross, gross + fee, time);
  }

  dispose(asset: number, quantity: number): void {
    this.#pool.take(asset, quantity, NEVER);
  }

  trade(fills: SpotTrades, from: number, to: number, time: number): void {
    this.#pool.trade(fills, from, to, time, NEVER);
  }

  contractFee(): void {}
  contractFunding(): void {}
  contractReduce(): void {}
  closeYears(): void {}

  payDue(): number {
    return 0;
  }

  accrued(): number {
    return 0;
  }

  deferred(): number {
    return 0;
  }

  deferredBoth(_: Exit, into: Float64Array): void {
    into.fill(0);
  }

  taxIfSold(): number {
    return 0;
  }

  advance(): void {}

  withheld(): number {
    return 0;
  }

  release(): void {
    this.#pool.release();
  }

  see(): void {}
  decide(): void {}
  decided(): void {}
  markYear(): void {}
  contractMoved(): void {}
  nameLots(): void {}

  taxIfSoldLongTerm(): number {
    return 0;
  }

  quantity(asset: number): number {
    return this.#pool.held[asset]!;
  }

  basis(asset: number): number {
    return this.#pool.basis[asset]!;
  }

  nextLotQuantity(asset: number): number {
    return this.#pool.nextQuantity(asset);
  }

  lots(asset: number): LotView[] {
    return this.#pool.views(asset, NEVER);
  }

  gains(): GainColumns {
    return new GainLines({ assets: [], contracts: [], classes: [] }).columns();
  }

  years(): TaxYear[] {
    return [];
  }
}
