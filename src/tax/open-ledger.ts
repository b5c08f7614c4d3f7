import { ZoneClock } from '../core/zone.ts';
import { exchangeRate } from './exchange.ts';
import { GeneralLedger } from './general-ledger.ts';
import type { TaxLedger } from './ledger.ts';
import { isPooled } from './methods.ts';
import type { Taxation } from './regime.ts';
import { assessmentsOf, rulesOf } from './resolve.ts';
import type { TaxRules } from './resolve.ts';
import type { TaxSetup } from './setup.ts';
import type { TaxedAccount } from './taxed-ledger.ts';
import { TaxedLedger } from './taxed-ledger.ts';
import { TranslatedLedger } from './translated-ledger.ts';
import { UntaxedLedger } from './untaxed-ledger.ts';

/**
 * Opens the tax side of one account. Opening lots are entered by `acquire` with their own date, in any order.
 *
 * @throws {ConfigError} as `resolveTax`; `tax-fx-missing` when no rate to the regime's currency is known; `zone-unknown`
 */
export function openTaxLedger(setup: TaxSetup, account: TaxedAccount): TaxLedger {
  const rules = rulesOf(setup);
  const { taxation } = rules.regime;
  const { method } = rules;
  if (taxation === null) return new UntaxedLedger(isPooled(method) ? method : 'fifo', account.assets);
  const exchange = exchangeRate(rules.regime.currency, account.currency, setup);
  const zone = setup.zone === undefined ? null : new ZoneClock(setup.zone);
  const start = zone === null ? account.start : zone.toLocal(account.start);
  const assess = assessmentsOf(rules, taxation, setup.rates);
  const own = { ...account, start };
  const ledger =
    isPooled(method) && !account.tellLots && isPlain(taxation, rules)
      ? new TaxedLedger(taxation, rules, method, assess, own)
      : new GeneralLedger(taxation, rules, assess, own);
  return exchange === null && zone === null ? ledger : new TranslatedLedger(ledger, exchange, zone, account);
}

/** Whether nothing is asked of a ledger but to match lots and sum up results per class. */
function isPlain(
  { spot, superficialLoss, withholding, proceedsClass, splits }: Taxation,
  { contracts, law, straddles, constructiveSales }: TaxRules,
): boolean {
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
    proceedsClass === undefined &&
    !straddles &&
    !constructiveSales &&
    (law === 'today' || splits.length === 0)
  );
}
