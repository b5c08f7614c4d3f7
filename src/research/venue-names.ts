import { basename } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import { type Notice, NoticeBoard } from '../core/notice.ts';
import { didYouMean, nearest } from '../core/suggest.ts';
import type { Catalog } from '../market/load/catalog.ts';
import type { VenueOverrides } from '../venue/setting.ts';
import type { Experiment } from './experiment.ts';
import { isVenueFile, readVenueFile } from './venue-file.ts';

/** Figures by name: `lots` by symbol, the others by coin. */
const NAMING = ['lots', 'maintenance', 'collateral'] as const;
const TRADED = ['spot', 'perpetual', 'future'];

/** A name under a `venue:` that the catalog does not have. */
interface Stray {
  readonly key: (typeof NAMING)[number];
  readonly name: string;
  readonly known: readonly string[];
}

/**
 * Looks for names under `venue:` that a catalog does not have. Figures of what no run trades are of no use, but those of a misspelt name would
 * be missed: in an experiment it is noted as `symbol-unknown`, at its line. A file of one's own serves many catalogs, so that a name only it
 * knows need be no slip.
 *
 * @returns the notice `venue-figures-unused` about such names of a venue file
 */
export function checkVenueNames({ settings, directory, place, faults }: Experiment, catalog: Catalog): Notice[] {
  const { venue } = settings;
  if (isVenueFile(venue)) {
    const { file, content } = readVenueFile(venue, directory);
    return unusedNotice(basename(file), straysOf(content, catalog), catalog.name);
  }
  for (const { key, name, known } of typeof venue === 'string' ? [] : straysOf(venue, catalog)) {
    const what = key === 'lots' ? 'series' : 'coin';
    faults.add(
      new ConfigError('symbol-unknown', `venue.${key}: the catalog "${catalog.name}" has no ${what} ${name}`, {
        at: place(['venue', key, name], 'key'),
        hint: didYouMean(name, known),
      }),
    );
  }
  return [];
}

function straysOf(figures: VenueOverrides, { series }: Catalog): Stray[] {
  const traded = series.filter(({ kind }) => TRADED.includes(kind));
  const symbols = [...new Set(traded.map(({ symbol }) => symbol))];
  const coins = [...new Set(traded.map(({ base }) => base))];
  return NAMING.flatMap((key) => {
    const known = key === 'lots' ? symbols : coins;
    const byName = figures[key];
    const names = typeof byName === 'object' ? Object.keys(byName) : [];
    return names.filter((name) => !known.includes(name)).map((name) => ({ key, name, known }));
  });
}

function unusedNotice(file: string, strays: readonly Stray[], catalog: string): Notice[] {
  if (strays.length === 0) return [];
  const listed = strays.map(({ key, name, known }) => {
    const near = nearest(name, known);
    return `${key} of ${name}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
  });
  const message = `${file} gives ${listed.join(', ')}: not used, since the catalog "${catalog}" has nothing of that name`;
  const board = new NoticeBoard();
  board.add('venue-figures-unused', message, null, strays.length);
  return board.list();
}
