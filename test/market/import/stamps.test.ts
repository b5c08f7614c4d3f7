import { describe, expect, test } from 'vitest';
import { formatTime, HOUR, MINUTE } from '../../../src/core/time.ts';
import { provenOrder, stampReader } from '../../../src/market/import/stamps.ts';

const read = (text: string, dateOrder: 'dmy' | 'mdy' = 'dmy', timezone = 'UTC') => {
  const stamp = stampReader({ dateOrder, timezone })(text);
  return stamp && formatTime(stamp.time);
};

describe('stamps of files from elsewhere', () => {
  test.each([
    ['2024-03-04', '2024-03-04T00:00Z'],
    ['1709510400', '2024-03-04T00:00Z'],
    ['1709510400000', '2024-03-04T00:00Z'],
    ['1709510400000000', '2024-03-04T00:00Z'],
    ['2024-03-04 12-AM', '2024-03-04T00:00Z'],
    ['2024-03-04 12-PM', '2024-03-04T12:00Z'],
    ['2024-03-04 11-PM', '2024-03-04T23:00Z'],
    ['2024/3/4 5:06', '2024-03-04T05:06Z'],
    ['04/03/2024', '2024-03-04T00:00Z'],
    ['4.3.2024 05:06:07', '2024-03-04T05:06:07Z'],
    ['04/03/2024 2:30 PM', '2024-03-04T14:30Z'],
    ['20240304', '2024-03-04T00:00Z'],
    ['20240304 050600', '2024-03-04T05:06Z'],
    ['Mar 04, 2024', '2024-03-04T00:00Z'],
    ['4-March-2024 05:06', '2024-03-04T05:06Z'],
  ])('%s is %s', (text, expected) => expect(read(text)).toBe(expected));

  test.each(['', 'yesterday', '31/02/2024', '2024-13-01', '04/03/24', '25:00', 'Foo 04, 2024'])('"%s" is none', (text) => {
    expect(read(text)).toBeUndefined();
  });

  test('are month first where that is said', () => expect(read('04/03/2024', 'mdy')).toBe('2024-04-03T00:00Z'));

  test('without a zone are in the one that was given, with its summer time', () => {
    expect(read('2024-01-15 12:00', 'dmy', 'America/New_York')).toBe('2024-01-15T17:00Z');
    expect(read('2024-07-15 12:00', 'dmy', 'America/New_York')).toBe('2024-07-15T16:00Z');
    expect(read('2024-01-15 12:00', 'dmy', '+09:00')).toBe('2024-01-15T03:00Z');
    expect(read('2024-01-15 12:10', 'dmy', 'Asia/Kolkata')).toBe('2024-01-15T06:40Z');
  });

  test.each([
    ['in hours', 60],
    ['in minutes', 1],
  ])('go on through the hour that comes twice when summer time ends, %s', (_, minutes) => {
    const times = Array.from({ length: 300 / minutes }, (_, i) => Date.UTC(2024, 10, 3, 4) + i * minutes * MINUTE);
    const local = (time: number) => {
      const behind = time < Date.UTC(2024, 10, 3, 6) ? 4 : 5;
      return new Date(time - behind * HOUR).toISOString().slice(0, 16).replace('T', ' ');
    };
    for (const rows of [times, times.toReversed()]) {
      const reader = stampReader({ dateOrder: 'dmy', timezone: 'America/New_York' });
      expect(rows.map((time) => reader(local(time))!.time)).toEqual(rows);
    }
  });

  test('with a zone, and epoch numbers, keep their own', () => {
    expect(read('2024-01-15T12:00:00Z', 'dmy', '+09:00')).toBe('2024-01-15T12:00Z');
    expect(read('1705320000', 'dmy', '+09:00')).toBe('2024-01-15T12:00Z');
  });

  test('refuse a zone that there is none', () =>
    expect(() => read('2024-01-15', 'dmy', 'Mars/Olympus')).toThrow(expect.objectContaining({ code: 'timezone-unknown' })));
});

describe('the order of dates', () => {
  test.each([
    [['01/02/2024', '13/02/2024'], 'dmy'],
    [['01/02/2024', '02/13/2024'], 'mdy'],
    [['01.02.2024'], 'dmy'],
    [['01/02/2024', '02/02/2024'], 'either'],
    [['2024-01-02', '1704067200'], null],
  ])('of %j is %s', (cells, expected) => expect(provenOrder(cells)).toBe(expected));
});
