import { describe, expect, test } from 'vitest';
import { KedgeError } from '../../src/core/errors.ts';
import { parseExperiment } from '../../src/research/experiment.ts';
import type { ExperimentOverrides } from '../../src/research/overrides.ts';

const SMALL = `name: Small
market: { from: 2021-01-01, to: 2021-12-31 }
target: { weights: { BTC: 0.5, ETH: 0.3 } }
account: { cash: 1000 }
strategies: [hold]
`;

/** What is told of a faulty file, one line per fault: `line:column message`. */
function told(text: string, overrides: ExperimentOverrides = {}): string[] {
  const error = errorOf(text, overrides);
  const faults = error.faults.length > 0 ? error.faults : [error];
  return faults.map(({ message, at }) => `${at?.line ?? '-'}:${at?.column ?? '-'} ${message}`);
}

function errorOf(text: string, overrides: ExperimentOverrides = {}): KedgeError {
  try {
    parseExperiment(text, '/x/e.yaml', overrides).faults.throwIfAny();
  } catch (error) {
    expect(error).toBeInstanceOf(KedgeError);
    return error as KedgeError;
  }
  throw new Error('expected a fault');
}

function replaced(from: string, to: string): string {
  expect(SMALL).toContain(from);
  return SMALL.replace(from, to);
}

describe('an experiment', () => {
  test('in JSON may name its schema, as editors want it', () => {
    const text = `{ "$schema": "experiment.schema.json", "market": { "from": "2021-01-01", "to": "2021-12-31" },
      "target": { "weights": { "BTC": 0.5 } }, "account": { "cash": 1000 }, "strategies": ["hold"] }`;
    expect(parseExperiment(text, '/x/e.json').faults.asError()).toBeUndefined();
  });

  test('needs only a period, a target, money and strategies; the rest has defaults', () => {
    const { settings, directory } = parseExperiment(SMALL, '/x/e.yaml');
    expect(directory).toBe('/x');
    expect(settings).toEqual({
      name: 'Small',
      market: { catalog: 'data', interval: '1d', from: Date.UTC(2021, 0, 1), to: Date.UTC(2021, 11, 31), venue: [], funding: {} },
      target: { weights: { BTC: 0.5, ETH: 0.3 }, band: 0.05, bandKind: 'absolute' },
      account: {
        currency: 'USD',
        cash: 1000,
        lots: [],
        collateral: 'cash',
        leverage: 1,
        margin: 'cross',
        marginCall: { at: 0.5, to: 1, from: 'spot' },
        shortfall: 'least-tax',
        onInsufficientMargin: 'cut',
        insurance: true,
        intrabar: 'independent',
        missingFunding: 'stop',
        interest: { cash: 0, borrow: 0.08 },
        borrowLimit: 0,
        riskFree: 0,
        cashIs: 'fiat',
        flows: [],
      },
      venue: 'binance',
      tax: 'us',
      fill: 'next-open',
      strategies: ['hold'],
      benchmark: 'spot-tax-aware',
      seed: 42,
    });
  });

  test('may be JSON', () => {
    const text = JSON.stringify({
      market: { from: '2021-01-01', to: '2021-12-31' },
      target: { weights: { BTC: 1 } },
      account: { cash: 1 },
      strategies: [{ use: 'hold', label: 'mine' }],
    });
    expect(parseExperiment(text, '/x/e.json').settings.strategies).toEqual([
      { use: 'hold', label: 'mine', params: {}, account: {} },
    ]);
  });

  test('takes a strategy as a name, a name with parameters, or in full', () => {
    const text = replaced(
      '[hold]',
      '\n  - hold\n  - spot-band: { band: 0.1 }\n  - spot-calendar:\n  - { use: ./mine.ts, label: mine, account: { leverage: 2 } }',
    );
    expect(parseExperiment(text, '/x/e.yaml').settings.strategies).toEqual([
      'hold',
      { 'spot-band': { band: 0.1 } },
      { 'spot-calendar': null },
      { use: './mine.ts', label: 'mine', params: {}, account: { leverage: 2 } },
    ]);
  });
});

describe('what the command line sets', () => {
  test('takes the place of the file’s values', () => {
    const { settings } = parseExperiment(SMALL, '/x/e.yaml', {
      catalog: '/data',
      to: '2021-06-30',
      venue: 'none',
      seed: 7,
      strategies: ['spot-band'],
      benchmark: 'spot-band',
    });
    expect(settings.market).toMatchObject({ catalog: '/data', from: Date.UTC(2021, 0, 1), to: Date.UTC(2021, 5, 30) });
    expect(settings).toMatchObject({ venue: 'none', seed: 7, strategies: ['spot-band'], benchmark: 'spot-band' });
  });

  test('keeps the file’s own setup of a regime that it names', () => {
    const text = `${SMALL}tax: { regime: us, rates: { short: 0.3 } }\n`;
    const { tax } = parseExperiment(text, '/x/e.yaml', { tax: ['none', 'us'] }).settings;
    expect(tax).toEqual(['none', { regime: 'us', rates: { short: 0.3 }, payFrom: 'portfolio', funding: 'result', law: 'today' }]);
  });

  test('is not blamed on a line of the file', () => {
    expect(told(SMALL, { from: '2022-02-02' })).toEqual(['2:33 market.to: 2021-12-31 lies before market.from, 2022-02-02']);
    expect(told(SMALL, { to: '2020-02-02' })).toEqual(['-:- market.to: 2020-02-02 lies before market.from, 2021-01-01']);
  });
});

describe('a faulty experiment', () => {
  test('asks for no more money than a double counts to the cent', () => {
    const account = 'account: { cash: 1e300, borrowLimit: 1e16, flows: [{ date: 2021-02-01, amount: -2e15 }] }';
    expect(told(replaced('account: { cash: 1000 }', account))).toEqual([
      '4:18 account.cash: expected at most 1000000000000000, found 1e+300',
      '4:38 account.borrowLimit: expected at most 1000000000000000, found 10000000000000000',
      '4:80 account.flows[0].amount: expected at least -1000000000000000, found -2000000000000000',
    ]);
  });

  test('tells all its faults at once, each at its line and column', () => {
    const text = `nmae: Many
market: { from: 2021-13-01, to: 2021-12-31, interval: 7h }
target: { weights: { BTC: 1.5 }, bandKind: absolut }
account: { cash: much, levrage: 2 }
strategies: []
`;
    expect(told(text)).toEqual([
      '1:1 the experiment has no key "nmae". Did you mean "name"?',
      '2:17 market.from: expected a date such as 2021-01-31, found "2021-13-01"',
      '2:55 market.interval: "7h" is no bar interval; expected 1d, 4h, 15m or another length that divides a day',
      '3:27 target.weights.BTC: expected at most 1, found 1.5',
      '3:44 target.bandKind: "absolut" is not known. Did you mean "absolute"?',
      '4:18 account.cash: expected a number, found "much"',
      '4:24 account has no key "levrage". Did you mean "leverage"?',
      '5:13 strategies: expected at least 1 entry, found an empty list',
    ]);
    expect(errorOf(text)).toMatchObject({
      code: 'experiment-wrong',
      message: '/x/e.yaml has 8 faults',
      at: { file: '/x/e.yaml', line: 1, column: 1 },
    });
  });

  test('goes on past keys that nobody knows, to tell what else is wrong', () => {
    expect(told(`${replaced('ETH: 0.3', 'ETH: 0.7')}sede: 7\n`)).toEqual([
      '3:20 target.weights: they sum to 1.2, expected at most 1',
      '6:1 the experiment has no key "sede". Did you mean "seed"?',
    ]);
  });

  test('that is not YAML says where it breaks', () => {
    expect(errorOf('market: [1, 2\ntarget: 3')).toMatchObject({ code: 'file-not-yaml', at: { file: '/x/e.yaml' } });
  });

  test('that is empty misses everything', () => {
    expect(told('')).toEqual(['1:1 the experiment: expected a map of keys, found null']);
    expect(told('name: x')).toEqual(['1:1 market: is missing', '1:1 target: is missing', '1:1 strategies: is missing']);
  });

  test.each([
    [
      'weights over 1',
      replaced('ETH: 0.3', 'ETH: 0.7'),
      'weights-over-one',
      '3:20 target.weights: they sum to 1.2, expected at most 1',
    ],
    [
      'a coin in a bucket that has a weight of its own',
      replaced('ETH: 0.3', 'ALTS: { weight: 0.4, of: [BTC, SOL] }'),
      'coin-repeated',
      '3:38 target.weights.ALTS: BTC has a weight already',
    ],
    [
      'a period that ends before it starts',
      replaced('to: 2021-12-31', 'to: 2020-12-31'),
      'period-reversed',
      '2:33 market.to: 2020-12-31 lies before market.from, 2021-01-01',
    ],
    [
      'an account without anything',
      replaced('cash: 1000', 'cash: 0'),
      'account-empty',
      '4:10 account: it starts with neither cash nor lots',
    ],
    [
      'a lot acquired after the start',
      replaced('cash: 1000', 'lots: [{ asset: BTC, quantity: 1, cost: 9000, acquired: 2021-06-15 }]'),
      'lot-after-start',
      '4:68 account.lots[0].acquired: BTC is acquired on 2021-06-15, after the start on 2021-01-01',
    ],
    [
      'a flow outside the period',
      replaced('cash: 1000', 'cash: 1, flows: [{ every: month, amount: 5 }, { date: 2022-01-01, amount: 5 }]'),
      'flow-outside-period',
      '4:66 account.flows[1].date: 2022-01-01 lies outside the period, 2021-01-01 to 2021-12-31',
    ],
    [
      'a flow of nothing',
      replaced('cash: 1000', 'cash: 1, flows: [{ every: month, amount: 0 }]'),
      'flow-zero',
      '4:53 account.flows[0].amount: nothing flows',
    ],
    [
      'a margin call raised to less than where it is called',
      replaced('cash: 1000', 'cash: 1, marginCall: { at: 0.8, to: 0.6 }'),
      'margin-call-reversed',
      '4:33 account.marginCall: it is called at 0.8 of the initial margin but raised only to 0.6',
    ],
    [
      'a label used twice',
      replaced('[hold]', '[{ use: hold, label: a }, { use: spot-band, label: a }]'),
      'label-repeated',
      '5:64 strategies[1].label: "a" is taken by another strategy',
    ],
    [
      'two strategies in one entry',
      replaced('[hold]', '\n  - hold: {}\n    spot-band: {}'),
      'experiment-key',
      '6:5 strategies[0]: expected one strategy with its parameters: `- name: { … }`',
    ],
    [
      'a regime with an unknown key',
      `${SMALL}tax: { regime: us, profil: us-high }\n`,
      'experiment-key',
      '6:20 tax has no key "profil". Did you mean "profile"?',
    ],
    [
      'a venue with an unknown key',
      `${SMALL}venue: { preset: binance, slipage: { halfSpread: 0.001 } }\n`,
      'experiment-key',
      '6:27 venue has no key "slipage". Did you mean "slippage"?',
    ],
  ])('%s', (_, text, code, fault) => {
    expect(errorOf(text).code).toBe(code);
    expect(told(text)).toEqual([fault]);
  });

  test('weights that reach 1 by rounding are not over it', () => {
    expect(
      parseExperiment(replaced('BTC: 0.5, ETH: 0.3', 'A: 0.1, B: 0.2, C: 0.7'), '/x/e.yaml').settings.target.weights,
    ).toHaveProperty('C');
  });
});
