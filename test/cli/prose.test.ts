import { expect, test } from 'vitest';
import { paragraph } from '../../src/cli/prose.ts';
import { checkText } from '../../src/cli/data-text.ts';
import { regimeText } from '../../src/cli/regime-text.ts';
import { venueText } from '../../src/cli/venue-text.ts';
import type { CheckReport } from '../../src/market/check/finding.ts';
import { describeRegime } from '../../src/tax/describe-regime.ts';
import { REGIMES } from '../../src/tax/regimes.ts';
import { describeVenues } from '../../src/venue/describe.ts';
import { fakeTerminal } from '../support/terminal.ts';

const narrow = { ...fakeTerminal(), width: 60 };

/** Lines that are wider than the terminal though they hold more than one word. */
const tooWide = (text: string): string[] => text.split('\n').filter((line) => line.length > 60 && line.trim().includes(' '));

test('a paragraph keeps its indent, and hangs from its second line on', () => {
  expect(paragraph('one two three four', { width: 12 }, { indent: 2, hang: 1, paint: (line) => `<${line}>` })).toEqual([
    '  <one two>',
    '   <three>',
    '   <four>',
  ]);
  expect(paragraph('x '.repeat(100).trim(), { width: 300 })[0]).toHaveLength(99);
});

test.each([
  ['regimes', () => REGIMES.map((regime) => regimeText(describeRegime(regime), narrow))],
  ['venues', () => describeVenues().map((venue) => venueText(venue, narrow))],
])('%s are told in lines that fit the terminal', (_, texts) => {
  expect(texts().flatMap(tooWide)).toEqual([]);
});

test('what a check of data has found is told in lines that fit the terminal', () => {
  const finding = {
    ...{ code: 'price-gap', severity: 'error', symbol: 'BTC', venue: 'binance', file: 'spot-1d/binance-BTC.csv', line: 7 },
    ...{ time: null, count: 1, message: 'the close is far from '.repeat(6).trim(), hint: 'look at it '.repeat(9).trim() },
  } as const;
  const report = { name: 'Mine', synthetic: false, series: 1, files: 1, findings: [finding] } as unknown as CheckReport;
  const text = checkText('a/folder', report, narrow);
  expect(tooWide(text)).toEqual([]);
  expect(text).toContain('  spot-1d/binance-BTC.csv:7 BTC, binance [price-gap]\n    the close');
});
