import { describe, expect, test } from 'vitest';
import { ZoneClock } from '../../src/core/zone.ts';

const at = (text: string): number => Date.parse(`${text}Z`);

describe('the clock of a time zone', () => {
  test('shows the zone’s date and hour, summer time included', () => {
    const london = new ZoneClock('Europe/London');
    expect(london.toLocal(at('2024-01-10T12:00'))).toBe(at('2024-01-10T12:00'));
    expect(london.toLocal(at('2024-07-10T12:00'))).toBe(at('2024-07-10T13:00'));
    expect(new ZoneClock('Asia/Kolkata').toLocal(at('2024-03-31T18:30'))).toBe(at('2024-04-01T00:00'));
  });

  test('goes back to UTC, also around a change of the clocks', () => {
    const sydney = new ZoneClock('Australia/Sydney');
    for (const moment of ['2024-04-06T13:00', '2024-04-06T15:00', '2024-04-06T17:00', '2024-10-05T15:59', '2024-10-05T16:00']) {
      expect(sydney.toUtc(sydney.toLocal(at(moment)))).toBe(at(moment));
    }
  });

  test('leaves what is not finite alone', () => {
    const tokyo = new ZoneClock('Asia/Tokyo');
    expect([tokyo.toLocal(Infinity), tokyo.toUtc(-Infinity), tokyo.toUtc(NaN)]).toEqual([Infinity, -Infinity, NaN]);
  });

  test('is refused where there is no such zone', () => {
    expect(() => new ZoneClock('Europe/Londn')).toThrow(expect.objectContaining({ code: 'zone-unknown' }));
  });
});
