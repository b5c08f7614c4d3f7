import { FIGURE_WORDS, findFact, productOf, type Figure, type Product, type Provenance } from './facts.ts';
import { givenCollateral, givenFigures } from './given.ts';
import type { VenuePreset } from './preset.ts';
import type { GivenBy } from './resolve.ts';
import type { VenueOverrides } from './setting.ts';
import { presetFacts } from './terms.ts';
import type { FigureSource, TradedInstrument } from './venue.ts';

interface Use {
  readonly figure: Figure;
  readonly products: Set<Product>;
  readonly coins: Set<string>;
  readonly source: string;
  readonly asOf: string;
}

/** Whose figures a run uses, and of which day. */
interface Figures {
  readonly overrides: VenueOverrides;
  readonly date: string | null;
  readonly givenBy: GivenBy;
  /** The preset whose haircuts count, where coins are margin. */
  readonly collateral: VenuePreset | null;
}

/** Sources of the figures that bear on the terms of some instruments, one row per figure and source, in the order of first use. */
export function sourcesOf(
  listed: readonly { readonly instrument: TradedInstrument; readonly preset: VenuePreset }[],
  { overrides, date, givenBy, collateral }: Figures,
): readonly FigureSource[] {
  const uses = new Map<string, Use>();
  const note = (figure: Figure, instrument: TradedInstrument, source: string, asOf: string): void => {
    const key = JSON.stringify([figure, source, asOf]);
    const use = uses.get(key) ?? { figure, products: new Set(), coins: new Set(), source, asOf };
    use.products.add(productOf(instrument));
    use.coins.add(instrument.base);
    uses.set(key, use);
  };
  for (const { instrument, preset } of listed) {
    const given = givenFigures(instrument, overrides);
    const facts = presetFacts(instrument, preset, date).filter(({ figure }) => !(figure in given));
    for (const fact of facts) note(fact.figure, instrument, sourceText(fact), fact.asOf);
    for (const figure of Object.keys(given)) note(figure as Figure, instrument, givenBy.source, givenBy.asOf);
    const known = new Set([...Object.keys(given), ...facts.map(({ figure }) => figure)]);
    if (collateral && instrument.kind === 'spot') {
      const fact = findFact(collateral.facts, 'collateral', 'linear perpetual', instrument.base, date);
      if (givenCollateral(instrument.base, overrides)) note('collateral', instrument, givenBy.source, givenBy.asOf);
      else if (fact) note('collateral', instrument, sourceText(fact), fact.asOf);
    }
    for (const [figure, stand] of standIns(instrument)) if (!known.has(figure)) note(figure, instrument, stand, 'not known');
  }
  return [...uses.values()].map(({ figure, products, coins, source, asOf }) => ({
    figure: `${FIGURE_WORDS[figure]}: ${[...products].join(', ')} (${[...coins].join(', ')})`,
    source,
    asOf,
  }));
}

/** What stands in for fees that nobody knows (see `termsOf`). */
function standIns({ kind }: TradedInstrument): readonly (readonly [Figure, string])[] {
  return [
    ...(kind === 'spot'
      ? []
      : [['liquidationFee', 'judgement: the maintenance rate, which takes what is left, but at most 1.5%'] as const]),
    ...(kind === 'future' ? [['settlementFee', 'judgement: the taker rate'] as const] : []),
  ];
}

function sourceText({ confidence, source, note }: Provenance): string {
  return `${confidence}: ${source}${note === undefined ? '' : ` (${note})`}`;
}
