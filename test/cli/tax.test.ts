import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { regimesDocumentSchema } from '../../src/cli/regime-documents.ts';
import { regimeText } from '../../src/cli/regime-text.ts';
import { taxDocumentSchema } from '../../src/cli/tax-documents.ts';
import { describeRegime } from '../../src/tax/describe-regime.ts';
import { regimeNames, REGIMES } from '../../src/tax/regimes.ts';
import { kedge } from '../support/kedge.ts';
import { fakeTerminal } from '../support/terminal.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-tax-'));
  const rows = ['2024-01-10,buy,BTC,2,200,', '2024-03-01,sell,BTC,1,150,10', '2024-04-01,sell,BTC,0.5,40,'];
  writeFileSync(join(folder, 'trades.csv'), ['date,type,asset,quantity,gross,fee', ...rows, ''].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('kedge tax', () => {
  test('--json is one document, as its schema says', async () => {
    const { code, stdout, stderr } = await kedge(['tax', 'trades.csv', '--regime', 'de', '--json'], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    const document = taxDocumentSchema.strict().parse(JSON.parse(stdout));
    expect(document).toMatchObject({ regime: 'germany', profile: 'de-42', lots: 'fifo', currency: 'EUR' });
    expect(document.gains.map(({ gain, lines, lot }) => [gain, lines, lot])).toEqual([
      [40, [3], 2],
      [-10, [4], 2],
    ]);
    // 30 is below the limit of 1,000.
    expect(document.years).toEqual([
      expect.objectContaining({ start: '2024-01-01', end: '2024-12-31', tax: 0, due: '2025-09-30' }),
    ]);
    expect(document.open).toEqual([expect.objectContaining({ asset: 'BTC', quantity: 0.5, cost: 50, lot: 2 })]);
    expect(document.totals).toMatchObject({ proceeds: 180, cost: 150, gain: 30 });
  });

  test('prints gain lines, tax years and what is held, and writes the lines as CSV', async () => {
    const args = ['tax', 'trades.csv', '--regime', 'us', '--profile', 'us-middle', '--csv', 'gains.csv'];
    const { code, stdout } = await kedge(args, { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toContain('tax in all $7.20');
    expect(stdout).toMatch(/year │ short-term │ long-term │/);
    expect(stdout).toContain('It is no tax advice');
    expect(readFileSync(join(folder, 'gains.csv'), 'utf8').split('\n').slice(0, 2)).toEqual([
      'disposed,asset,kind,acquired,quantity,proceeds,cost,denied,gain,class,rule,lot,lines',
      '2024-03-01,BTC,spot,2024-01-10,1,140,100,0,40,short,lot,2,3',
    ]);
  });

  test('says that a French year of small sales was exempt', async () => {
    const rows = ['2024-01-10,buy,BTC,2,200,', '2024-03-01,sell,BTC,1,305,400', '2025-03-01,sell,BTC,1,306,306'];
    writeFileSync(join(folder, 'small.csv'), ['date,type,asset,quantity,gross,portfolioValue', ...rows, ''].join('\n'));
    const { stdout } = await kedge(['tax', 'small.csv', '--regime', 'france'], { cwd: folder });
    expect(stdout).toMatch(/2024 │ +€152\.50 │ +€0\.00 │ +€305\.00 │ +€0\.00 \(exempt\)/);
    const json = await kedge(['tax', 'small.csv', '--regime', 'france', '--json'], { cwd: folder });
    const { years } = taxDocumentSchema.strict().parse(JSON.parse(json.stdout));
    expect(years.map(({ exempt, tax, results }) => [exempt, tax > 0, results['sales']])).toEqual([
      [true, false, 305],
      [false, true, 306],
    ]);
  });

  test('takes bands over an income, and an offset', async () => {
    const args = ['tax', 'trades.csv', '--regime', 'us', '--income', '40000', '--offset', '3000', '--json'];
    const { stdout } = await kedge(args, { cwd: folder });
    // 30 more on 40,000: 12 %.
    expect(taxDocumentSchema.parse(JSON.parse(stdout)).totals.tax).toBeCloseTo(3.6, 9);
  });

  test.each([
    [['--regime', 'ukk'], 1, 'Did you mean "uk"?'],
    [['--regime', 'us', '--lots', 'hifoo'], 2, 'Did you mean "hifo"?'],
    [['--regime', 'us', '--law', 'past'], 2, 'Known: historical, today'],
    [['--regime', 'us', '--fx', 'GBP'], 1, 'expected a currency and a rate above 0'],
    [['--regime', 'us', '--profile', 'us-hihg'], 1, 'Did you mean "us-high"?'],
    [['--regime', 'us', '--csv', './trades.csv'], 2, 'would write over the transactions'],
    [[], 2, 'kedge tax needs --regime'],
  ])('%j is refused', async (args, code, message) => {
    const outcome = await kedge(['tax', 'trades.csv', ...args], { cwd: folder });
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(message);
  });
});

describe('kedge regimes', () => {
  test('--json is one document with every regime, as its schema says', async () => {
    const { code, stdout } = await kedge(['regimes', '--json'], { cwd: folder });
    expect(code).toBe(0);
    expect(
      regimesDocumentSchema
        .strict()
        .parse(JSON.parse(stdout))
        .regimes.map(({ name }) => name),
    ).toEqual(regimeNames);
  });

  test('answers to an ISO code, and offers the nearest name', async () => {
    expect((await kedge(['regimes', 'GB'], { cwd: folder })).stdout).toContain('United Kingdom');
    const { code, stderr } = await kedge(['regimes', 'germny'], { cwd: folder });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Did you mean "germany"?')]);
  });

  test.each(REGIMES)('$name is told with rules, sources, what is not modelled and a disclaimer', (regime) => {
    const text = regimeText(describeRegime(regime), fakeTerminal()).replace(/\n +/g, ' ');
    const { taxation, notModelled, sources } = regime;
    for (const said of [...(taxation?.rules ?? []), ...notModelled, ...sources.map(({ where }) => where)])
      expect(text).toContain(said);
    expect(text).toContain('no tax advice');
  });
});
