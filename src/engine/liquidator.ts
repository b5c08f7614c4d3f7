import { figure } from '../core/figures.ts';
import { formatMinute } from '../core/time.ts';
import { firstBreach, markAt, type MarginedPositions } from '../venue/liquidation.ts';
import { flatMaintenance, flattenBrackets, maintenanceOf, type BracketTable } from '../venue/margin.ts';
import { CAUSE } from '../tax/ledger.ts';
import { debtSale, raiseCash } from './raise-cash.ts';
import type { Kernel } from './kernel.ts';
import { CASH } from './margin-desk.ts';

/** Where the bar's marks may go from their open (accounting.md, section 3). */
const CORNERS = ['high', 'low', 'adverse'] as const;
type Corner = (typeof CORNERS)[number];

/**
 * Watches every margin account of a run and closes what it holds where its ratio reaches 1.
 *
 * `#open` and `#corner` are the prices between which the bar's path runs, by instrument: of held contracts, and of the coins that margin
 * them. The columns of `#positions` have one value per contract, 0-based after the spot instruments, and describe one account at a time.
 */
export class Liquidator {
  readonly #kernel: Kernel;
  readonly #corners: readonly Corner[];
  readonly #open: Float64Array;
  readonly #corner: Float64Array;
  readonly #positions: { -readonly [K in keyof MarginedPositions]: MarginedPositions[K] };
  readonly #noMaintenance: BracketTable;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#corners = kernel.config.intrabar === 'correlated' ? CORNERS.slice(0, 2) : CORNERS;
    const { count, spotCount, account, margin } = kernel;
    this.#open = new Float64Array(count);
    this.#corner = new Float64Array(count);
    this.#positions = {
      quantity: margin.lone ? account.quantity.subarray(spotCount) : new Float64Array(count - spotCount),
      entry: account.entry.subarray(spotCount),
      inverse: account.inverse.subarray(spotCount),
      open: this.#open.subarray(spotCount),
      corner: this.#corner.subarray(spotCount),
      coinsOpen: 0,
      coinsCorner: 0,
    };
    this.#noMaintenance = flattenBrackets(Array.from({ length: count - spotCount }, () => flatMaintenance(0)));
  }

  /**
   * Whether nothing comes near liquidation from the bar's open to its close, by one pass over the positions: with contracts that share one
   * cash account, what is left over maintenance is least at an end of the path (see `firstBreach`). Notes the margin ratios on the way, where
   * the guard does not know at once that they are nothing new.
   */
  survives(i: number): boolean {
    const { account, market, bars, spotCount, terms, margin } = this.#kernel;
    if (!margin.lone) return false;
    if (this.#kernel.guard.clears(i)) return true;
    const { markOpen, markHigh, markLow } = market.columns;
    const { held, quantity, entry, positions } = account;
    const table = terms.maintenance;
    let balance = account.cash;
    let maintenance = 0;
    // What the corners change of the sums at the open: nothing in a bar whose marks stand still.
    let highGain = 0;
    let highMore = 0;
    let lowGain = 0;
    let lowMore = 0;
    let worstGain = 0;
    let worstMore = 0;
    for (let row = 0; row < positions; row++) {
      const j = held[row]!;
      const at = j * bars + i;
      const units = quantity[j]!;
      const size = Math.abs(units);
      const open = markOpen[at]!;
      const forOpen = maintenanceOf(table, j - spotCount, size * open);
      balance += units * (open - entry[j]!);
      maintenance += forOpen;
      const high = markHigh[at]!;
      const low = markLow[at]!;
      if (high === open && low === open) continue;
      const atHigh = units * (high - open);
      const forHigh = maintenanceOf(table, j - spotCount, size * high) - forOpen;
      const atLow = units * (low - open);
      const forLow = maintenanceOf(table, j - spotCount, size * low) - forOpen;
      highGain += atHigh;
      highMore += forHigh;
      lowGain += atLow;
      lowMore += forLow;
      worstGain += units > 0 ? atLow : atHigh;
      worstMore += units > 0 ? forLow : forHigh;
    }
    if (this.#corners.length < CORNERS.length) {
      worstGain = highGain;
      worstMore = highMore;
    }
    const lost =
      balance <= maintenance ||
      balance + highGain <= maintenance + highMore ||
      balance + lowGain <= maintenance + lowMore ||
      balance + worstGain <= maintenance + worstMore;
    if (lost) return false;
    const lowest = Math.min(
      balance / maintenance,
      (balance + highGain) / (maintenance + highMore),
      (balance + lowGain) / (maintenance + lowMore),
      (balance + worstGain) / (maintenance + worstMore),
    );
    this.#kernel.seeMarginRatio(lowest);
    return true;
  }

  /** Before anything fills: liquidates the accounts that the opening marks already breach. */
  atOpen(i: number): void {
    const kernel = this.#kernel;
    const { margin, account, market } = kernel;
    const { markOpen } = market.columns;
    if (margin.lone && (kernel.guard.clears(i) || this.#survivesAt(markOpen, i))) return;
    for (let row = 0; row < account.positions; row++) {
      if (!margin.leads(row)) continue;
      const key = margin.keyOf(account.held[row]!);
      margin.load(markOpen, i);
      margin.sum(key);
      kernel.seeMarginRatio(margin.ratio());
      if (margin.ratio() > 1) continue;
      this.#select(key);
      margin.loadInto(this.#open, market.columns.mark, i - 1);
      margin.loadInto(this.#corner, markOpen, i);
      this.#loadIndexes(this.#open, i - 1, () => market.columns.mark);
      this.#loadIndexes(this.#corner, i, () => markOpen);
      this.#close(key, i, this.#jumped(key), market.start + i * market.step);
      row = -1;
    }
  }

  /** Whether the one cash account is over its maintenance at a column's marks; notes its ratio if so. */
  #survivesAt(column: Float64Array, i: number): boolean {
    const { account, bars, spotCount, terms } = this.#kernel;
    const { held, quantity, entry, positions } = account;
    let balance = account.cash;
    let maintenance = 0;
    for (let row = 0; row < positions; row++) {
      const j = held[row]!;
      const units = quantity[j]!;
      const mark = column[j * bars + i]!;
      balance += units * (mark - entry[j]!);
      maintenance += maintenanceOf(terms.maintenance, j - spotCount, Math.abs(units) * mark);
    }
    if (balance <= maintenance) return false;
    this.#kernel.seeMarginRatio(balance / maintenance);
    return true;
  }

  /**
   * How far the way from the last close to the open an account could go that the open breaches: all of it, or, where the gap jumped past
   * bankruptcy and the venue is insured, to where nothing is left.
   */
  #jumped(key: number): number {
    if (!this.#insured(key)) return 1;
    const positions = this.#positions;
    if (this.#kernel.margin.pooled && key === CASH) {
      positions.coinsOpen = this.#coinValue(this.#open);
      positions.coinsCorner = this.#coinValue(this.#corner);
    }
    const lambda = firstBreach(this.#kernel.margin.wallet(key), positions, this.#noMaintenance);
    return Number.isNaN(lambda) ? 1 : lambda;
  }

  /** Within the bar: tries each corner and liquidates each account where its margin ratio first reaches 1. */
  inBar(i: number): void {
    const kernel = this.#kernel;
    const { margin, account, market, terms } = kernel;
    const { markOpen } = market.columns;
    margin.loadInto(this.#open, markOpen, i);
    for (let row = 0; row < account.positions; row++) {
      if (!margin.leads(row)) continue;
      const key = margin.keyOf(account.held[row]!);
      this.#select(key);
      margin.sum(key, this.#open);
      kernel.seeMarginRatio(Math.max(margin.ratio(), 1));
      let first = NaN;
      let worst: Corner = 'high';
      for (const name of this.#corners) {
        this.#loadCorner(name, key, i);
        margin.sum(key, this.#corner);
        kernel.seeMarginRatio(Math.max(margin.ratio(), 1));
        if (margin.pooled && key === CASH) {
          this.#positions.coinsOpen = margin.collateralValue(this.#open);
          this.#positions.coinsCorner = margin.collateralValue(this.#corner);
        }
        const breach = firstBreach(margin.wallet(key), this.#positions, terms.maintenance);
        if (!Number.isNaN(breach) && !(breach >= first)) {
          first = breach;
          worst = name;
        }
      }
      if (Number.isNaN(first)) continue;
      this.#loadCorner(worst, key, i);
      this.#loadIndexes(this.#open, i, () => markOpen);
      this.#loadIndexes(this.#corner, i, (asset) => this.#coinColumn(worst, asset, key));
      this.#close(key, i, first, market.start + (i + first) * market.step);
      row = -1;
    }
  }

  /** Closes all positions of an account at the marks of λ and books the liquidation fee. */
  #close(key: number, i: number, lambda: number, time: number): void {
    const kernel = this.#kernel;
    const { account, recorder, margin, market } = kernel;
    const price = this.#pricesAt(lambda);
    kernel.seeMarginRatio(1);

    const closed = [...account.held.subarray(0, account.positions)].filter((j) => margin.keyOf(j) === key);
    const inverse = account.inverse[closed[0]!] === 1;
    const coin = inverse ? account.coin[closed[0]!]! : -1;
    const worth = inverse ? price[coin]! : 1;
    let left = margin.wallet(key) + (key === CASH && margin.pooled ? this.#coinValue(price) : 0);
    let fees = 0;
    for (const j of closed) {
      left += account.unrealised(j, price[j]!);
      fees += this.#feeOf(j, price[j]!);
    }
    const charged = this.#insured(key) ? Math.min(fees, Math.max(0, left)) : fees;
    // What one contract has won pays for what another loses: no coin is bought for a debt that the account does not have.
    if (inverse) closed.sort((a, b) => account.unrealised(b, price[b]!) - account.unrealised(a, price[a]!));

    let result = 0;
    for (const j of closed) {
      const held = account.quantity[j]!;
      const mark = price[j]!;
      const fee = fees === 0 ? 0 : (charged * this.#feeOf(j, mark)) / fees;
      const index = market.indexOf[j]!;
      const indexPrice = index < 0 ? mark : price[index]!;
      const realised = kernel.contracts.move({
        ...{ i, j, units: -held, reference: mark, price: mark, mark, indexPrice },
        ...{ fee, time, cause: CAUSE.liquidation },
      });
      result += realised;
      account.liquidation += fee * worth;
      recorder.countContract(0, account.notional(j, held, mark));
      recorder.fillLog?.write(
        time,
        i - kernel.first,
        j,
        -held,
        mark,
        mark,
        0,
        false,
        0,
        realised,
        'liquidation',
        CAUSE.liquidation,
      );
    }
    recorder.liquidations++;
    const symbols = closed.map((j) => kernel.symbol(j)).join(', ');
    const fee = charged * worth;
    const message = `${symbols} liquidated: result ${figure(result, 2)}, fee ${figure(fee, 2)}`;
    recorder.event('liquidation', time, i - kernel.first, symbols, result - fee, message);
    kernel.notices.add('liquidation', () => `${message} at ${formatMinute(time)}`, time);
    if (kernel.decider.listens) kernel.decider.hearLiquidation(closed, result - fee, time);
    if (margin.pooled) this.#sellCollateral(i, price, time);
  }

  /** In multi-asset mode the venue turns coins into the cash that a liquidation took, at the marks of that moment. */
  #sellCollateral(i: number, price: Float64Array, time: number): void {
    const kernel = this.#kernel;
    const owed = -kernel.account.cash;
    if (owed > 0) raiseCash(debtSale(kernel, i, price, time), owed);
  }

  #insured(key: number): boolean {
    // Nobody owes more than the margin of an isolated position.
    return this.#kernel.config.insurance || (this.#kernel.margin.isolated && key >= this.#kernel.spotCount);
  }

  /** Liquidation fee of a whole position, in its account's unit. */
  #feeOf(j: number, mark: number): number {
    const { account, terms } = this.#kernel;
    const size = Math.abs(account.quantity[j]!);
    return (account.inverse[j] === 1 ? size / mark : size * mark) * terms.liquidationFee[j]!;
  }

  #pricesAt(lambda: number): Float64Array {
    return this.#open.map((open, j) => markAt(lambda, open, this.#corner[j]!));
  }

  /** What all coins are worth: what multi-asset margin loses at most, whatever of them counts. */
  #coinValue(price: Float64Array): number {
    const { account, spotCount } = this.#kernel;
    let value = 0;
    for (let j = 0; j < spotCount; j++) value += account.quantity[j]! * price[j]!;
    return value;
  }

  /** Puts one account's positions into the columns. */
  #select(key: number): void {
    const { account, margin, spotCount } = this.#kernel;
    if (margin.lone) return;
    const { quantity } = this.#positions;
    quantity.fill(0);
    for (let row = 0; row < account.positions; row++) {
      const j = account.held[row]!;
      if (margin.keyOf(j) === key) quantity[j - spotCount] = account.quantity[j]!;
    }
  }

  #loadCorner(name: Corner, key: number, i: number): void {
    const { account, margin, spotCount, bars } = this.#kernel;
    const corner = this.#corner;
    for (let row = 0; row < account.positions; row++) {
      const j = account.held[row]!;
      corner[j] = this.#cornerColumn(name, j)[j * bars + i]!;
      const coin = account.coin[j]!;
      if (coin >= 0) corner[coin] = this.#coinColumn(name, coin, key)[coin * bars + i]!;
    }
    if (!margin.pooled) return;
    for (let j = 0; j < spotCount; j++) corner[j] = this.#coinColumn(name, j, key)[j * bars + i]!;
  }

  #cornerColumn(name: Corner, contract: number): Float64Array {
    const { market, account } = this.#kernel;
    const { markHigh, markLow } = market.columns;
    if (name === 'adverse') return account.quantity[contract]! > 0 ? markLow : markHigh;
    return name === 'high' ? markHigh : markLow;
  }

  /**
   * A coin moves with the contracts on it that one account holds; where they go apart, or there is none, a fall is what hurts those who hold it.
   */
  #coinColumn(name: Corner, asset: number, key: number): Float64Array {
    const { market, account, margin } = this.#kernel;
    const { markHigh, markLow } = market.columns;
    if (name !== 'adverse') return name === 'high' ? markHigh : markLow;
    let column = markLow;
    for (let row = 0; row < account.positions; row++) {
      const j = account.held[row]!;
      if (market.indexOf[j] !== asset || margin.keyOf(j) !== key) continue;
      column = this.#cornerColumn(name, j);
      if (column === markLow) break;
    }
    return column;
  }

  /** Index prices move beside the marks of their contracts. */
  #loadIndexes(into: Float64Array, i: number, columnOf: (asset: number) => Float64Array): void {
    const { account, market, bars } = this.#kernel;
    for (let row = 0; row < account.positions; row++) {
      const index = market.indexOf[account.held[row]!]!;
      if (index >= 0) into[index] = columnOf(index)[index * bars + i]!;
    }
  }
}
