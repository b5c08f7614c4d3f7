import { formatInterval } from '../../core/time.ts';
import type { Format } from './encode.ts';

/** Of what a file's name is made. */
export interface NamedSeries {
  readonly symbol: string;
  readonly kind: string;
  readonly venue: string;
  readonly quote: string;
  /** ms; null where there are no bars. */
  readonly step: number | null;
}

/** Names files of a catalog so that no two are the same, also where upper and lower case are not told apart. */
export class FilePlaces {
  readonly #taken: Set<string>;

  /** @param taken - files that are there already, relative to the catalog */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map((file) => file.toLowerCase()));
  }

  /**
   * A new file for a series: `spot-1d/binance-BTC.csv`, `funding/bybit-ETH-PERP.parquet`.
   *
   * @param role - what the file holds: the series' own kind, or `mark`, or `funding`
   */
  take({ symbol, venue, quote, step }: NamedSeries, role: string, format: Format): string {
    const folder = step === null ? role : `${role}-${formatInterval(step)}`;
    const plain = `${folder}/${word(venue)}-${word(symbol)}`;
    const candidates = [plain, `${plain}-${word(quote)}`];
    for (let serial = 2; ; serial++) {
      const file = `${candidates.shift() ?? `${plain}-${serial}`}.${format}`;
      if (this.#taken.has(file.toLowerCase())) continue;
      this.#taken.add(file.toLowerCase());
      return file;
    }
  }
}

/** A name as part of a file's: what could mean something to a file system becomes an underscore. */
function word(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]/gu, '_').replace(/^\.+/, '_');
}
