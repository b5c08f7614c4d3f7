import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { resolveTax } from '../../src/tax/resolve.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';

const US: TaxSetup = { regime: 'us', payFrom: 'portfolio', funding: 'result', law: 'today' };

describe('resolving a tax setup', () => {
  // 35 % and 15 %, each with 3.8 % net investment income tax.
  test('us stands for its high profile, first in first out', () => {
    const { profile, rates, method } = resolveTax(US);
    expect(profile).toBe('us-high');
    expect(rates.map((rate) => Number(rate.toFixed(4)))).toEqual([0.388, 0.188, 0.388, 0.388, 0.188]);
    expect(method).toBe('fifo');
  });

  test('rates of the experiment stand over the profile; ordinary income follows the short-term rate', () => {
    expect(resolveTax({ ...US, profile: 'us-middle', rates: { long: 0.1 } }).rates).toEqual([0.24, 0.1, 0.24, 0.24, 0.1]);
    expect(resolveTax({ ...US, rates: { short: 0.3, long: 0.1 } }).rates).toEqual([0.3, 0.1, 0.3, 0.3, 0.1]);
    expect(resolveTax({ ...US, rates: { short: 0.3, long: 0.1, ordinary: 0.2 } }).rates).toEqual([0.3, 0.1, 0.2, 0.3, 0.1]);
  });

  test('ordinary income is reported only where funding is income', () => {
    expect(resolveTax(US).reported).toEqual(['short', 'long']);
    expect(resolveTax({ ...US, funding: 'income' }).reported).toEqual(['short', 'long', 'ordinary']);
    expect(resolveTax({ ...US, regime: 'india', funding: 'income-both-ways' }).reported).toEqual([
      'gains',
      'lost',
      'futures',
      'tds',
    ]);
  });

  test('average cost may be computed under us, for comparison', () => {
    expect(resolveTax({ ...US, lots: 'average-moving' }).method).toBe('average-moving');
  });

  test('none has no rates and allows every method', () => {
    expect(resolveTax({ ...US, regime: 'none', lots: 'hifo' })).toMatchObject({ profile: null, rates: [], method: 'hifo' });
  });

  test.each<[string, Partial<TaxSetup>, string, string]>([
    ['an unknown profile', { profile: 'us-hgih' }, 'no profile "us-hgih"', 'Did you mean "us-high"?'],
    ['an unknown class', { rates: { shrt: 0.2 } }, 'no class "shrt"', 'Did you mean "short"?'],
    ['a rate in percent', { rates: { short: 24 } }, 'the rate of "short" is 24', '0.24 is 24%'],
    ['a rate that is no number', { rates: { long: NaN } }, 'the rate of "long" is NaN', 'from 0 to 1'],
    ['a negative offset', { ordinaryOffset: -1 }, 'ordinaryOffset is -1', '0 or more'],
    ['an unknown method', { lots: 'fivo' as never }, 'lots "fivo"', 'Did you mean "fifo"?'],
    [
      'an offset where none is known',
      { regime: 'uk', ordinaryOffset: 3_000 },
      'ordinaryOffset means nothing under regime uk',
      'leave',
    ],
    ['rates without tax', { regime: 'none', rates: { short: 0.1 } }, 'rates means nothing under regime none', 'leave rates out'],
  ])('%s is refused with a hint', (_, changes, message, hint) => {
    const fault = refusal({ ...US, ...changes });
    expect(fault.code).toBe('tax-invalid');
    expect(fault.message).toContain(message);
    expect(fault.hint).toContain(hint);
  });

  test('all faults are told at once', () => {
    const { faults } = refusal({ ...US, profile: 'x', lots: 'y' as never, rates: { z: 1, short: 2 } });
    expect(faults).toHaveLength(4);
  });
});

function refusal(setup: TaxSetup): ConfigError {
  try {
    resolveTax(setup);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('the setup was not refused');
}
