import { describe, expect, test } from 'vitest';
import { DAY, HOUR, parseDate } from '../../../../src/core/time.ts';
import { archiveLines, barForm, FUNDING_FORM, metricsForm } from '../../../../src/market/fetch/archive/lines.ts';
import { monthAt } from '../../../../src/market/fetch/month.ts';

const FROM = parseDate('2024-01-01');
const JANUARY = monthAt(FROM);
const lines = (csv: string, form = barForm(DAY, 0, true)) => archiveLines(csv, form, JANUARY, 'x.zip');

describe('the lines of an archive', () => {
  test('are the same with a header and without, in milliseconds and microseconds, with either line end', () => {
    const row = ',1.0,2.0,0.50,1.50,9,0,1,1,1,1,0';
    const expected = [`${FROM},1,2,0.5,1.5,9`];
    expect(lines(`${FROM}${row}\n`)).toEqual(expected);
    expect(lines(`${FROM * 1_000}${row}`)).toEqual(expected);
    expect(lines(`\uFEFFopen_time,open,high,low,close,volume,close_time\r\n${FROM}${row}\r\n`)).toEqual(expected);
  });

  test('go by the names of a header, wherever the columns stand', () => {
    expect(lines(`close,open_time,open,high,low,volume\n4,${FROM},1,5,0.5,9\n`)).toEqual([`${FROM},1,5,0.5,4,9`]);
  });

  test('stand once, also where a file has one twice', () => {
    const row = `${FROM},1,2,0.5,1.5,9\n`;
    expect(lines(row + row)).toHaveLength(1);
    expect(() => lines(`${row}${FROM},1,2,0.5,1.6,9\n`)).toThrow(/line 2: 2024-01-01T00:00Z comes after/);
  });

  test('of settlements are of the hour they belong to, at eight, four, two and one hours', () => {
    const rows = [0, 8, 12, 14, 15].map((hour, i) => `${FROM + hour * HOUR + i},8,0.0001${i}000\n`).join('');
    const header = 'calc_time,funding_interval_hours,last_funding_rate\n';
    expect(lines(header + rows, FUNDING_FORM).map((line) => (Number.parseInt(line, 10) - FROM) / HOUR)).toEqual([
      0, 8, 12, 14, 15,
    ]);
  });

  test('of settlements reach to the end of the month, those of bars do not', () => {
    expect(lines(`${JANUARY.to},8,0.0001\n`, FUNDING_FORM)).toHaveLength(1);
    expect(() => lines(`${JANUARY.to},1,2,0.5,1.5,9\n`)).toThrow(/2024-02-01T00:00Z lies outside of 2024-01/);
  });

  test('of open interest leave out what the exchange did not record, and take a correction', () => {
    const header = 'create_time,symbol,sum_open_interest,sum_open_interest_value\n';
    const rows = ['00:05:00,X,10,20', '00:10:00,X,,', '00:15:00,X,11,21', '00:15:00,X,12,22'];
    const csv = header + rows.map((row) => `2024-01-01 ${row}\n`).join('');
    const minute = 60_000;
    expect(lines(csv, metricsForm(0))).toEqual([`${FROM + 5 * minute},10,20`, `${FROM + 15 * minute},12,22`]);
  });

  test.each([
    ['soon,1,2,0.5,1.5,9\n1,1,1,1,1,1', /no column/],
    [`${FROM},1,2,0.5\n`, /line 1: close is ""/],
    [`12,1,2,0.5,1,1\n`, /"12" is no moment/],
  ])('that make no sense are refused: %j', (csv, message) => {
    expect(() => lines(csv)).toThrow(message);
  });
});
