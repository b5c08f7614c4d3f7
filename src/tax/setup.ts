import type { ExchangeSeries } from './exchange.ts';
import type { FundingReading } from './funding.ts';
import type { LotMethod } from './methods.ts';
import type { Regime } from './regime.ts';

/** A tax regime as an experiment asks for it; every default is applied by `resolveTax`. */
export interface TaxSetup {
  /** A name or ISO alias known to `findRegime`, `none` for no tax; or a regime of the user's own. */
  readonly regime: string | Regime;
  readonly profile?: string;
  /** Flat rates per class, as fractions, over the profile's. */
  readonly rates?: Readonly<Record<string, number>>;
  readonly lots?: LotMethod;
  /** Whether lots are matched within a wallet only; default: the regime's. An account of the simulation is one wallet. */
  readonly scope?: 'universal' | 'per-wallet';
  /** `outside`: bills are assessed but never leave the account's cash. */
  readonly payFrom: 'portfolio' | 'outside';
  readonly funding: FundingReading;
  readonly law: 'today' | 'historical';
  /** Name of one of the regime's ways of taxing contracts; default: its first. */
  readonly contracts?: string;
  /** The holder's other taxable income, regime currency a year: brackets in place of flat rates. */
  readonly income?: number;
  /** Filing status, where brackets know several. */
  readonly filing?: string;
  /**
   * How much of a net capital loss may reduce the ordinary income of this account (funding as income) in one tax year, regime currency;
   * default 0. Income from outside the account is not known here, so a loss is never set against it.
   */
  readonly ordinaryOffset?: number;
  /** Whether prepayments are made, where the law has them; default false. */
  readonly instalments?: boolean;
  /** Whether a hedge defers losses and restarts holding periods (26 U.S.C. 1092); default false. */
  readonly straddles?: boolean;
  /** Whether a hedge of an appreciated coin counts as its sale (26 U.S.C. 1259 as pending bills would extend it); default false. */
  readonly constructiveSales?: boolean;
  /** IANA time zone of tax dates; default UTC. */
  readonly zone?: string;
  /** Account currency per unit of a foreign currency; needed where the regime counts in another currency than the account. */
  readonly fx?: Readonly<Record<string, number>>;
  /** Exchange rates by day, read from a catalog; `fx` stands over them. */
  readonly exchange?: readonly ExchangeSeries[];
}
