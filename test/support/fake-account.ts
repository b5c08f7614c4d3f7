import { DAY, HOUR, YEAR, dateTime, civilDate } from '../../src/core/time.ts';
import type { Attribution, RunEvent } from '../../src/result/run-result.ts';
import type { Cause, LotView, TaxYear } from '../../src/tax/ledger.ts';
import { COINS, type Coin, type FakeMarket } from './fake-market.ts';

const FEE = 0.001;
const HALF_SPREAD = 0.0002;
const TAX_RATE = 0.25;
const PERPETUAL = 'BTC-PERP';

export interface FillRow {
  time: number;
  bar: number;
  symbol: string;
  quantity: number;
  referencePrice: number;
  price: number;
  fee: number;
  slippage: number;
  realised: number;
  tag: string;
  cause: Cause;
}
export interface GainRow {
  asset: string;
  kind: string;
  acquired: number;
  disposed: number;
  quantity: number;
  proceeds: number;
  cost: number;
  class: string;
  cause: Cause;
}

/** A small account with fees, funding, FIFO lots and a flat tax: plausible, and its sums add up. */
export class FakeAccount {
  cash: number;
  readonly units: Record<Coin, number> = { BTC: 0, ETH: 0 };
  readonly lots: Record<Coin, { acquired: number; quantity: number; cost: number }[]> = { BTC: [], ETH: [] };
  short = 0;
  entry = 0;
  readonly sums = {
    netFlows: 0,
    spot: { BTC: 0, ETH: 0 } as Record<Coin, number>,
    index: 0,
    basis: 0,
    funding: 0,
    interest: 0,
    fees: 0,
    slippage: 0,
    taxes: 0,
    liquidation: 0,
    spotTraded: 0,
    futuresTraded: 0,
  };
  readonly fills: FillRow[] = [];
  readonly events: RunEvent[] = [];
  readonly gains: GainRow[] = [];
  readonly taxYears: TaxYear[] = [];
  liquidations = 0;
  disposals = 0;
  #yearGain = 0;
  #carried = 0;
  #bills: { due: number; amount: number; year: number }[] = [];
  readonly #market: FakeMarket;

  constructor(market: FakeMarket, cash: number, opening: Readonly<Record<Coin, number>>) {
    this.#market = market;
    this.cash = cash;
    for (const coin of COINS) {
      const quantity = opening[coin];
      if (quantity === 0) continue;
      this.units[coin] = quantity;
      const acquired = market.time[0]! - 400 * DAY;
      this.lots[coin].push({ acquired, quantity, cost: 0.5 * quantity * market.spot[coin][0]! });
    }
  }

  spotValue(bar: number): number {
    return COINS.reduce((sum, coin) => sum + this.units[coin] * this.#market.spot[coin][bar]!, 0);
  }

  equity(bar: number): number {
    return this.cash + this.spotValue(bar) + this.short * (this.#market.perpetual[bar]! - this.entry);
  }

  weight(coin: Coin, bar: number): number {
    return (this.units[coin] * this.#market.spot[coin][bar]!) / this.equity(bar);
  }

  /** Prices of the last close are the open of `bar`. */
  tradeSpot(coin: Coin, quantity: number, bar: number, tag: string, cause: Cause = 'strategy'): void {
    const referencePrice = this.#market.spot[coin][bar - 1]!;
    const time = this.#market.time[bar - 1]!;
    const price = referencePrice * (1 + Math.sign(quantity) * HALF_SPREAD);
    const fee = Math.abs(quantity) * price * FEE;
    const slippage = Math.abs(quantity) * Math.abs(price - referencePrice);
    this.cash -= quantity * price + fee;
    this.units[coin] += quantity;
    this.sums.fees += fee;
    this.sums.slippage += slippage;
    this.sums.spotTraded += Math.abs(quantity) * price;
    if (quantity > 0) this.lots[coin].push({ acquired: time, quantity, cost: quantity * price + fee });
    else this.#dispose(coin, -quantity, price, fee, time, cause);
    this.fills.push({ time, bar, symbol: coin, quantity, referencePrice, price, fee, slippage, realised: 0, tag, cause });
  }

  /** Brings the perpetual to `quantity`. */
  tradePerpetual(quantity: number, bar: number, tag: string, cause: Cause = 'strategy'): void {
    const change = quantity - this.short;
    if (change === 0) return;
    const referencePrice = this.#market.perpetual[bar - 1]!;
    const time = this.#market.time[bar - 1]!;
    const price = referencePrice * (1 + Math.sign(change) * HALF_SPREAD);
    const fee = Math.abs(change) * price * 0.0005;
    const slippage = Math.abs(change) * Math.abs(price - referencePrice);
    const reduced = Math.sign(change) === Math.sign(this.short) ? 0 : Math.min(Math.abs(change), Math.abs(this.short));
    const realised = Math.sign(this.short) * reduced * (price - this.entry);
    const added = Math.abs(change) - reduced;
    const kept = Math.abs(this.short) - reduced;
    this.entry = added + kept > 0 ? (kept * this.entry + added * price) / (added + kept) : 0;
    this.short = quantity;
    this.cash += realised - fee;
    this.#yearGain += realised - fee;
    this.sums.fees += fee;
    this.sums.slippage += slippage;
    this.sums.futuresTraded += Math.abs(change) * price;
    if (cause === 'liquidation') {
      const loss = 0.01 * Math.abs(change) * price;
      this.cash -= loss;
      this.sums.liquidation += loss;
      this.liquidations += 1;
      this.#event('liquidation', time, bar, PERPETUAL, -loss, 'the short was liquidated');
    }
    this.fills.push({
      time,
      bar,
      symbol: PERPETUAL,
      quantity: change,
      referencePrice,
      price,
      fee,
      slippage,
      realised,
      tag,
      cause,
    });
  }

  /** Funding, flows, interest and price moves of the step that ends at `bar`. */
  advance(bar: number, flow: number, interestRate: number): void {
    const { step, time, spot, perpetual, fundingRate } = this.#market;
    const settlements = Math.max(1, step / (8 * HOUR));
    if (this.short !== 0) {
      for (let k = 1; k <= settlements; k++) {
        const amount = -this.short * perpetual[bar]! * fundingRate[bar]! * Math.min(1, step / (8 * HOUR));
        this.cash += amount;
        this.sums.funding += amount;
        this.#event('funding', time[bar - 1]! + (k * step) / settlements, bar, PERPETUAL, amount, 'funding');
      }
    }
    if (flow !== 0) {
      this.cash += flow;
      this.sums.netFlows += flow;
      this.#event('flow', time[bar]!, bar, null, flow, 'deposit or withdrawal');
    }
    const interest = interestRate * this.equity(bar - 1) * (step / YEAR);
    this.cash += interest;
    this.sums.interest += interest;
    for (const coin of COINS) this.sums.spot[coin] += this.units[coin] * (spot[coin][bar]! - spot[coin][bar - 1]!);
    const index = this.short * (spot.BTC[bar]! - spot.BTC[bar - 1]!);
    this.sums.index += index;
    this.sums.basis += this.short * (perpetual[bar]! - perpetual[bar - 1]!) - index;
    this.#payTaxes(bar);
  }

  taxAccrued(): number {
    return this.#bills.reduce((sum, bill) => sum + bill.amount, 0) + this.#taxOn(this.#yearGain);
  }

  exitCosts(bar: number): number {
    return (this.spotValue(bar) + Math.abs(this.short) * this.#market.perpetual[bar]!) * (FEE + HALF_SPREAD);
  }

  taxDeferred(bar: number): number {
    const unrealised =
      this.spotValue(bar) -
      COINS.reduce((sum, coin) => sum + this.lots[coin].reduce((cost, lot) => cost + lot.cost, 0), 0) +
      this.short * (this.#market.perpetual[bar]! - this.entry) -
      this.exitCosts(bar);
    return this.#taxOn(this.#yearGain + unrealised) - this.#taxOn(this.#yearGain);
  }

  attribution(): Attribution {
    const { netFlows, spot, index, basis, funding, interest, fees, slippage, taxes, liquidation } = this.sums;
    const futures: Attribution['futures'] = { [PERPETUAL]: { index, basis } };
    return { netFlows, spot: { ...spot }, futures, funding, interest, fees, slippage, taxes, liquidation };
  }

  lotViews(now: number): LotView[] {
    return COINS.flatMap((asset) => this.lots[asset].map((lot) => ({ asset, ...lot, longTerm: now - lot.acquired > YEAR })));
  }

  #taxOn(gain: number): number {
    return TAX_RATE * Math.max(0, gain - this.#carried);
  }

  #event(kind: RunEvent['kind'], time: number, bar: number, symbol: string | null, amount: number, message: string): void {
    this.events.push({ kind, time, bar, symbol, amount, message });
  }

  #payTaxes(bar: number): void {
    const before = this.#market.time[bar - 1]!;
    const now = this.#market.time[bar]!;
    const year = civilDate(before).year;
    const end = dateTime(year + 1, 1, 1);
    if (before < end && now >= end) {
      const tax = this.#taxOn(this.#yearGain);
      const carried = Math.max(0, this.#carried - this.#yearGain);
      this.#bills.push({ due: dateTime(year + 1, 4, 15), amount: tax, year });
      this.taxYears.push({
        start: dateTime(year, 1, 1),
        end,
        results: { gain: this.#yearGain },
        carried: { gain: carried },
        tax,
        due: dateTime(year + 1, 4, 15),
        paid: false,
        provisional: false,
        exempt: false,
      });
      this.#carried = carried;
      this.#yearGain = 0;
    }
    for (const bill of this.#bills.filter(({ due }) => due <= now)) {
      this.cash -= bill.amount;
      this.sums.taxes += bill.amount;
      this.#event('tax', bill.due, bar, null, -bill.amount, `tax for ${bill.year}`);
      const index = this.taxYears.findIndex(({ due }) => due === bill.due);
      this.taxYears[index] = { ...this.taxYears[index]!, paid: true };
    }
    this.#bills = this.#bills.filter(({ due }) => due > now);
  }

  #dispose(coin: Coin, quantity: number, price: number, fee: number, time: number, cause: Cause): void {
    this.disposals += 1;
    let left = quantity;
    while (left > 1e-12 && this.lots[coin].length > 0) {
      const lot = this.lots[coin][0]!;
      const matched = Math.min(left, lot.quantity);
      const cost = lot.cost * (matched / lot.quantity);
      const proceeds = matched * price - fee * (matched / quantity);
      const term = time - lot.acquired > YEAR ? 'long' : 'short';
      this.gains.push({
        asset: coin,
        kind: 'spot',
        acquired: lot.acquired,
        disposed: time,
        quantity: matched,
        proceeds,
        cost,
        class: term,
        cause,
      });
      this.#yearGain += proceeds - cost;
      lot.quantity -= matched;
      lot.cost -= cost;
      left -= matched;
      if (lot.quantity <= 1e-12) this.lots[coin].shift();
    }
  }
}
