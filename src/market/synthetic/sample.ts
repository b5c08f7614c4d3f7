import { sha256 } from '../../core/hash.ts';
import { coinPaths } from './coin-path.ts';
import { coinSeries, type SampleFile } from './series.ts';
import { COINS } from './story.ts';

/** The seed of the bundled sample. */
export const SAMPLE_SEED = 38;

/**
 * A synthetic market as the files of a catalog: five coins, daily from 2020-01-01 to 2024-12-31, with spot, perpetuals with
 * funding and mark, quarterly futures and open interest. The same seed gives the same bytes.
 */
export function synthesize(seed: number): SampleFile[] {
  const series = coinPaths(seed, COINS).flatMap((path) => coinSeries(seed, path));
  const origin = { source: `synthetic, seed ${seed}`, licence: 'MIT' };
  const listed = series.map(({ entry, files: [own] }) => ({ ...entry, file: own!.path, ...origin, sha256: sha256(own!.text) }));
  const derived = COINS.filter((coin) => coin.futures).map(({ symbol }) => ({
    symbol: `${symbol}-USD-PERP`,
    kind: 'perpetual',
    contract: 'inverse',
    base: symbol,
    quote: 'USD',
    venue: 'binance',
    interval: '1d',
    priceFrom: `${symbol}-PERP`,
    fundingFrom: `${symbol}-PERP`,
    ...origin,
  }));
  return [...series.flatMap(({ files }) => files), { path: 'catalog.json', text: catalogText(seed, [...listed, ...derived]) }];
}

/** The catalog with one series a line. */
function catalogText(seed: number, series: readonly object[]): string {
  const head = Object.entries({ name: 'Synthetic sample', kind: 'synthetic', notes: notes(seed) });
  const lines = series.map((entry) => `    ${JSON.stringify(entry)}`);
  return [
    '{',
    ...head.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`),
    '  "series": [',
    lines.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function notes(seed: number): string {
  return (
    `Made by kedge data synth --seed ${seed}. No price, rate or volume in it ever happened: coin and venue names stand for the kind of ` +
    'market that was imitated (a cycle with a mania, a long fall and a recovery), not for its history. Nothing can be concluded ' +
    'from it about any market.'
  );
}
