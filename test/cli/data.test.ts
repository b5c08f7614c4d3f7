import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { data } from '../../src/cli/commands/data.ts';
import { dataCopySchema } from '../../src/cli/data-copy-documents.ts';
import { dataCheckSchema, dataListSchema, dataSynthSchema } from '../../src/cli/data-documents.ts';
import { dataFetchSchema } from '../../src/cli/fetch-report.ts';
import { runCommandLine } from '../../src/cli/parse.ts';
import { barsCsv, catalogOf, perpetualSeries, spotSeries } from '../support/catalog.ts';
import { kedge } from '../support/kedge.ts';
import { fakeTerminal } from '../support/terminal.ts';

let cacheBefore: string | undefined;
let scratch: string;
beforeAll(() => {
  cacheBefore = process.env['KEDGE_CACHE'];
  scratch = mkdtempSync(join(tmpdir(), 'kedge-data-'));
  process.env['KEDGE_CACHE'] = join(scratch, 'cache');
});
afterAll(() => {
  if (cacheBefore === undefined) delete process.env['KEDGE_CACHE'];
  else process.env['KEDGE_CACHE'] = cacheBefore;
  rmSync(scratch, { recursive: true });
});

async function typed(...words: readonly string[]) {
  const terminal = fakeTerminal();
  const outcome = await runCommandLine(['data', ...words], [data], terminal);
  return { outcome, text: terminal.out.join('\n'), notes: terminal.err, documents: terminal.documents };
}

const sound = () => catalogOf([spotSeries('BTC')], { 'BTC.csv': barsCsv([100, 101, 102]) });
const gappy = () => catalogOf([spotSeries('BTC')], { 'BTC.csv': barsCsv([100, NaN, 102, 103]) });

describe('kedge data list', () => {
  test('prints a line for each series, with what it reaches over', async () => {
    const series = [spotSeries('BTC'), spotSeries('ETH'), { ...perpetualSeries('BTC'), file: undefined, priceFrom: 'BTC' }];
    const { outcome, text } = await typed('list', catalogOf(series, { 'BTC.csv': barsCsv([100, NaN, 102]) }));
    expect(outcome).toBe('done');
    expect(text).toMatch(/^BTC +spot +test +1d +2024-01-01 +2024-01-03 +2 +1( |$)/m);
    expect(text).toMatch(/^BTC +█+·+█+$/m);
    expect(text).toMatch(/^BTC-PERP +perpetual +test +1d +as BTC/m);
    expect(text).toMatch(/^cannot be used ETH: .*ETH\.csv is not there/m);
  });

  test('gives the bundled sample when none is named, and says so', async () => {
    const { documents, notes } = await typed('list', '--json');
    expect(notes).toEqual(['no directory given: the bundled, synthetic sample']);
    expect(dataListSchema.parse(documents[0]).catalog.synthetic).toBe(true);
  });

  test('gives its document', async () => {
    const directory = gappy();
    const { documents } = await typed('list', '--catalog', directory, '--json');
    expect(documents).toHaveLength(1);
    expect(dataListSchema.parse(documents[0])).toMatchObject({
      schemaVersion: 1,
      catalog: { directory, name: 'test', synthetic: false, notes: null },
      series: [{ symbol: 'BTC', from: '2024-01-01T00:00Z', to: '2024-01-04T00:00Z', bars: 3, missing: 1, expiry: null }],
    });
  });

  test('refuses two catalogs', async () => {
    await expect(typed('list', 'one', '--catalog', 'two')).rejects.toMatchObject({ code: 'options-conflict' });
  });
});

describe('kedge data check', () => {
  test('says that nothing was found', async () => {
    const { outcome, text } = await typed('check', sound());
    expect(outcome).toBe('done');
    expect(text).toMatch(/^test \(.*; 1 series, 1 file\): nothing found$/);
  });

  test('prints findings by severity with their lines and a table, and ends as found', async () => {
    const { outcome, text } = await typed('check', gappy());
    expect(outcome).toBe('found');
    expect(text).toContain('1 warning\n  BTC.csv:3 BTC, test [bars-missing]\n    1d bars missing: 1;');
    expect(text).toMatch(/^bars-missing +warning +1 +1$/m);
    expect(text.split('\n').at(-1)).toMatch(/: 0 errors, 1 warning, 0 notes$/);
  });

  test('does not end as found for what is only worth knowing', async () => {
    const bars = barsCsv([100, 101]).replaceAll(/,1$/gm, ',0');
    const { outcome, text } = await typed('check', catalogOf([spotSeries('BTC')], { 'BTC.csv': bars }));
    expect(outcome).toBe('done');
    expect(text).toContain('0 errors, 0 warnings, 1 note');
  });

  test('writes a page where it is told to, and refuses places it cannot write to before it begins', async () => {
    const page = join(scratch, 'pages', 'check.html');
    const { notes, outcome } = await typed('check', gappy(), '--html', page);
    expect([outcome, notes]).toEqual(['found', [expect.stringContaining('check.html')]]);
    expect(readFileSync(page, 'utf8')).toContain('1d bars missing: 1');
    await expect(typed('check', gappy(), '--html', scratch)).rejects.toMatchObject({ code: 'output-not-writable' });
  });

  test('gives its document', async () => {
    const directory = gappy();
    const { documents, outcome } = await typed('check', directory, '--json');
    expect(outcome).toBe('found');
    expect(dataCheckSchema.parse(documents[0])).toMatchObject({
      catalog: { directory, name: 'test', synthetic: false },
      counts: { error: 0, warning: 1, info: 0 },
      findings: [{ code: 'bars-missing', file: 'BTC.csv', line: 3, time: '2024-01-03T00:00Z', count: 1 }],
    });
  });
});

describe('kedge data export', () => {
  test('writes a catalog that reads back, with a table and a document', async () => {
    const out = join(scratch, 'exported');
    const { text } = await typed('export', sound(), '--out', out, '--format', 'csv.gz');
    expect(text).toMatch(/^BTC +spot +test +1d +2024-01-01 +2024-01-03 +3 +spot-1d\/test-BTC.csv.gz$/m);
    const { documents } = await typed('export', out, '--out', `${out}-2`, '--from', '2024-01-02', '--to', '2024-01-02', '--json');
    expect(dataCopySchema.parse(documents[0])).toEqual({
      schemaVersion: 1,
      directory: `${out}-2`,
      series: [
        {
          ...{ symbol: 'BTC', kind: 'spot', venue: 'test', interval: '1d', file: 'spot-1d/test-BTC.csv', rows: 1 },
          ...{ from: '2024-01-02T00:00Z', to: '2024-01-02T00:00Z', incomplete: 0 },
        },
      ],
      empty: [],
    });
  });

  test.each([
    [['--from', '2024-13-01'], 'option-not-a-date'],
    [['--from', '2024-02-01', '--to', '2024-01-01'], 'options-conflict'],
    [['--interval', '7m'], 'interval-unknown'],
    [['--format', 'feather'], 'usage-wrong'],
  ])('refuses %j', async (words, code) => {
    const out = join(scratch, 'refused');
    await expect(typed('export', sound(), '--out', out, ...words)).rejects.toMatchObject({ code });
    expect(existsSync(out)).toBe(false);
  });
});

describe('kedge data synth', () => {
  test('writes a catalog and gives its document', async () => {
    const out = join(scratch, 'made');
    const { documents } = await typed('synth', '--seed', '7', '--out', out, '--json');
    const { files, seed } = dataSynthSchema.parse(documents[0]);
    expect(seed).toBe(7);
    for (const file of files) expect(existsSync(join(out, file))).toBe(true);
    expect(readFileSync(join(out, 'catalog.json'), 'utf8')).toContain('seed 7');
  });

  test.each([
    [['synth'], 'usage-wrong'],
    [['synth', '--out', 'x', '--seed', '1.5'], 'option-not-whole'],
    [['synth', '--out', 'x', '--seed', 'one'], 'option-not-a-number'],
  ])('refuses %j', async (words, code) => {
    await expect(typed(...words)).rejects.toMatchObject({ code });
    expect(existsSync('x')).toBe(false);
  });
});

describe('exit codes of kedge data check', () => {
  test('are 3 when something is found, with the findings on standard output', async () => {
    const { code, stdout } = await kedge(['data', 'check', gappy(), '--json'], { cwd: scratch });
    expect(code).toBe(3);
    expect(dataCheckSchema.parse(JSON.parse(stdout)).counts.warning).toBe(1);
  });

  test('are 1 when there is no catalog', async () => {
    const { code, stdout } = await kedge(['data', 'check', 'nowhere', '--json'], { cwd: scratch });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'catalog-not-found' } });
  });
});

// After a change of a contract: npx vitest run test/cli/data.test.ts --update
describe('docs/json', () => {
  test.each([
    ['data-list', dataListSchema],
    ['data-check', dataCheckSchema],
    ['data-synth', dataSynthSchema],
    ['data-copy', dataCopySchema],
    ['data-fetch', dataFetchSchema],
  ])('%s.schema.json is up to date', async (name, schema) => {
    const text = `${JSON.stringify(z.toJSONSchema(schema, { io: 'output' }), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../docs/json/${name}.schema.json`);
  });
});
