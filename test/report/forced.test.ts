import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../src/analysis/compare.ts';
import { forcedTrades } from '../../src/report/forced.ts';
import { openView } from '../../src/report/view.ts';
import type { FillColumns, RunEvent } from '../../src/result/run-result.ts';
import { literalColumns, literalFull, literalResult } from '../support/result.ts';

type Fill = readonly [time: number, symbol: string, quantity: number, price: number, cause: FillColumns['cause'][number]];

function tradesOf(fills: readonly Fill[], events: readonly Pick<RunEvent, 'kind' | 'time' | 'bar'>[] = []) {
  const column = (pick: (fill: Fill) => number) => Float64Array.from(fills, pick);
  const full = literalFull(literalColumns(2));
  const result = literalResult([100, 100], {
    full: {
      ...full,
      events: events.map((event) => ({ symbol: null, amount: 1, message: '', ...event })),
      fills: {
        ...full.fills,
        time: column(([time]) => time),
        quantity: column(([, , quantity]) => quantity),
        price: column(([, , , price]) => price),
        symbol: fills.map(([, symbol]) => symbol),
        cause: fills.map(([, , , , cause]) => cause),
      },
    },
  });
  return forcedTrades(openView(compareRuns({ name: 'forced', results: [result], benchmark: 'literal', seed: 1 })).benchmark);
}

describe('forced trades', () => {
  test('are the fills that no strategy asked for, lots of one coin and moment together', () => {
    const trades = tradesOf([
      [1, 'BTC', -9, 100, 'strategy'],
      [5, 'ETH', -1, 10, 'forced'],
      [5, 'ETH', -3, 12, 'forced'],
      [5, 'BTC', -1, 100, 'forced'],
    ]);
    expect(trades).toMatchObject([
      { time: 5, symbol: 'ETH', quantity: 4, price: 11.5, value: 46 },
      { time: 5, symbol: 'BTC', quantity: 1, price: 100, value: 100 },
    ]);
  });

  test('say which need they met', () => {
    const why = (events: readonly Pick<RunEvent, 'kind' | 'time' | 'bar'>[]) =>
      tradesOf([[5, 'ETH', -1, 10, 'forced']], events).map((trade) => trade.why);
    expect(why([{ kind: 'margin-call', time: 5, bar: 3 }])).toEqual(['margin call']);
    const shortfall = { kind: 'shortfall', time: 5, bar: 3 } as const;
    expect(why([{ kind: 'tax', time: 4, bar: 2 }, shortfall])).toEqual(['tax bill beyond the cash at hand']);
    expect(why([{ kind: 'tax', time: 1, bar: 0 }, shortfall])).toEqual(['cash below zero']);
    expect(tradesOf([[5, 'BTC-PERP', 1, 10, 'liquidation']])[0]!.why).toBe('liquidated');
  });
});
