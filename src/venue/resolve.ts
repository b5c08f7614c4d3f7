import { ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import { isDerivative } from '../market/instrument.ts';
import { flatMaintenance } from './margin.ts';
import type { Figure, VenuePreset } from './preset.ts';
import { binance } from './presets/binance.ts';
import { none } from './presets/none.ts';
import type { VenueOverrides, VenueSetting } from './setting.ts';
import type { FigureSource, InstrumentTerms, TradedInstrument, Venue } from './venue.ts';

/** The presets by name. */
export const venuePresets: Readonly<Record<string, VenuePreset>> = { binance, none };

/**
 * The venue an experiment asks for: a preset, with the experiment's own figures over it.
 *
 * @throws {ConfigError} `venue-unknown` for a preset that does not exist
 */
export function resolveVenue(setting: VenueSetting): Venue {
  const overrides: VenueOverrides = typeof setting === 'string' ? { preset: setting } : setting;
  const preset = presetNamed(overrides.preset);
  const spotPreset = overrides.spotVenue === undefined ? preset : presetNamed(overrides.spotVenue);
  return {
    name: overrides.spotVenue === undefined ? preset.name : `${preset.name}, spot ${spotPreset.name}`,
    feeIn: overrides.feeIn ?? preset.feeIn,
    terms: (instrument) => termsOf(instrument, preset, spotPreset, overrides),
    sources: sourcesOf(preset, spotPreset, overrides),
  };
}

function presetNamed(name: string): VenuePreset {
  const preset = Object.hasOwn(venuePresets, name) ? venuePresets[name] : undefined;
  if (preset) return preset;
  throw new ConfigError('venue-unknown', `there is no venue "${name}"`, {
    hint: didYouMean(name, Object.keys(venuePresets)),
  });
}

function termsOf(
  instrument: TradedInstrument,
  preset: VenuePreset,
  spotPreset: VenuePreset,
  overrides: VenueOverrides,
): InstrumentTerms {
  const known =
    instrument.kind === 'spot' ? (spotPreset.facts(instrument) ?? binance.facts(instrument)) : preset.facts(instrument);
  const facts: Partial<InstrumentTerms> = { ...known, ...given(instrument, overrides) };
  const need = <F extends keyof InstrumentTerms>(fact: F): InstrumentTerms[F] => {
    const value = facts[fact];
    if (value !== undefined) return value;
    throw unknownFact(preset, instrument, fact);
  };
  return {
    fees: need('fees'),
    halfSpread: need('halfSpread'),
    impact: need('impact'),
    participation: facts.participation ?? Infinity,
    step: facts.step ?? 0,
    minQuantity: facts.minQuantity ?? 0,
    minNotional: facts.minNotional ?? 0,
    tick: facts.tick ?? 0,
    maintenance: need('maintenance'),
    liquidationFee: need('liquidationFee'),
  };
}

/** The experiment's own figures for one instrument. */
function given(instrument: TradedInstrument, overrides: VenueOverrides): Partial<InstrumentTerms> {
  const fees = overrides.fees?.[instrument.kind];
  const { halfSpread, impact } = overrides.slippage ?? {};
  const { participation } = overrides;
  return {
    ...(fees && { fees }),
    ...(halfSpread !== undefined && { halfSpread }),
    ...(impact !== undefined && { impact }),
    ...(participation !== undefined && { participation }),
    ...(isDerivative(instrument) && givenMargin(instrument, overrides)),
  };
}

function givenMargin(instrument: TradedInstrument, { maintenance, liquidationFee }: VenueOverrides): Partial<InstrumentTerms> {
  const rate = typeof maintenance === 'object' ? maintenance[instrument.base] : maintenance;
  return {
    ...(rate !== undefined && { maintenance: flatMaintenance(rate) }),
    ...(liquidationFee !== undefined && { liquidationFee }),
  };
}

const HOW_TO_GIVE: Readonly<Partial<Record<keyof InstrumentTerms, (instrument: TradedInstrument) => string>>> = {
  fees: ({ kind }) => `venue: { fees: { ${kind}: { maker: 0.001, taker: 0.001 } } }`,
  halfSpread: () => 'venue: { slippage: { halfSpread: 0.0001 } }',
  impact: () => 'venue: { slippage: { impact: 0 } }',
  maintenance: ({ base }) => `venue: { maintenance: 0.01 }, or { maintenance: { ${base}: 0.01 } } for this coin alone`,
  liquidationFee: () => 'venue: { liquidationFee: 0.015 }',
};

function unknownFact(preset: VenuePreset, instrument: TradedInstrument, fact: keyof InstrumentTerms): ConfigError {
  return new ConfigError(
    'venue-fact-unknown',
    `the ${preset.name} preset does not know ${fact} of ${instrument.symbol} (${describe(instrument)})`,
    {
      hint: `give it in the experiment: ${HOW_TO_GIVE[fact]?.(instrument) ?? fact}`,
    },
  );
}

function describe({ kind, contract, base, quote }: TradedInstrument): string {
  return `${contract === null ? '' : `${contract} `}${kind}, ${base} in ${quote}`;
}

function sourcesOf(preset: VenuePreset, spotPreset: VenuePreset, overrides: VenueOverrides): FigureSource[] {
  const replaced = replacedFigures(overrides);
  const stated = preset.sources
    .filter(({ figure }) => figure !== 'spot fees')
    .concat(spotPreset.sources.filter(({ figure }) => figure === 'spot fees'));
  return [
    ...stated.filter(({ figure }) => !replaced.includes(figure)),
    ...replaced.map((figure) => ({ figure, source: 'the experiment', asOf: 'this run' })),
  ];
}

function replacedFigures({ fees, slippage, maintenance, liquidationFee }: VenueOverrides): Figure[] {
  return [
    ...(fees?.spot ? (['spot fees'] as const) : []),
    ...(fees?.perpetual ? (['perpetual fees'] as const) : []),
    ...(fees?.future ? (['future fees'] as const) : []),
    ...(slippage?.halfSpread === undefined ? [] : (['half-spread'] as const)),
    ...(slippage?.impact === undefined ? [] : (['impact'] as const)),
    ...(typeof maintenance === 'number' ? (['maintenance'] as const) : []),
    ...(liquidationFee === undefined ? [] : (['liquidation fee'] as const)),
  ];
}
