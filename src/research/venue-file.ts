import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { parseSource, type SourceDocument } from '../core/document.ts';
import { ConfigError, type Fault } from '../core/errors.ts';
import { check } from '../core/schema.ts';
import { readTextFile } from '../core/text-file.ts';
import { unknownVenue, type VenuePreset } from '../venue/preset.ts';
import { presetNamed, resolveVenue, venueFrom, venuePresets } from '../venue/resolve.ts';
import { venueFigures, type VenueSetting } from '../venue/setting.ts';
import type { Venue } from '../venue/venue.ts';

/** A venue of one's own, as a file; docs/json/venue.schema.json is made from this. Rates are fractions. */
export const venueFileSchema = z
  .strictObject({
    name: z.string().min(1).describe('how results and the report call it'),
    source: z.string().min(1).optional().describe('where the figures come from, for the report; default: the name of the file'),
    seen: z.string().min(1).optional().describe('when they were read there, for the report'),
    preset: z.string().min(1).optional().describe('whose figures hold where the file gives none; default: nothing holds'),
    ...venueFigures,
  })
  .meta({ title: 'kedge venue' });

/** Whether a `venue:` is the path of a file rather than the name of a preset. */
export function isVenueFile(setting: VenueSetting): setting is string {
  return typeof setting === 'string' && /[\\/]|\.(ya?ml|json)$/i.test(setting);
}

/**
 * The venue that a `venue:` asks for, be it a preset, a preset with figures of one's own, or the path of a venue file.
 *
 * @param directory - that a path is relative to
 * @throws {ConfigError} as `readVenueFile` and `resolveVenue`
 */
export function venueOf(setting: VenueSetting, directory: string): Venue {
  if (!isVenueFile(setting)) return resolveVenue(setting);
  const { document, content } = readVenueFile(setting, directory);
  const { name, source, seen, preset: _, ...figures } = content;
  const givenBy = { name, source: source ?? basename(document.file), asOf: seen ?? 'not stated' };
  return placed(content, document, () => venueFrom(basePreset(content), figures, givenBy));
}

/**
 * The preset that a name is, or that a venue file builds on.
 *
 * @throws {ConfigError} as `venueOf`
 */
export function presetOf(venue: string, directory: string): VenuePreset {
  if (!isVenueFile(venue)) return presetNamed(venue);
  const { document, content } = readVenueFile(venue, directory);
  return placed(content, document, () => basePreset(content));
}

/** A checked venue file. */
export type VenueFile = z.output<typeof venueFileSchema>;

function basePreset({ name, preset }: VenueFile): VenuePreset {
  return preset === undefined ? unknownVenue(name) : presetNamed(preset);
}

/** What `make` gives; a fault in what the file names gets the place of the key that names it. */
function placed<T>({ preset }: VenueFile, document: SourceDocument, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const unknown = preset === undefined || Object.hasOwn(venuePresets, preset) ? 'spotVenue' : 'preset';
    const at = document.place([error.code === 'maintenance-table-invalid' ? 'maintenance' : unknown]);
    throw new ConfigError(error.code, error.message, { at, cause: error, ...(error.hint !== undefined && { hint: error.hint }) });
  }
}

/**
 * A venue file as it stands.
 *
 * @param directory - that the path is relative to
 * @throws {ConfigError} `venue-file-missing`, `venue-file-invalid` with all faults and their places
 */
export function readVenueFile(
  path: string,
  directory: string,
): { readonly file: string; readonly document: SourceDocument; readonly content: VenueFile } {
  const file = resolve(directory, path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new ConfigError('venue-file-missing', `there is no venue file ${file}`, {
      hint: 'give the path of a YAML or JSON file, relative to the experiment; or the name of a preset (see kedge venues)',
    });
  }
  const document = parse(readTextFile(file), file);
  const checked = check(venueFileSchema, document.value, (path, part) => document.place(path, part), 'the venue file');
  if (!checked.ok) throw invalid(file, checked.faults);
  return { file, document, content: checked.value };
}

function parse(text: string, file: string): SourceDocument {
  try {
    return parseSource(text, file);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw invalid(file, error.faults.length > 0 ? error.faults : [{ message: error.message, ...(error.at && { at: error.at }) }]);
  }
}

function invalid(file: string, faults: readonly Fault[]): ConfigError {
  const [first] = faults;
  const message = faults.length === 1 ? first!.message : `${faults.length} faults in ${file}; the first: ${first!.message}`;
  return new ConfigError('venue-file-invalid', message, {
    hint: first!.hint ?? 'its keys are described in docs/venues.md',
    at: first!.at ?? { file },
    faults: faults.length === 1 ? [] : faults,
  });
}
