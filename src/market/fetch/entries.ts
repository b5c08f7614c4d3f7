import type { CatalogEntry } from '../load/catalog-schema.ts';
import { DAY, formatDate, formatInterval, HOUR } from '../../core/time.ts';
import type { FetchRequest } from './request.ts';

/** What kind of contract, and what it is priced in. */
export interface ContractForm {
  readonly contract: 'linear' | 'inverse';
  readonly quote: string;
}

/** How a venue's series go by name: symbols of the catalog, and keys of files. */
export const symbolOf = {
  spot: (asset: string): string => asset,
  perpetual: (asset: string, { contract }: ContractForm): string =>
    contract === 'linear' ? `${asset}-PERP` : `${asset}-USD-PERP`,
  funding: (asset: string, { contract }: ContractForm): string =>
    contract === 'linear' ? `${asset}-FUNDING` : `${asset}-USD-FUNDING`,
  future: (asset: string, { contract }: ContractForm, expiry: number): string =>
    contract === 'linear' ? `${asset}-${shortDate(expiry)}` : `${asset}-USD-${shortDate(expiry)}`,
  openInterest: (asset: string): string => `${asset}-OI`,
} as const;

/** `2024-06-28…` → `240628` */
export function shortDate(time: number): string {
  return formatDate(time).replaceAll('-', '').slice(2);
}

/** Names the parts and the file of a stream: `binance/spot-1d/BTC-USDT`. */
export function keyOf(venue: string, kind: string, step: number | null, ...name: readonly string[]): string {
  return `${venue}/${step === null ? kind : `${kind}-${formatInterval(step)}`}/${name.join('-')}`;
}

/** Settlements fall on hours, so marks are fetched hourly where bars are longer. */
export function markStep({ step }: FetchRequest): number {
  return Math.min(step, HOUR);
}

/** The parts of an entry that every kind of series has. */
export function baseEntry(
  { venue, step }: FetchRequest,
  symbol: string,
  kind: CatalogEntry['kind'],
  base: string,
  quote: string | null,
  licence: string,
): CatalogEntry {
  return {
    ...{ symbol, kind, base },
    ...(quote !== null && { quote }),
    venue,
    ...(kind !== 'funding' && { interval: formatInterval(step), stamp: 'open' as const }),
    licence,
  };
}

/** Quarterly contracts expire on the last Friday of March, June, September and December at 08:00 UTC. */
export function quarterlyExpiries(from: number, to: number, endsOfQuarters: readonly number[]): readonly number[] {
  return endsOfQuarters.map((end) => lastFriday(end) + 8 * HOUR).filter((expiry) => expiry > from && expiry < to);
}

// 1970-01-02 was a Friday.
function lastFriday(end: number): number {
  return Math.floor((end - 1 - DAY) / (7 * DAY)) * 7 * DAY + DAY;
}
