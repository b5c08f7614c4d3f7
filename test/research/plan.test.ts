import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KedgeError } from '../../src/core/errors.ts';
import { PACKAGE_ROOT } from '../../src/core/package.ts';
import { DEFAULT_EXPERIMENT, parseExperiment, readExperiment } from '../../src/research/experiment.ts';
import { runPlan } from '../../src/research/compare.ts';
import { planExperiment, type Plan } from '../../src/research/plan.ts';
import { catalogOf, spotSeries } from '../support/catalog.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kedge-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS = { params: [], cacheDir: null };

function experimentText(strategies: string, more = ''): string {
  return `market: { catalog: ${join(PACKAGE_ROOT, 'data')}, from: 2021-01-01, to: 2021-03-31, venue: binance }
target: { weights: { BTC: 0.5, ETH: 0.3 } }
account: { cash: 1000 }
strategies: ${strategies}
${more}`;
}

function plan(text: string, params: readonly string[] = []): Promise<Plan> {
  return planExperiment(parseExperiment(text, join(folder, 'e.yaml')), { params, cacheDir: null });
}

async function refusal(text: string, params: readonly string[] = []): Promise<KedgeError> {
  const error: unknown = await plan(text, params).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KedgeError);
  return error as KedgeError;
}

describe('the runs of an experiment', () => {
  test('are its strategies; a benchmark that is not listed is added', async () => {
    const { runs, benchmark } = await plan(experimentText('[hold, spot-band]'));
    expect(runs.map(({ id }) => id)).toEqual(['hold', 'spot-band', 'spot-tax-aware']);
    expect(benchmark).toBe('spot-tax-aware');
  });

  test('are called by label, else by name, else name#2', async () => {
    const strategies =
      '[hold, spot-band, { spot-band: { band: 0.1 } }, { use: spot-band, label: wide }, { use: hold, label: "hold#2" }, hold]';
    const { runs, benchmark } = await plan(experimentText(strategies, 'benchmark: wide'));
    expect(runs.map(({ id }) => id)).toEqual(['hold', 'spot-band', 'spot-band#2', 'wide', 'hold#2', 'hold#3']);
    expect(benchmark).toBe('wide');
  });

  test('are repeated under every regime, with the benchmark of the first', async () => {
    const { runs, benchmark } = await plan(experimentText('[hold]', 'tax: [none, us]\nbenchmark: hold'));
    expect(runs.map(({ id, tax }) => [id, tax.regime])).toEqual([
      ['hold (none)', 'none'],
      ['hold (us)', 'us'],
    ]);
    expect(benchmark).toBe('hold (none)');
  });

  test('have the experiment’s account, carried as their own entry says', async () => {
    const { runs } = await plan(experimentText('[{ use: hold, account: { leverage: 3, marginCall: { at: 0.6 } } }]'));
    expect(runs[0]!.account).toMatchObject({ cash: 1000, leverage: 3, marginCall: { at: 0.6, to: 1, from: 'spot' } });
    expect(runs[1]!.account).toMatchObject({ cash: 1000, leverage: 1, marginCall: { at: 0.5, to: 1, from: 'spot' } });
  });

  test('a listed file is the benchmark by its path or by the name it declares', async () => {
    writeFileSync(
      join(folder, 'mine.ts'),
      `import { defineStrategy, z } from 'kedge';
       export default defineStrategy({ name: 'own', summary: 's', params: z.object({}), needs: () => ({ symbols: ['SOL'] }), setup: () => ({}) });`,
    );
    expect((await plan(experimentText('[hold, ./mine.ts]', 'benchmark: ./mine.ts'))).benchmark).toBe('own');
    expect((await plan(experimentText('[hold, ./mine.ts]', 'benchmark: own'))).runs.map(({ id }) => id)).toEqual(['hold', 'own']);
  });
});

describe('the market of an experiment', () => {
  test('holds the coins of target, lots and strategies, each once, and the contracts asked for', async () => {
    const text = experimentText('[hold, anchor-band, { spot-band: { weights: { DOGE: 0.5, BTC: 0.2 } } }]').replace(
      'cash: 1000',
      'lots: [{ asset: LINK, quantity: 1, cost: 5, acquired: 2020-05-05 }]',
    );
    const { market } = await plan(text);
    expect(market.spot).toEqual(['BTC', 'ETH', 'LINK', 'DOGE']);
    expect(market.perpetuals).toEqual([{ base: 'BTC', contract: 'linear' }]);
    expect(market).toMatchObject({ interval: '1d', venue: 'binance', derivatives: [], missingFunding: 'stop' });
  });

  test('an account with coin collateral asks for inverse contracts', async () => {
    const { market } = await plan(experimentText('[anchor-band, { use: anchor-band, account: { collateral: coin } }]'));
    expect(market.perpetuals).toEqual([
      { base: 'BTC', contract: 'linear' },
      { base: 'BTC', contract: 'inverse' },
    ]);
  });

  test('contracts are those of a coin, whatever the catalog calls its spot', async () => {
    const twoLegs = { 'anchor-band': { objective: 'twoLeg' } };
    const series = [
      spotSeries('XBT', { base: 'BTC' }),
      spotSeries('ETH-USD', { base: 'ETH' }),
      spotSeries('BTC-USD', { base: 'BTC' }),
    ];
    const strategies = JSON.stringify([twoLegs, 'cash-hedge', { 'cash-hedge': { weights: { 'ETH-USD': 0.5 } } }]);
    const text = experimentText(strategies, 'benchmark: hold')
      .replace(join(PACKAGE_ROOT, 'data'), catalogOf(series))
      .replace('BTC: 0.5, ETH: 0.3', 'XBT: 0.5, ETH-USD: 0.3')
      .replace('venue: binance', 'venue: test');
    const { market } = await plan(text);
    expect(market.perpetuals.map(({ base }) => base)).toEqual(['BTC', 'ETH']);
    expect(market.spot).toEqual(['XBT', 'ETH-USD', 'BTC-USD']);
  });

  test('the coin that margins an inverse contract comes under the name that the target gives it', async () => {
    const series = [spotSeries('BTC'), spotSeries('XBT', { base: 'BTC' })];
    const text = experimentText('[hold, { anchor-band: { collateral: coin } }]', 'benchmark: hold')
      .replace(join(PACKAGE_ROOT, 'data'), catalogOf(series))
      .replace('BTC: 0.5, ETH: 0.3', 'XBT: 0.5')
      .replace('venue: binance', 'venue: test');
    expect((await plan(text)).market.spot).toEqual(['XBT']);
  });

  test('a bucket is split equally over its coins', async () => {
    const { target, market } = await plan(experimentText('[hold]').replace('ETH: 0.3', 'ALTS: { weight: 0.4, of: [ETH, SOL] }'));
    expect(target.weights).toEqual({ BTC: 0.5, ETH: 0.2, SOL: 0.2 });
    expect(target.buckets).toBeUndefined();
    expect(market.spot).toEqual(['BTC', 'ETH', 'SOL']);
  });

  test('a bucket whose split moves with the market starts as equal, and asks for what its split looks back on', async () => {
    const bucket = 'ALTS: { weight: 0.4, of: [ETH, SOL], by: inverseVolatility }';
    const { target, market } = await plan(experimentText('[hold]').replace('ETH: 0.3', bucket));
    expect(target.weights).toEqual({ BTC: 0.5, ETH: 0.2, SOL: 0.2 });
    expect(target.buckets).toEqual([{ name: 'ALTS', weight: 0.4, of: ['ETH', 'SOL'], by: 'inverseVolatility' }]);
    expect(market.lookbackDays).toBe(91);
  });
});

describe('parameters of the command line', () => {
  test('go to every strategy that has them, over the experiment’s own', async () => {
    const { runs } = await plan(experimentText('[hold, { spot-band: { band: 0.1 } }]'), ['band=0.02']);
    expect(runs.map(({ params }) => params)).toEqual([{}, { band: 0.02 }, { band: 0.02 }]);
  });

  test('that no strategy has are wrong usage', async () => {
    expect(await refusal(experimentText('[hold, spot-band]'), ['bnad=1'])).toMatchObject({
      name: 'UsageError',
      code: 'param-unknown',
      message: '--param bnad: no parameter of hold, spot-band, spot-tax-aware is called so. Did you mean "band"?',
    });
  });

  test('that a strategy refuses are wrong usage, told once and before the faults of the file', async () => {
    expect(await refusal(experimentText('[{ spot-band: { bnad: 1 } }, spot-tax-aware]'), ['band=x'])).toMatchObject({
      name: 'UsageError',
      code: 'param-wrong',
      message: '--param band=x: spot-band.band: expected a number, found "x"',
      hint: 'see `kedge strategies spot-band` for what it takes',
      at: undefined,
      faults: [],
    });
  });
});

describe('what an experiment names and nobody knows', () => {
  test.each([
    ['a time zone', 'tax: { regime: us, zone: Europe/Londn }', 'zone-unknown'],
    ['a regime file that is not there', 'tax: ./gone.yaml', 'regime-file-missing'],
    ['an exchange rate of another currency', 'tax: { regime: uk, fx: { GPB: 1.27 } }', 'tax-fx-missing'],
    ['a way of taxing contracts', 'tax: { regime: us, contracts: sec-1256 }', 'tax-invalid'],
  ])('%s is told at the line of the tax', async (_, tax, code) => {
    const error = await refusal(experimentText('[hold]', tax));
    const line = experimentText('[hold]', tax).split('\n').indexOf(tax) + 1;
    expect([error.code, (error.at ?? error.faults[0]?.at)?.line]).toEqual([code, line]);
  });

  test('is told at once, with line, column and the nearest name', async () => {
    const text = experimentText('[hodl, { spot-band: { bnad: 1 } }]', 'venue: binanc\ntax: uss\nbenchmark: ./gone.ts').replace(
      'ETH',
      'ETHH',
    );
    const { faults } = await refusal(text);
    expect(
      faults.map(
        ({ message, hint, at }) =>
          `${at?.line}:${at?.column} ${message}${hint === undefined ? '' : ` ${hint.split('"', 2).join('"')}`}`,
      ),
    ).toEqual([
      '2:32 target.weights: the catalog "Synthetic sample" has no spot series ETHH Did you mean "ETH',
      '4:14 there is no strategy "hodl" Did you mean "hold',
      '4:35 spot-band has no key "bnad". Did you mean "band"? see `kedge strategies spot-band` for what it takes',
      '5:8 there is no venue "binanc" Did you mean "binance',
      '6:6 there is no tax regime "uss" Did you mean "us',
      expect.stringMatching(/^7:12 there is no strategy file \.\/gone\.ts looked in /),
    ]);
  });

  test('a coin in place of the name that the catalog gives its series is told by that name', async () => {
    const catalog = catalogOf([spotSeries('xbt-spot', { base: 'BTC' }), spotSeries('ETH'), spotSeries('BTCC')]);
    const text = experimentText('[hold]', 'benchmark: hold')
      .replace(join(PACKAGE_ROOT, 'data'), catalog)
      .replace('venue: binance', 'venue: test');
    expect(await refusal(text)).toMatchObject({ code: 'symbol-unknown', hint: 'its spot of BTC is called xbt-spot' });
  });

  test('a symbol or coin under venue that the catalog does not have', async () => {
    const venue = (figures: string) => experimentText('[hold]', `venue: { preset: binance, ${figures} }`);
    // One that no run trades is none of this experiment's, but no slip either.
    await expect(plan(venue('lots: { DOGE: { step: 1 } }, collateral: { DOGE: 0.5 }, maintenance: 0.01'))).resolves.toBeDefined();
    const { faults } = await refusal(
      venue('lots: { BTC-PERPP: { step: 1 } }, maintenance: { BCT: 0.01 }, collateral: { BTC: 1, ETHH: 0.5 }'),
    );
    expect(faults.map(({ message, hint, at }) => [at?.line, at?.column, message, hint])).toEqual([
      [5, 35, 'venue.lots: the catalog "Synthetic sample" has no series BTC-PERPP', 'Did you mean "BTC-PERP"?'],
      [5, 76, 'venue.maintenance: the catalog "Synthetic sample" has no coin BCT', 'Did you mean "BTC"?'],
      [5, 111, 'venue.collateral: the catalog "Synthetic sample" has no coin ETHH', 'Did you mean "ETH"?'],
    ]);
    expect((await refusal(venue('lots: { BTC-PERPP: { step: 1 } }'))).code).toBe('symbol-unknown');
  });

  test('in a venue file, which may know more than one catalog has, is told as a notice of every run', async () => {
    writeFileSync(
      join(folder, 'venue.yaml'),
      'name: v\npreset: binance\nlots: { BTC-PERPP: { step: 1 } }\ncollateral: { MONERO: 0.5, BTC: 1 }\n',
    );
    const planned = await plan(experimentText('[hold]', 'venue: ./venue.yaml\nbenchmark: hold'));
    const { runs } = await runPlan(planned, () => Promise.resolve());
    expect(runs[0]!.result.notices).toContainEqual({
      code: 'venue-figures-unused',
      message:
        'venue.yaml gives lots of BTC-PERPP (did you mean BTC-PERP?), collateral of MONERO: not used, since the catalog "Synthetic sample" has nothing of that name',
      count: 2,
      first: null,
    });
    writeFileSync(join(folder, 'fits.yaml'), 'name: v\npreset: binance\nlots: { BTC-PERP: { step: 1 } }\n');
    expect((await plan(experimentText('[hold]', 'venue: ./fits.yaml'))).notices).toEqual([]);
  });

  test('a strategy of the command line is looked for in the working directory, not beside the experiment', async () => {
    writeFileSync(join(folder, 'beside.ts'), '');
    const refused = async (use: string): Promise<unknown> => {
      const experiment = parseExperiment(experimentText('[hold]'), join(folder, 'e.yaml'), { strategies: [use], benchmark: use });
      return planExperiment(experiment, OPTIONS).catch((thrown: unknown) => thrown);
    };
    expect(await refused('./beside.ts')).toMatchObject({
      code: 'strategy-file-missing',
      message: 'there is no strategy file ./beside.ts',
      hint: `looked in ${process.cwd()}: write the path relative to that, or whole`,
    });
    const hint = expect.stringContaining('A file of your own is named by its path: ./beside.ts') as string;
    expect(await refused('beside')).toMatchObject({ code: 'strategy-unknown', hint });
  });

  test('a wrong parameter of a file points to the file, by a path that works from here', async () => {
    writeFileSync(
      join(folder, 'wide.ts'),
      `import { defineStrategy, z } from 'kedge';
       export default defineStrategy({ name: 'wide', summary: 's', params: z.object({ band: z.number() }), needs: () => ({ symbols: [] }), setup: () => ({}) });`,
    );
    expect(await refusal(experimentText('[{ use: ./wide.ts, params: { band: x } }]'))).toMatchObject({
      code: 'params-wrong',
      hint: `see \`kedge strategies ${join(folder, 'wide.ts')}\` for what it takes`,
    });
  });

  test('a catalog that is not there', async () => {
    expect(await refusal(experimentText('[hold]').replace(join(PACKAGE_ROOT, 'data'), './nowhere'))).toMatchObject({
      code: 'catalog-not-found',
    });
  });

  test('a strategy that throws in needs, or needs nonsense', async () => {
    const strategy = (needs: string): string =>
      `import { defineStrategy, z } from 'kedge';\nexport default defineStrategy({ name: 'own', summary: 's', params: z.object({}),\n  needs: ${needs}, setup: () => ({}) });`;
    writeFileSync(join(folder, 'throws.ts'), strategy('() => { throw new Error("no"); }'));
    writeFileSync(join(folder, 'nonsense.js'), strategy('() => ({ symbls: ["BTC"] })'));
    expect(await refusal(experimentText('[./throws.ts]'))).toMatchObject({
      code: 'strategy-threw',
      message: 'own threw in needs: no',
      at: { file: join(folder, 'throws.ts'), line: 3, column: 24 },
    });
    expect(await refusal(experimentText('[./nonsense.js]'))).toMatchObject({
      code: 'strategy-needs-wrong',
      faults: [{ message: 'symbols: is missing' }, { message: 'needs has no key "symbls". Did you mean "symbols"?' }],
    });
  });
});

describe('the default experiment', () => {
  test('names only what there is', async () => {
    const { runs, benchmark } = await planExperiment(readExperiment(DEFAULT_EXPERIMENT), OPTIONS);
    expect(runs.map(({ id }) => id)).toEqual([
      'hold',
      'spot-calendar',
      'spot-band',
      'spot-tax-aware',
      'anchor-band',
      'sell-or-hedge',
    ]);
    expect(benchmark).toBe('spot-tax-aware');
  });

  // It is what a newcomer sees first: a hedge that lacks margin would be compared for its lack, not for hedging.
  test('gives the hedge the margin it needs', async () => {
    const planned = await planExperiment(readExperiment(DEFAULT_EXPERIMENT), OPTIONS);
    const runs = planned.runs.filter(({ id }) => id === 'anchor-band');
    const comparison = await runPlan({ ...planned, runs, benchmark: 'anchor-band' }, async () => {});
    const { totals, notices } = comparison.runs[0]!.result;
    expect(totals).toMatchObject({ rejected: 0, forcedSales: 0, liquidations: 0 });
    expect(totals.orders).toBeGreaterThan(0);
    expect(notices.map(({ code }) => code)).toEqual(['stablecoins-as-dollars']);
  });

  test('a fault of a strategy file that is used three times is told once', async () => {
    writeFileSync(join(folder, 'broken.ts'), 'export default {');
    const alone = await refusal(
      experimentText('[hold, ./broken.ts, { use: ./broken.ts, label: again }]', 'benchmark: ./broken.ts'),
    );
    expect(alone).toMatchObject({ faults: [], at: { file: join(folder, 'broken.ts') } });
    const beside = await refusal(experimentText('[./broken.ts, ./broken.ts, { hold: { nope: 1 } }]', 'benchmark: ./broken.ts'));
    expect(beside.faults.map(({ at }) => at?.file)).toEqual([join(folder, 'e.yaml'), join(folder, 'broken.ts')]);
  });

  test('a folder in place of a file is called so', () => {
    expect(() => readExperiment(folder)).toThrow(
      expect.objectContaining({
        code: 'file-is-directory',
        message: `${folder} is a folder, expected an experiment file`,
      }) as Error,
    );
  });

  test('a file that is not there is told', () => {
    expect(() => readExperiment(join(folder, 'none.yaml'))).toThrow(
      expect.objectContaining({ code: 'experiment-missing' }) as Error,
    );
  });
});
