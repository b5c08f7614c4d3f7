import { DAY, parseDate } from '../../../core/time.ts';
import type { Rename } from '../request.ts';

/**
 * Coins that Binance renamed one for one, with the day from which the new name trades. Swaps at another ratio (ERD, BTT, MKR) are no
 * renames: prices before and after are not comparable. `LUNA` is another coin since.
 *
 * @see Binance's announcements of each change at binance.com/en/support/announcement; days as known in 2025-06. What is not here can be
 *   told by `--renamed`.
 */
export const RENAMES: readonly Rename[] = [
  { from: 'BCHABC', to: 'BCH', date: parseDate('2019-11-28') },
  { from: 'LUNA', to: 'LUNC', date: parseDate('2022-05-28') },
  { from: 'RNDR', to: 'RENDER', date: parseDate('2024-07-26') },
  { from: 'MATIC', to: 'POL', date: parseDate('2024-09-13') },
  { from: 'FTM', to: 'S', date: parseDate('2025-01-16') },
  { from: 'EOS', to: 'A', date: parseDate('2025-05-28') },
];

/** Names that were given to another coin later. */
const REUSED = new Set(['LUNA']);

/** Trading under the old name ends some days before it begins under the new one; announcements are by the day. */
const TOLERANCE = 7 * DAY;

/** One name of an asset and the time that what trades by it is the asset, UTC ms. */
export interface AssetName {
  readonly asset: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The names a coin has had, oldest first. */
export function namesOf(asset: string, renames: readonly Rename[]): readonly AssetName[] {
  const names: AssetName[] = [];
  const taken = renames.find(({ from }) => from === asset && REUSED.has(from));
  let current: AssetName = { asset, from: taken?.date ?? -Infinity, to: Infinity };
  for (let before = Infinity; ;) {
    // Ever earlier ones: a name that comes round again ends.
    const rename = renames.find(({ to, date }) => to === current.asset && date < before);
    if (rename === undefined) return [current, ...names];
    const tolerance = REUSED.has(rename.from) ? 0 : TOLERANCE;
    names.unshift({ ...current, from: rename.date - tolerance });
    current = { asset: rename.from, from: -Infinity, to: rename.date + tolerance };
    before = rename.date;
  }
}

/**
 * Coins whose futures on Binance are counted in thousands or millions, by the prefix of their symbols (`1000SHIBUSDT`): the prices are
 * those of so many coins. As a power of ten.
 *
 * @see fapi.binance.com/fapi/v1/exchangeInfo, symbols beginning with 1000 and 1M, as known in 2025-06
 */
export const FUTURES_UNITS: Readonly<Record<string, { readonly prefix: string; readonly power: number }>> = {
  ...Object.fromEntries(
    ['SHIB', 'XEC', 'LUNC', 'PEPE', 'FLOKI', 'BONK', 'SATS', 'RATS', 'CAT', 'CHEEMS', 'WHY', 'X'].map((asset) => [
      asset,
      { prefix: '1000', power: 3 },
    ]),
  ),
  BABYDOGE: { prefix: '1M', power: 6 },
  MOG: { prefix: '1000000', power: 6 },
};
