import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparisonDocumentSchema } from '../../src/analysis/document.ts';
import { errorDocumentSchema } from '../../src/cli/documents.ts';
import { kedge } from '../support/kedge.ts';
import { ROOT } from '../support/modules.ts';

// One process a test: each takes about a second.
let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kedge-cli-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const SHORT = ['--from', '2021-01-01', '--to', '2021-06-30'];

function strategyText(onBar: string): string {
  return `import { defineStrategy, z } from 'kedge';

interface Unused { readonly a: number }

export default defineStrategy({
  name: 'mine',
  summary: 'A strategy of the tests.',
  params: z.object({}),
  needs: () => ({ symbols: ['BTC'] }),
  setup: () => ({
    onBar({ market, orders }) {
      ${onBar}
    },
  }),
});
`;
}

describe('kedge compare', () => {
  test('without a file runs the demo, and its last line is the path of the report', async () => {
    const { code, stdout, stderr } = await kedge(['compare'], { cwd });
    expect([code, stderr]).toEqual([0, 'no experiment given: running the default one on the bundled, synthetic sample\n']);
    const path = stdout.trimEnd().split('\n').at(-1)!;
    expect(path).toBe('reports/sell-the-drift-or-hedge-it.html');
    const page = readFileSync(join(cwd, path), 'utf8');
    expect(page.trimEnd().endsWith('</html>')).toBe(true);

    const again = await kedge(['report', 'reports/sell-the-drift-or-hedge-it', '--report', 'again.html'], { cwd });
    expect(again.code).toBe(0);
    expect(readFileSync(join(cwd, 'again.html'), 'utf8')).toBe(page);
  });

  test('without a file but on a catalog says whose prices it runs on', async () => {
    const { stderr } = await kedge(['compare', '--catalog', 'nowhere'], { cwd });
    expect(stderr).toMatch(/^no experiment given: running the default one on nowhere\n/);
  });

  test('with --json prints exactly one document, as its schema says', async () => {
    const experiment = join(ROOT, 'data', 'experiment.yaml');
    const args = ['compare', experiment, ...SHORT, '--json', '--no-report', '--out', 'runs/json', '--tax', 'none,us'];
    const { code, stdout, stderr } = await kedge([...args, '--series', 'equity,weights', '--fills', '--lots', '--gains'], {
      cwd,
    });
    expect([code, stderr]).toEqual([0, '']);
    const document = comparisonDocumentSchema.parse(JSON.parse(stdout));
    expect(document.runs.map(({ id }) => id)).toEqual(
      ['none', 'us'].flatMap((tax) =>
        ['hold', 'spot-calendar', 'spot-band', 'spot-tax-aware', 'anchor-band', 'sell-or-hedge'].map(
          (name) => `${name} (${tax})`,
        ),
      ),
    );
    expect(document.benchmark).toBe('spot-tax-aware (none)');
    expect(document.market).toMatchObject({ interval: '1d', bars: 181 });
    expect(document.manifest.synthetic).toBe(true);
    for (const { series } of document.runs) expect(series!['equity']).toHaveLength(181);
    expect(existsSync(join(cwd, 'runs', 'json', 'comparison.json'))).toBe(true);
  });

  test('tells all faults of an experiment and leaves nothing behind', async () => {
    const folder = join(cwd, 'faulty');
    mkdirSync(folder);
    const text = readFileSync(join(ROOT, 'data', 'experiment.yaml'), 'utf8')
      .replace('catalog: .', `catalog: ${join(ROOT, 'data')}`)
      .replace('BTC: 0.35', 'BTC: 0.95')
      .replace('- hold', '- hodl')
      .replace('seed: 42', 'sede: 42');
    writeFileSync(join(folder, 'e.yaml'), text);
    const { code, stdout } = await kedge(['compare', 'e.yaml', '--json'], { cwd: folder });
    expect(code).toBe(1);
    const { error } = errorDocumentSchema.parse(JSON.parse(stdout));
    expect(error.code).toBe('experiment-wrong');
    expect(error.faults.map(({ message }) => message)).toEqual([
      'target.weights: they sum to 1.1, expected at most 1',
      'there is no strategy "hodl"',
      'the experiment has no key "sede". Did you mean "seed"?',
    ]);
    expect(readdirSync(folder)).toEqual(['e.yaml']);
  });
});

describe('kedge run', () => {
  test('runs a strategy file of the user’s own', async () => {
    writeFileSync(
      join(cwd, 'mine.ts'),
      strategyText("if (market.bar === 0) orders.targetWeights({ BTC: 1 }, { tag: 'all in' });"),
    );
    const { code, stdout } = await kedge(['run', './mine.ts', ...SHORT, '--json', '--fills', '--no-report'], { cwd });
    expect(code).toBe(0);
    const { runs, benchmark } = comparisonDocumentSchema.parse(JSON.parse(stdout));
    expect([runs.length, benchmark]).toEqual([1, 'mine']);
    expect(runs[0]!.fills!.map(({ tag }) => tag)).toContain('all in');
    expect(existsSync(join(cwd, 'reports', 'mine', 'comparison.json'))).toBe(true);
  });

  test.each([
    ['throws', "throw new Error('oh no');", 'strategy-threw'],
    ['asks for what is no symbol', 'market.close(null);', 'symbol-unknown'],
    ['orders NaN', "orders.market('BTC', 0 / 0, { tag: 'x' });", 'order-not-a-number'],
  ])('names file, line, bar and account when a handler %s', async (what, statement, error) => {
    const file = `${what.replaceAll(' ', '-')}.ts`;
    writeFileSync(join(cwd, file), strategyText(`if (market.bar === 3) ${statement}`));
    const { code, stderr, stdout } = await kedge(['run', `./${file}`, ...SHORT], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`at ${file}:12:\\d+\n  12 \\|       if \\(market.bar === 3\\)`));
    expect(stderr).toContain(`error [${error}]`);
    expect(stderr).toMatch(/mine .*at bar 3 \(2021-01-05T00:00Z\)/);
    expect(stderr).toMatch(/the account then: equity [\d,]+\.\d\d, cash [\d,]+\.\d\d, holds BTC /);
    expect(existsSync(join(cwd, 'reports', 'mine.html'))).toBe(false);
  });
});

describe('kedge', () => {
  test('ends with 2 on wrong usage, and offers the nearest name', async () => {
    const { code, stdout, stderr } = await kedge(['compare', '--no-reprot'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('kedge compare has no option --no-reprot. Did you mean "--no-report"?');
  });

  test('refuses an output place before the work begins', async () => {
    writeFileSync(join(cwd, 'occupied'), '');
    const { code, stderr } = await kedge(['compare', '--out', 'occupied/runs'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('[output-not-writable]');
    expect(readFileSync(join(cwd, 'occupied'), 'utf8')).toBe('');
  });

  test('explains itself', async () => {
    const { code, stdout } = await kedge(['compare', '--help'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('kedge compare mine.yaml --tax us,none');
  });
});
