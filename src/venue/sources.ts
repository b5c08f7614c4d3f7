import { productOf, type Fact, type Figure, type Product } from './facts.ts';
import { givenFigures } from './given.ts';
import type { VenuePreset } from './preset.ts';
import type { GivenBy } from './resolve.ts';
import type { VenueOverrides } from './setting.ts';
import { presetFacts } from './terms.ts';
import type { FigureSource, TradedInstrument } from './venue.ts';

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

interface Use {
  readonly figure: Figure;
  readonly products: Set<Product>;
  readonly coins: Set<string>;
  readonly source: string;
  readonly asOf: string;
}

/** Sources of the figures that bear on the terms of some instruments, one row per figure and source, in the order of first use. */
export function sourcesOf(
  listed: readonly { readonly instrument: TradedInstrument; readonly preset: VenuePreset }[],
  overrides: VenueOverrides,
  date: string | null,
  givenBy: GivenBy,
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
    for (const fact of presetFacts(instrument, preset, date)) {
      if (!(fact.figure in given)) note(fact.figure, instrument, sourceText(fact), fact.asOf);
    }
    for (const figure of Object.keys(given)) note(figure as Figure, instrument, givenBy.source, givenBy.asOf);
  }
  return [...uses.values()].map(({ figure, products, coins, source, asOf }) => ({
    figure: `${FIGURE_WORDS[figure]}: ${[...products].join(', ')} (${[...coins].join(', ')})`,
    source,
    asOf,
  }));
}

function sourceText({ confidence, source, note }: Fact): string {
  return `${confidence}: ${source}${note === undefined ? '' : ` (${note})`}`;
}
