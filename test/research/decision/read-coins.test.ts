import { describe, expect, test } from 'vitest';
import type { KedgeError } from '../../../src/core/errors.ts';
import { readCoins, type DecisionTexts } from '../../../src/research/decision/read-coins.ts';

const ON = Date.UTC(2024, 5, 1);
const GOOD: DecisionTexts = { holding: ['BTC=7500', 'ETH=2500'], target: ['BTC=0.6', 'ETH=0.4'], lot: [], price: [] };

function faults(texts: Partial<DecisionTexts>): string[] {
  try {
    readCoins({ ...GOOD, ...texts }, ON);
  } catch (error) {
    const { code, message, faults: all } = error as KedgeError;
    expect(code).toBe('plan-input-wrong');
    return all.length > 0 ? all.map((fault) => fault.message) : [message];
  }
  return [];
}

describe('the input of a decision', () => {
  test('is read by coin', () => {
    const texts = { ...GOOD, lot: ['BTC=0.1@900@2020-03-01', 'BTC=0.05@2000@2019-01-01'], price: ['BTC=50000'] };
    expect(readCoins(texts, ON)[0]).toEqual({
      symbol: 'BTC',
      value: 7_500,
      weight: 0.6,
      price: 50_000,
      lots: [
        { quantity: 0.05, cost: 2_000, acquired: Date.UTC(2019, 0, 1) },
        { quantity: 0.1, cost: 900, acquired: Date.UTC(2020, 2, 1) },
      ],
    });
  });

  test('takes the value of a coin from its lots where none is given', () => {
    const texts = { ...GOOD, holding: ['ETH=2500'], lot: ['BTC=0.15@900@2020-03-01'], price: ['BTC=50000'] };
    expect(readCoins(texts, ON).find(({ symbol }) => symbol === 'BTC')!.value).toBeCloseTo(7_500, 9);
  });

  test.each([
    ['a holding without value', { holding: ['BTC'] }, '--holding BTC: expected SYM=VALUE'],
    ['an empty value', { holding: ['BTC='] }, '--holding BTC=: expected SYM=VALUE'],
    ['a negative holding', { holding: ['BTC=-1', 'ETH=1'] }, '--holding BTC=-1: expected SYM=VALUE'],
    ['a holding given twice', { holding: ['BTC=1', 'BTC=2', 'ETH=1'] }, '--holding BTC is given more than once'],
    ['weights over 1', { target: ['BTC=0.8', 'ETH=0.4'] }, '--target: the weights add up to 1.2'],
    ['a weight in percent', { target: ['BTC=60'] }, '--target BTC=60: a weight is a share'],
    ['no target', { target: [] }, 'no --target is given'],
    ['nothing held', { holding: [] }, 'nothing is held'],
    ['only zeros', { holding: ['BTC=0', 'ETH=0'] }, 'every holding is 0'],
    ['a price of a coin that is neither held nor wanted', { price: ['BTX=1'] }, 'Did you mean "BTC"?'],
    [
      'a target that looks like a coin without one',
      { target: ['BTX=0.6', 'ETH=0.4'] },
      'nothing of it is held. Did you mean "BTC"?',
    ],
    ['a price of 0', { price: ['BTC=0'] }, 'a price is above zero'],
    ['half a lot', { lot: ['BTC=0.1@900'] }, '--lot BTC=0.1@900: expected SYM=QTY@COST@DATE'],
    ['a lot of no day', { lot: ['BTC=0.1@900@2024-02-30'] }, 'expected SYM=QTY@COST@DATE'],
    ['a lot of tomorrow', { lot: ['BTC=0.1@900@2024-06-02'] }, 'bought after 2024-06-01'],
    ['lots that contradict the holding', { lot: ['BTC=1@900@2020-06-02'], price: ['BTC=60000'] }, 'its lots are worth 60000'],
    [
      'lots without a price or a value',
      { holding: ['ETH=1'], lot: ['BTC=1@900@2020-06-02'] },
      'what the lots are worth is not known',
    ],
  ])('is refused for %s', (_, texts, message) => {
    expect(faults(texts).join('\n')).toContain(message);
  });

  test('is refused with all its faults at once', () => {
    expect(faults({ holding: ['BTC', 'ETH=1'], target: ['ETH=2'] })).toHaveLength(2);
  });

  test('lets a coin be wanted that is not held', () => {
    expect(faults({ target: ['BTC=0.5', 'ETH=0.4', 'SOL=0.1'] })).toEqual([]);
  });
});
