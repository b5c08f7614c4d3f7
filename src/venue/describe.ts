import { PRODUCTS, findFact, type Fact, type Figure, type Product, type Provenance } from './facts.ts';
import type { VenuePreset } from './preset.ts';
import { venuePresets } from './resolve.ts';
import { NEEDED_FIGURES } from './terms.ts';

/** A figure of a preset; what does not apply is null. */
export interface FactDescription {
  readonly figure: Figure;
  readonly value: Fact['value'];
  readonly products: readonly Product[];
  /** null: all coins that have no figure of their own. */
  readonly coins: readonly string[] | null;
  readonly from: string | null;
  readonly source: string;
  readonly asOf: string;
  readonly confidence: Provenance['confidence'];
  readonly note: string | null;
}

/** A figure that a preset does not know. */
export interface UnknownFact {
  readonly figure: Figure;
  readonly product: Product;
  /** Coins for which it is known all the same. */
  readonly knownFor: readonly string[];
  /** Size up to which its maintenance is known, where that is in part: by coin, in the unit of the table. */
  readonly knownUpTo: Readonly<Record<string, number>> | null;
  /** Whether a run with this product stops without it. */
  readonly needed: boolean;
}

/** Everything that is known of a venue, and what is not. */
export interface VenueDescription {
  readonly name: string;
  readonly summary: string;
  readonly feeIn: VenuePreset['feeIn'];
  readonly products: readonly Product[];
  readonly dailyVariation: boolean;
  readonly facts: readonly FactDescription[];
  readonly unknown: readonly UnknownFact[];
}

// What one would want to know of each kind of product.
const FOR_ALL: readonly Figure[] = ['fees', 'halfSpread', 'impact', 'lots'];
const FOR_CONTRACTS: readonly Figure[] = [...FOR_ALL, 'maintenance', 'liquidationFee', 'collateral'];
const WANTED: Readonly<Record<Product, readonly Figure[]>> = {
  spot: FOR_ALL,
  'linear perpetual': [...FOR_CONTRACTS, 'funding'],
  'inverse perpetual': [...FOR_CONTRACTS.filter((figure) => figure !== 'collateral'), 'funding'],
  'linear future': [...FOR_CONTRACTS, 'settlementFee', 'expiry'],
  'inverse future': [...FOR_CONTRACTS.filter((figure) => figure !== 'collateral'), 'settlementFee', 'expiry'],
};
const NEEDED: readonly Figure[] = NEEDED_FIGURES;

/** The presets, in the order in which they are listed. */
export function describeVenues(): readonly VenueDescription[] {
  return Object.values(venuePresets).map(describeVenue);
}

/** One preset with every figure, its source, and what is unknown. */
export function describeVenue(preset: VenuePreset): VenueDescription {
  const { name, summary, feeIn, products, dailyVariation, facts } = preset;
  return {
    name,
    summary,
    feeIn,
    products,
    dailyVariation,
    facts: facts.map(({ figure, value, coins, from, source, asOf, confidence, note, ...fact }) => ({
      figure,
      value,
      products: fact.products.filter((product) => products.includes(product)),
      coins: coins ?? null,
      from: from ?? null,
      source,
      asOf,
      confidence,
      note: note ?? null,
    })),
    unknown: PRODUCTS.filter((product) => products.includes(product)).flatMap((product) =>
      WANTED[product].flatMap((figure) => unknownFact(preset, figure, product) ?? []),
    ),
  };
}

function unknownFact({ name, facts }: VenuePreset, figure: Figure, product: Product): UnknownFact | null {
  // A venue without steps has nothing to round to.
  if (name === 'none' && !NEEDED.includes(figure)) return null;
  const about = facts.filter((fact) => fact.figure === figure && fact.products.includes(product));
  if (about.some(({ coins }) => coins === undefined)) return null;
  const coins = [...new Set(about.flatMap((fact) => fact.coins ?? []))];
  const partial = figure === 'maintenance' ? partialTables(facts, product, coins) : [];
  return {
    figure,
    product,
    knownFor: coins.filter((coin) => !partial.some(([known]) => known === coin)),
    knownUpTo: partial.length === 0 ? null : Object.fromEntries(partial),
    needed: NEEDED.includes(figure),
  };
}

function partialTables(facts: readonly Fact[], product: Product, coins: readonly string[]): (readonly [string, number])[] {
  return coins.flatMap((coin) => {
    const table = findFact(facts, 'maintenance', product, coin)?.value;
    return table && !table.complete && table.upTo !== null ? [[coin, table.upTo] as const] : [];
  });
}
