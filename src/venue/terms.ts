import { ConfigError } from '../core/errors.ts';
import { isDerivative } from '../market/instrument.ts';
import { findFact, productOf, type Fact, type Figure, type Figures, type MaintenanceTable } from './facts.ts';
import { givenFigures } from './given.ts';
import type { VenuePreset } from './preset.ts';
import type { VenueOverrides } from './setting.ts';
import type { InstrumentTerms, TradedInstrument } from './venue.ts';

/** What a run needs of every contract, and but for maintenance of every coin. Without one of them there are no terms. */
export const NEEDED_FIGURES = ['fees', 'halfSpread', 'impact', 'maintenance'] as const satisfies readonly Figure[];
type Needed = (typeof NEEDED_FIGURES)[number];

/** Binance's typical rate; its range is 1.0 to 2.5 % (exchangeInfo captures of 2025 and 2026). */
const TYPICAL_LIQUIDATION_FEE = 0.015;

/**
 * What a venue asks for one instrument: the figures given, else those of the preset. Steps and minimums that nobody knows are none. Fees
 * that nobody knows are a cautious choice: for a settlement the taker rate; for a liquidation the maintenance rate, which takes what is
 * left when it comes to that, as closing at the bankruptcy price does, but no more than is typical elsewhere.
 *
 * @throws {ConfigError} as `Venue.terms`
 */
export function termsOf(instrument: TradedInstrument, preset: VenuePreset, overrides: VenueOverrides): InstrumentTerms {
  const known = presetFigures(instrument, preset, overrides.asOf ?? null);
  const given = givenFigures(instrument, overrides);
  const figures = { ...known, ...given };
  const derivative = isDerivative(instrument);
  const missing = NEEDED_FIGURES.filter((figure) => !isUsable(figures, figure) && (derivative || figure !== 'maintenance'));
  if (missing.length > 0) throw unknownFacts(instrument, preset, missing, figures.maintenance);
  const { fees, halfSpread, impact, liquidationFee, settlementFee } = figures;
  // A step that is given leaves the preset's minimums and tick.
  const lots = { ...known.lots, ...given.lots };
  const brackets = derivative ? figures.maintenance!.brackets : [];
  return {
    fees: fees!,
    halfSpread: halfSpread!,
    impact: impact!,
    participation: overrides.participation ?? Infinity,
    step: lots.step ?? 0,
    minQuantity: lots.minQuantity ?? 0,
    minNotional: lots.minNotional ?? 0,
    tick: lots.tick ?? 0,
    maintenance: brackets,
    liquidationFee: derivative ? (liquidationFee ?? Math.min(brackets[0]!.rate, TYPICAL_LIQUIDATION_FEE)) : 0,
    settlementFee: instrument.kind === 'future' ? (settlementFee ?? fees!.taker) : 0,
  };
}

/** Facts of a preset that bear on the terms of an instrument on a day, by figure; empty where it lists no such instrument. */
export function presetFacts(
  instrument: TradedInstrument,
  { facts, products, quotes }: VenuePreset,
  date: string | null,
): readonly Fact[] {
  const product = productOf(instrument);
  if (!products.includes(product) || quotes?.includes(instrument.quote) === false) return [];
  const bearing = [...NEEDED_FIGURES, 'lots', 'liquidationFee', 'settlementFee'] as const;
  return bearing.flatMap((figure): readonly Fact[] => {
    const fact = findFact(facts, figure, product, instrument.base, date);
    return fact ? [fact as Fact] : [];
  });
}

function presetFigures(instrument: TradedInstrument, preset: VenuePreset, date: string | null): Partial<Figures> {
  return Object.fromEntries(presetFacts(instrument, preset, date).map(({ figure, value }) => [figure, value]));
}

function isUsable(figures: Partial<Figures>, figure: Needed): boolean {
  if (figure === 'maintenance') return figures.maintenance?.complete === true;
  return figures[figure] !== undefined;
}

/** The keys that give what is missing, as one would type them. */
function exampleKeys(missing: readonly Needed[], { kind, base }: TradedInstrument): string[] {
  const slippage = [
    ...(missing.includes('halfSpread') ? ['halfSpread: 0.0001'] : []),
    ...(missing.includes('impact') ? ['impact: 0'] : []),
  ];
  return [
    ...(missing.includes('fees') ? [`fees: { ${kind}: { maker: 0.001, taker: 0.001 } }`] : []),
    ...(slippage.length > 0 ? [`slippage: { ${slippage.join(', ')} }`] : []),
    ...(missing.includes('maintenance') ? [`maintenance: { ${base}: 0.01 }`] : []),
  ];
}

/** How a message calls what lacks a figure. */
export function presetText({ name, isFile = false }: VenuePreset): string {
  return isFile ? `the venue file of "${name}"` : `the ${name} preset`;
}

/** Where and how to give figures that are lacking. */
export function givingText({ name, isFile = false }: VenuePreset, keys: readonly string[]): string {
  const them = keys.length === 1 ? 'it' : 'them';
  if (isFile) return `give ${them} in that file: ${keys.join(', ')}; or name a preset there whose figures hold`;
  return `give ${them} in the experiment: venue: { ${[`preset: ${name}`, ...keys].join(', ')} }`;
}

function unknownFacts(
  instrument: TradedInstrument,
  preset: VenuePreset,
  missing: readonly Needed[],
  maintenance: MaintenanceTable | undefined,
): ConfigError {
  const product = productOf(instrument);
  const keys = exampleKeys(missing, instrument);
  if (!preset.products.includes(product)) {
    return new ConfigError(
      'venue-without-product',
      `${presetText(preset)} lists no ${product}, which ${instrument.symbol} is; it lists ${preset.products.join(', ')}`,
      { hint: `choose another venue or a strategy on what it lists; or ${givingText(preset, keys)}` },
    );
  }
  const known = missing.includes('maintenance') && maintenance ? `; ${knownPart(maintenance, instrument)}` : '';
  const quotes =
    preset.quotes?.includes(instrument.quote) === false ? `; it knows figures in ${preset.quotes.join(', ')} only` : '';
  return new ConfigError(
    'venue-fact-unknown',
    `${presetText(preset)} does not know ${inWords(missing)} of ${instrument.symbol} (${describe(instrument)})${known}${quotes}`,
    { hint: givingText(preset, keys) },
  );
}

function knownPart({ brackets, by, upTo }: MaintenanceTable, { contract, base, quote }: TradedInstrument): string {
  const unit = by === 'coins' || contract === 'inverse' ? base : quote;
  const size = (upTo ?? Infinity).toLocaleString('en-US');
  return `of maintenance it knows only positions up to ${size} ${unit} (${brackets.at(-1)!.rate} in the last band)`;
}

function inWords(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

function describe(instrument: TradedInstrument): string {
  return `${productOf(instrument)}, ${instrument.base} in ${instrument.quote}`;
}
