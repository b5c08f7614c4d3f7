import { ConfigError } from '../core/errors.ts';
import { GeneralLedger } from './general-ledger.ts';
import type { TaxLedger } from './ledger.ts';
import { isPooled } from './methods.ts';
import type { Regime, Taxation } from './regime.ts';
import { assessmentsOf, resolveTax } from './resolve.ts';
import type { TaxRules } from './resolve.ts';
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
  if (taxation === null) return new UntaxedLedger(isPooled(method) ? method : 'fifo', account.assets);
  requireCurrency(rules.regime, account.currency);
  const assess = assessmentsOf(rules, taxation, setup.rates);
  return isPooled(method) && !account.tellLots && isPlain(taxation, rules)
    ? new TaxedLedger(taxation, rules, method, assess, account)
    : new GeneralLedger(taxation, rules, assess, account);
}

/** Whether nothing is asked of a ledger but to match lots and sum up results per class. */
function isPlain({ spot, superficialLoss, withholding, splits }: Taxation, { contracts, law }: TaxRules): boolean {
  const treated = contracts!;
  const signBlind = [spot.short, spot.long, ...treated.classes.map((part) => part.class)].every(
    (target) => typeof target === 'string',
  );
  return (
    signBlind &&
    treated.classes.length === 1 &&
    treated.recognised === 'close' &&
    superficialLoss === null &&
    withholding === null &&
    (law === 'today' || splits.length === 0)
  );
}

function requireCurrency({ name, currency }: Regime, held: string): void {
  const same = currency === null || currency === held || (DOLLARS.includes(currency) && DOLLARS.includes(held));
  if (same) return;
  throw new ConfigError('tax-currency', `regime ${name} reckons in ${currency}, but the account is kept in ${held}`, {
    hint: `use account: { currency: ${currency} }, or another regime`,
  });
}
