import type { LotMethod } from './methods.ts';

/** A tax regime as an experiment asks for it; every default is applied by `openTaxLedger`. */
export interface TaxSetup {
  /** A name or ISO alias known to `regimes`; `none` for no tax. */
  readonly regime: string;
  readonly profile?: string;
  /** Flat rates per class, as fractions, over the profile's. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly lots?: LotMethod;
  /** `outside`: bills are assessed but never leave the account's cash. */
  readonly payFrom: 'portfolio' | 'outside';
  /** Funding inside the contract's result (when the position reduces), or income when it is paid. */
  readonly funding: 'result' | 'income';
  readonly law: 'today' | 'historical';
}
