import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/core/package.ts';
import { runPlan } from '../../src/research/compare.ts';
import { parseExperiment } from '../../src/research/experiment.ts';
import { planExperiment, type Plan } from '../../src/research/plan.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function plan(strategies: string): Promise<Plan> {
  const text = `market: { catalog: ${join(PACKAGE_ROOT, 'data')}, from: 2021-01-01, to: 2021-03-31, venue: binance }
target: { weights: { BTC: 0.5, ETH: 0.3 } }
account: { cash: 1000 }
benchmark: hold
strategies: ${strategies}
`;
  return planExperiment(parseExperiment(text, join(folder, 'e.yaml')), { params: [], cacheDir: null });
}

const silent = (): Promise<void> => Promise.resolve();

test('runs are compared in the order of the experiment, and progress is told before each step', async () => {
  const steps: string[] = [];
  const comparison = await runPlan(await plan('[spot-band, hold]'), (step, done, total) => {
    steps.push(`${done}/${total} ${step}`);
    return Promise.resolve();
  });
  expect(comparison.runs.map(({ result }) => result.id)).toEqual(['spot-band', 'hold']);
  expect(comparison).toMatchObject({ benchmark: 'hold', synthetic: true });
  expect(steps).toEqual(['0/4 read the market', '1/4 spot-band', '2/4 hold', '3/4 compare']);
});

test('a symbol that another strategy asks for changes nothing', async () => {
  const [alone, beside] = [
    await runPlan(await plan('[hold]'), silent),
    await runPlan(await plan('[hold, { spot-band: { weights: { DOGE: 0.5 } } }]'), silent),
  ];
  expect(beside.runs[0]!.result.equity).toEqual(alone.runs[0]!.result.equity);
});

test('a look-back that another strategy asks for changes nothing', async () => {
  const [alone, beside] = [await runPlan(await plan('[hold]'), silent), await runPlan(await plan('[hold, cash-hedge]'), silent)];
  expect(beside.runs[0]!.result.equity).toEqual(alone.runs[0]!.result.equity);
});

test('a step may stop the work', async () => {
  const stopped = runPlan(await plan('[hold]'), (step) =>
    step === 'hold' ? Promise.reject(new Error('enough')) : Promise.resolve(),
  );
  await expect(stopped).rejects.toThrow('enough');
});

test('what cannot run as configured is blamed on its line of the experiment', async () => {
  const refused = runPlan(
    await plan('[hold, { use: hold, label: own, account: { margin: isolated, collateral: multi-asset } }]'),
    silent,
  );
  await expect(refused).rejects.toMatchObject({
    code: 'isolated-multi-asset',
    at: { file: join(folder, 'e.yaml'), line: 5, column: 27 },
  });
});

test('a misspelt handler is blamed on the strategy’s file', async () => {
  const file = join(folder, 'typo.js');
  writeFileSync(
    file,
    `import { defineStrategy, z } from 'kedge';
     export default defineStrategy({ name: 'typo', summary: 's', params: z.object({}), needs: () => ({ symbols: [] }), setup: () => ({ onbar() {} }) });`,
  );
  await expect(runPlan(await plan('[hold, ./typo.js]'), silent)).rejects.toMatchObject({
    code: 'strategy-handlers-wrong',
    message: 'typo: there is no handler "onbar". Did you mean "onBar"?',
    at: { file },
  });
});

test('a market that cannot be had is blamed on where the experiment asks for it', async () => {
  const early = await plan('[hold]');
  const beyond = { ...early, market: { ...early.market, to: Date.UTC(2040, 0, 1) } };
  await expect(runPlan(beyond, silent)).rejects.toMatchObject({ code: 'period-not-covered', at: { line: 1, column: 1 } });
});

test('an account in dollars does not hold what is quoted in another currency', async () => {
  const catalog = join(folder, 'pounds');
  const days = Array.from({ length: 5 }, (_, day) => `2021-01-0${day + 1},1,1,1,1,1`);
  const entry = {
    symbol: 'BTC',
    kind: 'spot',
    base: 'BTC',
    quote: 'GBP',
    venue: 'v',
    interval: '1d',
    file: 'b.csv',
    stamp: 'open',
  };
  mkdirSync(catalog);
  writeFileSync(join(catalog, 'b.csv'), ['timestamp,open,high,low,close,volume', ...days].join('\n'));
  writeFileSync(join(catalog, 'catalog.json'), JSON.stringify({ name: 'p', kind: 'real', series: [entry] }));
  const text = `market: { catalog: pounds, from: 2021-01-01, to: 2021-01-05 }
target: { weights: { BTC: 0.5 } }
account: { cash: 1000 }
venue: none
benchmark: hold
strategies: [hold]
`;
  const pounds = await planExperiment(parseExperiment(text, join(folder, 'e.yaml')), { params: [], cacheDir: null });
  await expect(runPlan(pounds, silent)).rejects.toMatchObject({
    code: 'quote-currencies-mixed',
    message: 'BTC is quoted in GBP, the account is kept in USD',
  });
});
