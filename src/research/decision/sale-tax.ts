import { DAY } from '../../core/time.ts';
import { CAUSE } from '../../tax/ledger.ts';
import { openTaxLedger } from '../../tax/open-ledger.ts';
import { resolveTax } from '../../tax/resolve.ts';
import type { TaxSetup } from '../../tax/setup.ts';
import type { DecisionCoin } from './read-coins.ts';

const LONG_YEAR = 366 * DAY;

/** A coin of which something is to be sold now. */
export interface PlannedSale {
  readonly symbol: string;
  /** Units. */
  readonly quantity: number;
  /** Their value, account currency. */
  readonly value: number;
  /** What the order costs, account currency. */
  readonly cost: number;
}

/**
 * Tax of selling now, on a tax year in which nothing else was realised. Amounts are in the regime's currency.
 *
 * @param coins - all that is held, with the lots of what is sold; where the portfolio is one, of everything
 * @param bought - what the same decision buys, fees included: where swaps are untaxed, sales that pay for it are swaps
 * @param longTerm - as if every lot had been held long enough for the regime's long-term class
 * @throws {ConfigError} as `resolveTax`
 */
export function taxOfSale(
  coins: readonly DecisionCoin[],
  sales: readonly PlannedSale[],
  {
    setup,
    on,
    bought,
    longTerm,
  }: { readonly setup: TaxSetup; readonly on: number; readonly bought: number; readonly longTerm: boolean },
): number {
  const { regime } = resolveTax(setup);
  const older = longTerm ? ((regime.taxation?.spot.longAfterYears ?? 0) + 1) * LONG_YEAR : 0;
  const assets = coins.map(({ symbol }) => symbol);
  const ledger = openTaxLedger(setup, { assets, contracts: [], start: on, currency: regime.currency ?? 'USD', keepGains: false });
  coins.forEach(({ lots }, asset) => {
    for (const { quantity, cost, acquired } of lots) ledger.acquire(asset, quantity, cost, 0, acquired - older);
  });
  const before = ledger.accrued();
  const asOne = ledger.wants.portfolioValue;
  if (asOne) ledger.decide(coins.reduce((sum, { value }) => sum + value, 0));
  for (const { symbol, quantity, value, cost } of sales) {
    ledger.dispose(assets.indexOf(symbol), quantity, value, cost, on, CAUSE.strategy);
  }
  if (asOne) {
    // Which coin it is makes no difference to the portfolio's cost, nor how many units.
    if (bought > 0) ledger.acquire(0, bought, bought, 0, on);
    ledger.decided();
  }
  // What was kept back at the sale is credited in the bill, and paid all the same.
  return ledger.accrued() + ledger.withheld() - before;
}
