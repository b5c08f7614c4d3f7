import type { LotMethod } from './methods.ts';

/** A tax regime as an experiment asks for it; every default is applied by `resolveTax`. */
export interface TaxSetup {
  /** A name or ISO alias known to `findRegime`; `none` for no tax. */
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
  /**
   * How much of a net capital loss may reduce the ordinary income of this account (funding as income) in one tax year, account currency;
   * default 0. Income from outside the account is not known here, so a loss is never set against it.
   */
  readonly ordinaryOffset?: number;
}
