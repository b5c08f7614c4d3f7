import { ConfigError } from './errors.ts';
import { DAY, HOUR, MINUTE, dateTime } from './time.ts';

/**
 * Checks the name of a time zone.
 *
 * @throws {ConfigError} `zone-unknown`
 */
export function requireZone(zone: string): void {
  new ZoneClock(zone);
}

/**
 * Wall-clock time of an IANA time zone, as moments whose UTC date and hour are the zone's own.
 *
 * Offsets are asked for once an hour and kept.
 */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<number, number>();

  /** @throws {ConfigError} `zone-unknown` */
  constructor(zone: string) {
    try {
      this.#format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
      });
    } catch (cause) {
      throw new ConfigError('zone-unknown', `there is no time zone "${zone}"`, {
        hint: 'use a name of the IANA data base, e.g. Europe/London or Asia/Tokyo',
        cause,
      });
    }
  }

  /** The zone's clock at a moment, as if it were UTC. Infinite moments stay what they are. */
  toLocal(time: number): number {
    return Number.isFinite(time) ? time + this.#offset(time) : time;
  }

  /** The moment at which the zone's clock shows `local`; of two, the one before clocks go back. */
  toUtc(local: number): number {
    if (!Number.isFinite(local)) return local;
    const before = local - this.#offset(local - DAY);
    if (this.toLocal(before) === local) return before;
    return local - this.#offset(local + DAY);
  }

  #offset(time: number): number {
    // No zone of today changes or stands off by less than a quarter of an hour.
    const quarter = Math.floor(time / (HOUR / 4));
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      const start = quarter * (HOUR / 4);
      const parts = new Map(this.#format.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
      const [year, month, day, hour, minute] = ['year', 'month', 'day', 'hour', 'minute'].map((part) =>
        parts.get(part as Intl.DateTimeFormatPartTypes)!,
      );
      offset = dateTime(year!, month!, day!) + hour! * HOUR + minute! * MINUTE - start;
      this.#offsets.set(quarter, offset);
    }
    return offset;
  }
}
