import { ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/suggest.ts';
import type { CollateralTier } from './collateral.ts';
import { findFact } from './facts.ts';
import { checkGiven, givenCollateral } from './given.ts';
import type { VenuePreset } from './preset.ts';
import { binance } from './presets/binance.ts';
import { bingx } from './presets/bingx.ts';
import { bitmex } from './presets/bitmex.ts';
import { bybit } from './presets/bybit.ts';
import { cme } from './presets/cme.ts';
import { deribit } from './presets/deribit.ts';
import { kraken } from './presets/kraken.ts';
import { mexc } from './presets/mexc.ts';
import { none } from './presets/none.ts';
import { okx } from './presets/okx.ts';
import { weex } from './presets/weex.ts';
import type { VenueOverrides, VenueSetting } from './setting.ts';
import { sourcesOf } from './sources.ts';
import { givingText, presetText, termsOf } from './terms.ts';
import type { TradedInstrument, Venue } from './venue.ts';

/** The presets by name. */
export const venuePresets: Readonly<Record<string, VenuePreset>> = {
  binance,
  bybit,
  bingx,
  weex,
  mexc,
  okx,
  deribit,
  cme,
  bitmex,
  kraken,
  none,
};

/** Who gave the figures that replace a preset's, as the report names them. */
export interface GivenBy {
  /** The venue's name; null: the preset's. */
  readonly name: string | null;
  readonly source: string;
  readonly asOf: string;
}
const BY_EXPERIMENT: GivenBy = { name: null, source: 'the experiment', asOf: 'this run' };

/**
 * The venue an experiment asks for: a preset, with figures of one's own over it.
 *
 * @throws {ConfigError} `venue-unknown` for a preset that does not exist, `maintenance-table-invalid` for bands that make no table
 */
export function resolveVenue(setting: VenueSetting): Venue {
  if (typeof setting === 'string') return venueFrom(presetNamed(setting), {}, BY_EXPERIMENT);
  const { preset, ...overrides } = setting;
  return venueFrom(presetNamed(preset), overrides, BY_EXPERIMENT);
}

/**
 * A venue from a preset and the figures that replace some of its own.
 *
 * @throws {ConfigError} `venue-unknown` for a spot venue that does not exist, `maintenance-table-invalid` for bands that make no table
 */
export function venueFrom(preset: VenuePreset, overrides: VenueOverrides, givenBy: GivenBy): Venue {
  checkGiven(overrides);
  const spot = spotPreset(preset, overrides);
  const date = overrides.asOf ?? null;
  const presetFor = ({ kind }: TradedInstrument): VenuePreset => (kind === 'spot' ? spot : preset);
  const name = givenBy.name ?? preset.name;
  return {
    name: spot === preset ? name : `${name}, spot ${spot.name}`,
    feeIn: overrides.feeIn ?? preset.feeIn,
    dailyVariation: preset.dailyVariation,
    isOpen: preset.isOpen ?? null,
    terms: (instrument) => termsOf(instrument, presetFor(instrument), overrides),
    collateral: (coin) => collateralOf(coin, preset, overrides),
    sources: (instruments, pooled = false) =>
      sourcesOf(
        instruments.map((instrument) => ({ instrument, preset: presetFor(instrument) })),
        { overrides, date, givenBy, collateral: pooled ? preset : null },
      ),
  };
}

/**
 * The preset of that name.
 *
 * @throws {ConfigError} `venue-unknown`
 */
export function presetNamed(name: string): VenuePreset {
  const preset = Object.hasOwn(venuePresets, name) ? venuePresets[name] : undefined;
  if (preset) return preset;
  throw new ConfigError('venue-unknown', `there is no venue "${name}"`, {
    hint: didYouMean(name, Object.keys(venuePresets)),
  });
}

function spotPreset(preset: VenuePreset, { spotVenue }: VenueOverrides): VenuePreset {
  if (spotVenue !== undefined) return presetNamed(spotVenue);
  return preset.products.includes('spot') ? preset : binance;
}

function collateralOf(coin: string, preset: VenuePreset, overrides: VenueOverrides): readonly CollateralTier[] {
  const known =
    givenCollateral(coin, overrides) ??
    findFact(preset.facts, 'collateral', 'linear perpetual', coin, overrides.asOf ?? null)?.value;
  if (known) return known;
  throw new ConfigError('venue-fact-unknown', `${presetText(preset)} does not know what of ${coin} counts as collateral`, {
    hint: givingText(preset, [`collateral: { ${coin}: 0.9 }`]),
  });
}
