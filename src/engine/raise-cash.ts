import { figure } from '../core/figures.ts';
import { roundAwayFromZero } from '../core/numeric.ts';
import { formatMinute } from '../core/time.ts';
import { CAUSE } from '../tax/ledger.ts';
import type { Kernel } from './kernel.ts';

// What is missing of less than this share is rounding: no coin is sold for it.
const RAISED = 1e-9;

// Shares of tax that differ by less are even: which one rounding leaves lower is chance.
const EVEN = 1e-12;

// Where a small hedge covers one crumb of a lot after the other, the lot would be sold crumb by crumb: after so many sales each brings at
// least one of so many parts of what is needed.
const MANY = 500;

/** When, at which prices and why spot is sold by force. */
export interface Sale {
  readonly kernel: Kernel;
  readonly i: number;
  /** Units of an asset that may be sold. */
  sellable(asset: number): number;
  /** Reference price of an asset; NaN where it does not trade. */
  price(asset: number): number;
  readonly moment: number;
  readonly why: 'shortfall' | 'margin-call' | 'liquidation';
}

/** A sale at an open (or a close under `fill: close`): what margins inverse contracts stays, and so does `kept`. */
export function openSale(
  kernel: Kernel,
  { i, prices, marks, time, why }: { i: number; prices: Float64Array; marks: Float64Array; time: number; why: Sale['why'] },
  kept = -1,
): Sale {
  return {
    ...{ kernel, i, moment: time, why },
    sellable: (asset) => (asset === kept ? 0 : kernel.margin.coinsAtHand(asset, marks, i)),
    price: (asset) => prices[asset * kernel.bars + i]!,
  };
}

/** A sale of coins for what a liquidation has left owing, at its own prices. */
export function debtSale(kernel: Kernel, i: number, price: Float64Array, moment: number): Sale {
  return {
    ...{ kernel, i, moment, why: 'liquidation' },
    sellable: (asset) => kernel.account.quantity[asset]!,
    price: (asset) => price[asset]!,
  };
}

/**
 * Forced sales: sells spot until `need` of cash is raised net of fee and spread, by the account's shortfall policy
 * (accounting.md, section 3). Quantities are rounded up to the step; what does not trade in this bar is passed over.
 *
 * Every sale is a taxable disposal, recorded with cause `forced` (`liquidation` where the venue sells collateral); what could not be raised
 * is a notice and is tried again.
 */
export function raiseCash(sale: Sale, need: number): void {
  const { kernel, i, moment, why } = sale;
  const { recorder, config, notices } = kernel;
  const cashBefore = kernel.account.cash;
  switch (config.shortfall) {
    case 'pro-rata':
      sellProRata(sale, need);
      break;
    case 'largest':
      sellLargest(sale, need);
      break;
    case 'least-tax':
      sellLeastTax(sale, need);
      break;
    default:
      config.shortfall satisfies never;
  }
  const raised = kernel.account.cash - cashBefore;
  recorder.event(
    why === 'margin-call' ? why : 'shortfall',
    moment,
    i - kernel.first,
    null,
    raised,
    `spot sold for ${figure(raised, 2)} of the ${figure(need, 2)} needed`,
  );
  notices.add('forced-sale', () => `spot was sold at ${formatMinute(moment)} to ${PURPOSE[why]}`, moment);
  if (raised < need * (1 - RAISED)) {
    notices.add(
      'shortfall-not-covered',
      () => `at ${formatMinute(moment)} forced sales raised ${figure(raised, 2)} of ${figure(need, 2)}`,
      moment,
    );
  }
}

const PURPOSE: Readonly<Record<Sale['why'], string>> = {
  shortfall: 'cover negative cash',
  'margin-call': 'meet a margin call',
  liquidation: 'pay what a liquidation left owing',
};

/** What one unit of an asset brings, sold together with `units` of it, after slippage and the taker fee; NaN where it does not trade. */
function netPrice({ kernel, i, price }: Sale, asset: number, units = 0): number {
  return kernel.fillPrice(i, asset, -units, price(asset)) * (1 - kernel.terms.taker[asset]!);
}

/** Units that raise `amount`: impact makes the price fall with them, slowly, so a few rounds settle it. */
function unitsFor(sale: Sale, asset: number, amount: number): number {
  let units = 0;
  for (let round = 0; round < 6; round++) units = amount / netPrice(sale, asset, units);
  return units;
}

/** Sells what raises `amount` (at most `most` units, at most what is held) and returns what it raised. */
function sellFor(sale: Sale, asset: number, amount: number, most: number): number {
  const { kernel, i, moment, why } = sale;
  const held = sale.sellable(asset);
  const wanted = Math.min(unitsFor(sale, asset, amount), most);
  const units = Math.min(held, roundAwayFromZero(wanted, kernel.terms.step[asset]!));
  const before = kernel.account.cash;
  tellValue(sale);
  const cause = why === 'liquidation' ? CAUSE.liquidation : CAUSE.forced;
  kernel.fillSpot(i, asset, -units, sale.price(asset), moment, false, 'forced sale', cause);
  kernel.recorder.forcedSales++;
  return kernel.account.cash - before;
}

/** Where a sale is judged by the portfolio's value: what all coins are worth now, at their last marks where they do not trade. */
function tellValue({ kernel, price, moment }: Sale): void {
  const { ledger, account, value, spotCount } = kernel;
  if (!ledger.wants.portfolioValue) return;
  let sum = 0;
  for (let j = 0; j < spotCount; j++) {
    const worth = account.quantity[j]! * price(j);
    sum += Number.isNaN(worth) ? value[j]! : worth;
  }
  ledger.advance(moment);
  ledger.see(sum, kernel.cashAsCoin);
}

function sellable(sale: Sale): number[] {
  const { kernel } = sale;
  const assets: number[] = [];
  for (let j = 0; j < kernel.spotCount; j++) {
    if (sale.sellable(j) > 0 && netPrice(sale, j) > 0) assets.push(j);
  }
  return assets;
}

/** The same share of every holding. */
function sellProRata(sale: Sale, need: number): void {
  const worth = (asset: number): number => sale.sellable(asset) * netPrice(sale, asset);
  const assets = sellable(sale);
  const total = assets.reduce((sum, asset) => sum + worth(asset), 0);
  const share = Math.min(1, need / total);
  for (const asset of assets) sellFor(sale, asset, share * worth(asset), Infinity);
}

/** The holding of largest value first, then the next. */
function sellLargest(sale: Sale, need: number): void {
  const worth = (asset: number): number => sale.sellable(asset) * netPrice(sale, asset);
  let missing = need;
  for (const asset of sellable(sale).sort((a, b) => worth(b) - worth(a) || a - b)) {
    if (missing <= RAISED * need) return;
    missing -= sellFor(sale, asset, missing, Infinity);
  }
}

/**
 * Lot by lot: among the lots that the regime's method would sell next of each asset, the one with the least tax per unit of cash
 * raised (of even ones the first in the market's order); priced again after each sale.
 */
function sellLeastTax(sale: Sale, need: number): void {
  const { ledger, terms } = sale.kernel;
  let missing = need;
  for (let sales = 0; missing > RAISED * need; sales++) {
    tellValue(sale);
    let best = -1;
    let bestTax = Infinity;
    let bestUnits = 0;
    for (const asset of sellable(sale)) {
      const least = sales < MANY ? 0 : unitsFor(sale, asset, need / MANY);
      const lot = Math.max(ledger.nextLotQuantity(asset), least);
      const units = Math.min(lot, sale.sellable(asset), unitsFor(sale, asset, missing));
      const cash = units * netPrice(sale, asset, units);
      const gross = cash / (1 - terms.taker[asset]!);
      const tax = ledger.taxIfSold(asset, units, ledger.holding.feesCount ? cash : gross, sale.moment, gross) / cash;
      if (tax < bestTax - EVEN) {
        best = asset;
        bestTax = tax;
        bestUnits = units;
      }
    }
    if (best < 0) return;
    const raised = sellFor(sale, best, missing, bestUnits);
    if (!(raised > 0)) return;
    missing -= raised;
  }
}
