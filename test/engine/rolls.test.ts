import { describe, expect, test } from 'vitest';
import { marketOf } from '../support/market.ts';
import { fillRows, plainRun } from '../support/run.ts';
import { because, script } from '../support/script.ts';

const symbols = ['BTC', 'BTC-240628', 'BTC-240927'];

function quarterlies(near: number[], next: number[], spot = near.map(() => 100)) {
  const futures = {
    'BTC-240628': { close: near, expiry: '2024-06-28T08:00Z' },
    'BTC-240927': { close: next, expiry: '2024-09-27T08:00Z' },
  };
  return marketOf({ spot: { BTC: spot }, futures });
}

const rolling = script(symbols, {
  0: ({ orders }) => orders.target('BTC-240628', -2, because),
  1: ({ orders }) => orders.roll('BTC-240628', 'BTC-240927', { tag: 'a week left' }),
});

describe('a roll', () => {
  test('closes one contract and opens as much of the next at the same open, with cause roll, as one event', () => {
    const run = plainRun(quarterlies([101, 101, 101, 101], [103, 103, 103, 103]), rolling);
    expect(fillRows(run)).toEqual([
      [1, 'BTC-240628', -2],
      [2, 'BTC-240628', 2],
      [2, 'BTC-240927', -2],
    ]);
    expect(run.full.fills.cause).toEqual(['strategy', 'roll', 'roll']);
    const [event] = run.full.events.filter(({ kind }) => kind === 'roll');
    expect(event).toMatchObject({ symbol: 'BTC-240927', amount: 206 });
  });

  test('at zero basis and zero fees changes nothing', () => {
    const flat = [100, 100, 100, 100];
    const run = plainRun(quarterlies(flat, flat), rolling);
    expect([...run.equity]).toEqual([1_000, 1_000, 1_000, 1_000]);
  });

  test('waits as a whole while one of the two does not trade', () => {
    const run = plainRun(quarterlies([100, 100, 100, 100, 100], [100, 100, NaN, 100, 100]), rolling);
    expect(fillRows(run).slice(1)).toEqual([
      [3, 'BTC-240628', 2],
      [3, 'BTC-240927', -2],
    ]);
  });

  test('goes bar by bar where a bar’s volume does not allow all of it, both legs alike', () => {
    const flat = [100, 100, 100, 100, 100, 100];
    const late = script(symbols, {
      0: ({ orders }) => orders.target('BTC-240628', -2, because),
      2: ({ orders }) => orders.roll('BTC-240628', 'BTC-240927', because),
    });
    const run = plainRun(quarterlies(flat, flat), late, { venue: { preset: 'none', participation: 1.5e-6 } });
    expect(fillRows(run)).toEqual([
      [1, 'BTC-240628', -1.5],
      [2, 'BTC-240628', -0.5],
      [3, 'BTC-240628', 1.5],
      [3, 'BTC-240927', -1.5],
      [4, 'BTC-240628', 0.5],
      [4, 'BTC-240927', -0.5],
    ]);
  });

  test('refuses what is no like contract, and a position that is not there', () => {
    const answers: unknown[] = [];
    const idle = script(symbols, { 0: ({ orders }) => answers.push(orders.roll('BTC-240628', 'BTC-240927', because)) });
    plainRun(quarterlies([100, 100], [100, 100]), idle);
    expect(answers).toEqual([{ ok: false, reason: 'there is no position to roll' }]);
    const spot = script(symbols, { 0: ({ orders }) => orders.roll('BTC', 'BTC-240927', because) });
    expect(() => plainRun(quarterlies([100, 100], [100, 100]), spot)).toThrow(/BTC cannot be rolled into BTC-240927/);
  });
});

test('futures are listed by expiry with their basis a year, and no longer when they have expired', () => {
  const seen: unknown[] = [];
  const look = script(symbols, {
    0: ({ market }) => seen.push(market.futures('BTC')),
    3: ({ market }) => seen.push(market.futures('BTC').map(({ symbol }) => symbol)),
  });
  const futures = {
    'BTC-B': { close: [102, 102, 102, 102], expiry: '2024-01-12T00:00Z' },
    'BTC-A': { close: [101, 101, 101, NaN], expiry: '2024-01-04T08:00Z', settlement: 100 },
    'BTC-C': { close: [NaN, NaN, NaN, 100], expiry: '2025-01-12T00:00Z' },
  };
  plainRun(marketOf({ spot: { BTC: [100, 100, 100, 100] }, futures }), { ...look, needs: () => ({ symbols: ['BTC'] }) });
  expect(seen[0]).toEqual([
    {
      ...{ symbol: 'BTC-A', contract: 'linear', expiry: Date.UTC(2024, 0, 4, 8), days: 2 + 1 / 3, mark: 101, tradable: true },
      annualisedBasis: expect.closeTo((0.01 * 365) / (2 + 1 / 3), 9),
    },
    {
      ...{ symbol: 'BTC-B', contract: 'linear', expiry: Date.UTC(2024, 0, 12), days: 10, mark: 102, tradable: true },
      annualisedBasis: expect.closeTo(0.73, 9),
    },
  ]);
  expect(seen[1]).toEqual(['BTC-B', 'BTC-C']);
});

test('the margin of an order is what it adds at its leverage, or frees', () => {
  const asked: number[] = [];
  const ask = script(symbols, {
    0: ({ portfolio, orders }) => {
      asked.push(portfolio.initialMarginFor({ symbol: 'BTC-240628', quantity: -3, leverage: 2 }));
      asked.push(portfolio.initialMarginFor({ symbol: 'BTC', quantity: 3 }));
      orders.target('BTC-240628', -2, because);
    },
    1: ({ portfolio }) => {
      asked.push(portfolio.initialMarginFor({ symbol: 'BTC-240628', quantity: 1 }));
      asked.push(portfolio.initialMarginFor({ symbol: 'BTC-240628', quantity: -2, leverage: 4 }));
    },
  });
  plainRun(quarterlies([100, 100, 100], [100, 100, 100]), ask);
  expect(asked).toEqual([150, 0, -100, -100]);
});
