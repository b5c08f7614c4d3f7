import type { CollateralTier } from './collateral.ts';
import type { SlopedMargin } from './sloped-margin.ts';
import type { FeeRates, MaintenanceBracket, TradedInstrument } from './venue.ts';

/** What a venue lists, as far as its figures differ by it. */
export const PRODUCTS = ['spot', 'linear perpetual', 'inverse perpetual', 'linear future', 'inverse future'] as const;
export type Product = (typeof PRODUCTS)[number];

/** How far a figure may be trusted, best first. */
export const CONFIDENCE = {
  'official page': 'read in a stored copy of a page of the venue',
  'API sample': 'taken from a reply of the venue’s API that somebody else reproduced',
  'third party': 'stated by somebody else, not checked with the venue',
  'domain knowledge': 'known to people who trade there; no source was read for it',
  computed: 'computed from other figures',
  judgement: 'a cautious choice, not a measurement',
} as const;
export type Confidence = keyof typeof CONFIDENCE;

/** Steps and minimums, in units of the quantity (quote units for inverse contracts); what is not known is absent. */
export interface Lots {
  readonly step?: number | undefined;
  readonly minQuantity?: number | undefined;
  /** Quote currency. */
  readonly minNotional?: number | undefined;
  readonly tick?: number | undefined;
}

/** Maintenance by size of the position. */
export interface MaintenanceTable {
  readonly brackets: readonly MaintenanceBracket[];
  /** What its floors and `upTo` count: notional (quote currency of linear, coin of inverse contracts), or the coins of a linear position. */
  readonly by: 'notional' | 'coins';
  /** Size up to which the table is known, which for a whole table is the largest position; null: none is named. */
  readonly upTo: number | null;
  /** Whether larger positions exist for which nothing is known. Such a table is shown, but never used in a run. */
  readonly complete: boolean;
}

/** When and by what formula a perpetual's funding settles; rates are fractions. */
export interface FundingRule {
  /** null: settled continuously. */
  readonly intervalHours: number | null;
  /** Hours of the day (UTC) of the settlements, where they are not simply every interval from midnight. */
  readonly hours?: readonly number[];
  /** Interest term per 8 hours. */
  readonly interest?: number;
  readonly clamp?: number;
  readonly cap?: number;
  readonly floor?: number;
}

/** What a preset may state, by the name of the figure. Rates are fractions. */
export interface Figures {
  readonly fees: FeeRates;
  readonly halfSpread: number;
  readonly impact: number;
  readonly lots: Lots;
  readonly maintenance: MaintenanceTable;
  readonly liquidationFee: number;
  /** Fraction of notional, charged when a dated contract settles. */
  readonly settlementFee: number;
  /** What one contract of the venue stands for: coins (linear) or quote units (inverse). */
  readonly contractSize: number;
  readonly maxLeverage: number;
  readonly slopedMargin: SlopedMargin;
  readonly funding: FundingRule;
  /** What of a coin counts as margin of linear contracts (`multi-asset`). */
  readonly collateral: readonly CollateralTier[];
  // What is known in words only.
  readonly feeRule: string;
  readonly maintenanceRule: string;
  readonly liquidationRule: string;
  readonly markPrice: string;
  readonly expiry: string;
  readonly settlementPrice: string;
  readonly tradingHours: string;
}
export type Figure = keyof Figures;

/** Figures in words. */
export const FIGURE_WORDS: Readonly<Record<Figure, string>> = {
  fees: 'fees',
  halfSpread: 'half-spread',
  impact: 'impact',
  lots: 'steps and minimums',
  maintenance: 'maintenance',
  liquidationFee: 'liquidation fee',
  settlementFee: 'settlement fee',
  contractSize: 'contract size',
  maxLeverage: 'highest leverage',
  slopedMargin: 'margin by size',
  funding: 'funding',
  collateral: 'collateral value',
  feeRule: 'fees in words',
  maintenanceRule: 'maintenance in words',
  liquidationRule: 'liquidation',
  markPrice: 'mark price',
  expiry: 'expiry',
  settlementPrice: 'settlement price',
  tradingHours: 'trading hours',
};

/** Where a figure comes from, and for what and since when it holds. */
export interface Provenance {
  readonly products: readonly Product[];
  /** Coins it holds for; absent: all but those that have a figure of their own. */
  readonly coins?: readonly string[];
  /** UTC date since which it is known to hold, YYYY-MM-DD; absent: no other is known. */
  readonly from?: string;
  readonly source: string;
  /** Date of the source, or a year or version where no date is known. */
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly note?: string;
}

/** A figure of a venue with its provenance. */
export interface FactOf<F extends Figure> extends Provenance {
  readonly figure: F;
  readonly value: Figures[F];
}
export type Fact = { readonly [F in Figure]: FactOf<F> }[Figure];

/** The product that an instrument is. */
export function productOf({ kind, contract }: Pick<TradedInstrument, 'kind' | 'contract'>): Product {
  return kind === 'spot' ? 'spot' : `${contract ?? 'linear'} ${kind}`;
}

/**
 * The fact that holds for a product and coin: one for this coin before one for all; of several dates the latest not after `date`, else
 * the earliest.
 *
 * @param date - YYYY-MM-DD; null: the latest that is known
 */
export function findFact<F extends Figure>(
  facts: readonly Fact[],
  figure: F,
  product: Product,
  coin: string,
  date: string | null = null,
): FactOf<F> | undefined {
  // What is compared at run time, TypeScript does not follow into the union.
  const about = facts.filter((fact) => fact.figure === figure && fact.products.includes(product)) as unknown as FactOf<F>[];
  const own = about.filter(({ coins }) => coins?.includes(coin));
  const candidates = (own.length > 0 ? own : about.filter(({ coins }) => coins === undefined)).toSorted((a, b) =>
    since(a) < since(b) ? -1 : 1,
  );
  if (date === null) return candidates.at(-1);
  return candidates.findLast((fact) => since(fact) <= date) ?? candidates[0];
}

// Sorts before every date.
function since({ from }: Provenance): string {
  return from ?? '';
}
