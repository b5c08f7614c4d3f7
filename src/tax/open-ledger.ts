import { ConfigError } from '../core/errors.ts';
import type { TaxLedger } from './ledger.ts';
import { isPooled } from './methods.ts';
import type { Regime } from './regime.ts';
import { assessmentsOf, resolveTax } from './resolve.ts';
import type { TaxSetup } from './setup.ts';
import type { TaxedAccount } from './taxed-ledger.ts';
import { TaxedLedger } from './taxed-ledger.ts';
import { UntaxedLedger } from './untaxed-ledger.ts';

// Quoted in one currency by every venue that is read (docs/data.md).
const DOLLARS = ['USD', 'USDT', 'USDC'];

/**
 * Opens the tax side of one account. Opening lots are entered by `acquire` with their own date, in any order.
 *
 * @throws {ConfigError} as `resolveTax`; `tax-currency` when the regime reckons in another currency than the account
 */
export function openTaxLedger(setup: TaxSetup, account: TaxedAccount): TaxLedger {
  const rules = resolveTax(setup);
  const { taxation } = rules.regime;
  const { method } = rules;
  if (!isPooled(method)) throw new ConfigError('tax-invalid', `tax: lots "${method}" cannot be computed yet`);
  if (taxation === null) return new UntaxedLedger(method, account.assets);
  requireCurrency(rules.regime, account.currency);
  return new TaxedLedger(taxation, rules, method, assessmentsOf(rules, taxation, setup.rates), account);
}

function requireCurrency({ name, currency }: Regime, held: string): void {
  const same = currency === null || currency === held || (DOLLARS.includes(currency) && DOLLARS.includes(held));
  if (same) return;
  throw new ConfigError('tax-currency', `regime ${name} reckons in ${currency}, but the account is kept in ${held}`, {
    hint: `use account: { currency: ${currency} }, or another regime`,
  });
}
