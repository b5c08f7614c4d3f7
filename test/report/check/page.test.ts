import { describe, expect, test } from 'vitest';
import type { CheckReport, Finding } from '../../../src/market/check/finding.ts';
import { monthsOf } from '../../../src/report/check/calendar.ts';
import { renderCheck } from '../../../src/report/check/page.ts';

const month = (number: number) => Date.UTC(2023, number, 1);
/** Three months of bars of which half of the second is missing. */
const extent = { from: month(0), to: month(3), gaps: [{ from: month(1), to: Date.UTC(2023, 1, 15) }] };
const finding: Finding = {
  ...{
    code: 'bars-missing',
    severity: 'warning',
    symbol: 'BTC',
    venue: 'here',
    file: 'BTC.csv',
    line: 32,
    time: Date.UTC(2023, 1, 15),
  },
  ...{ count: 14, message: '14 bars <missing>', hint: 'fetch them' },
};
const report: CheckReport = {
  ...{ name: 'Mine & <b>yours</b>', synthetic: false, series: 2, files: 2, findings: [finding] },
  calendars: [
    { file: 'BTC.csv', role: 'prices', symbol: 'BTC', venue: 'here', extent },
    { file: 'ETH.csv', role: 'prices', symbol: 'ETH', venue: 'here', extent: null },
  ],
};

describe('the page of a check', () => {
  const page = renderCheck(report);

  test('shades every month by what is covered of it, and marks where findings begin', () => {
    expect(page).toContain('aria-label="2 months whole, 1 in part, 1 findings"');
    expect(page).toContain('<path class="whole" d="M0 0h6v14h-6zM14 0h6v14h-6z"/>');
    expect(page).toContain('<path class="part" d="M7 0h6v14h-6z"/>');
    expect(page).toContain('<path class="found-warning" d="M8 7h4V14h-4z"/>');
    expect(page).toContain('2023-01-01 to 2023-03-31');
  });

  test('names files that cannot be used, and findings with place, message and hint', () => {
    expect(page).toMatch(/ETH <small>cannot be used<\/small>/);
    expect(page).toMatch(/BTC\.csv, line 32\s*<small>BTC, here<\/small>/);
    expect(page).toContain('14 bars &lt;missing&gt;');
  });

  test('writes names as text, loads nothing and runs nothing', () => {
    expect(page).not.toContain('<b>yours');
    expect(page.replaceAll('&#39;', "'")).toMatch(
      /default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-[\w+/=]+'"/,
    );
    expect(page).not.toMatch(/<script|<link|<img|\sstyle=|url\(|https?:/);
  });

  test('is the same every time, small, and says when there is nothing', () => {
    expect(renderCheck(report)).toBe(page);
    const clean = renderCheck({ ...report, findings: [], synthetic: true });
    expect(clean).toContain('2 series in 2 files: nothing found.');
    expect(clean).toContain('synthetic');
  });
});

test('months reach from the first to the last that any file covers part of', () => {
  const calendars = [{ ...report.calendars[0]!, extent: { from: Date.UTC(2022, 11, 31), to: month(1), gaps: [] } }];
  expect(monthsOf(calendars)).toEqual([
    { from: Date.UTC(2022, 11, 1), to: month(0) },
    { from: month(0), to: month(1) },
  ]);
  expect(monthsOf([report.calendars[1]!])).toEqual([]);
});
