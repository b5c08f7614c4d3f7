import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { errorDocumentSchema } from '../../src/cli/documents.ts';
import { planDocumentSchema } from '../../src/cli/plan-document.ts';
import { kedge } from '../support/kedge.ts';

const cwd = tmpdir();
const ARTICLE = ['--holding', 'BTC=7500', '--holding', 'ETH=2500', '--target', 'BTC=0.6', '--target', 'ETH=0.4'];

describe('kedge plan', () => {
  test("prints the article's worked example, and what the article leaves out", async () => {
    const { code, stdout } = await kedge(['plan', ...ARTICLE, '--price', 'BTC=60000', '--funding', '0.0001'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('short $1,500 of Bitcoin');
    expect(stdout).toMatch(/Initial margin +\$1,500, more than the \$0 of cash/);
    expect(stdout).toMatch(/Liquidated at +\$119,522/);
    expect(stdout).toMatch(/Funding a month +\$13.70 \(received\)/);
    expect(stdout).toMatch(/Tax if sold now +not known \(1\)/);
    expect(stdout).toContain('(1) what BTC cost is not given: --lot BTC=QTY@COST@DATE');
    expect(stdout).toContain('sell BTC-PERP for $1,500 (0.025)');
  });

  test('says in which currency amounts are, and nothing of long-term where the time held makes no difference', async () => {
    const american = await kedge(['plan', ...ARTICLE], { cwd });
    expect(american.stdout).toContain('Tax if sold long-term');
    expect(american.stdout).toContain('short $1,500');
    expect(american.stdout).toContain('Amounts in USD');
    const british = await kedge(['plan', ...ARTICLE, '--tax', 'uk'], { cwd });
    expect(british.stdout).toContain('Tax if sold now');
    expect(british.stdout).not.toContain('Tax if sold long-term');
    expect(british.stdout).toContain('short £1,500');
    expect(british.stdout).toContain('Amounts in GBP');
    const untaxed = await kedge(['plan', ...ARTICLE, '--tax', 'none'], { cwd });
    expect(untaxed.stdout).toContain('short 1,500');
  });

  test('says in words where hedging costs as much as selling at once or within a day', async () => {
    const day = ['--price', 'BTC=60000', '--on', '2024-06-01', '--tax', 'us'];
    const after = async (lot: string, funding: string): Promise<string> => {
      const { stdout } = await kedge(['plan', ...ARTICLE, ...day, '--lot', lot, `--funding=${funding}`], { cwd });
      return /Even after +(.*)/.exec(stdout)![1]!;
    };
    // Bought four years ago: the tax is what it will be, and the hedge is priced for no days.
    expect(await after('BTC=0.125@1500@2020-03-01', '0.0001')).toMatch(/^at once: /);
    const { stdout } = await kedge(['plan', ...ARTICLE, ...day, '--lot', 'BTC=0.125@1500@2020-03-01', '--funding=0.0001'], {
      cwd,
    });
    expect(stdout).toMatch(/^Hedging costs +\$/m);
    // Waiting saves some $240 of tax; a short of $1,500 pays $450 a day at −10% a settlement, $180 at −4%.
    expect(await after('BTC=0.125@1500@2024-03-01', '-0.1')).toBe('less than a day');
    expect(await after('BTC=0.125@1500@2024-03-01', '-0.04')).toBe('1 day');
  });

  test('gives one document with --json: numbers, and nulls with their reasons', async () => {
    const { code, stdout } = await kedge(['plan', ...ARTICLE, '--json'], { cwd });
    expect(code).toBe(0);
    const document = planDocumentSchema.strict().parse(JSON.parse(stdout));
    expect(document).toMatchObject({
      hedgeNotional: -1_500,
      margin: 1_500,
      liquidationPrice: null,
      taxIfSold: null,
      advice: null,
    });
    for (const name of ['liquidationPrice', 'taxIfSold', 'carryPerMonth', 'breakEven.funding', 'advice']) {
      expect(document.unknown[name]).toMatch(/--(price|funding)/);
    }
  });

  test('takes a sale for a stablecoin for a swap where swaps are untaxed', async () => {
    const { stdout } = await kedge(['plan', ...ARTICLE, '--tax', 'france', '--cash-is', 'stablecoin', '--json'], { cwd });
    expect(planDocumentSchema.parse(JSON.parse(stdout)).taxIfSold).toBe(0);
  });

  test('refuses broken input as wrong usage, with all faults', async () => {
    const { code, stdout } = await kedge(['plan', '--holding', 'BTC', '--target', 'ETH=60', '--json'], { cwd });
    expect(code).toBe(2);
    const { error } = errorDocumentSchema.parse(JSON.parse(stdout));
    expect(error.code).toBe('plan-input-wrong');
    expect(error.faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('--holding BTC: expected SYM=VALUE'),
      expect.stringContaining('--target ETH=60: a weight is a share of everything'),
      expect.stringContaining('nothing is held'),
    ]);
  });
});
