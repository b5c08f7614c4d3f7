import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { parseRegime } from '../../src/tax/regime-file.ts';
import { resolveTax } from '../../src/tax/resolve.ts';
import { usSetup } from '../support/tax.ts';

const OWN = `extends: us
name: home
currency: EUR
rates: { short: 0.5 }
lots: lofo
longAfterYears: 3
fees: { inBasis: false }
year: { start: 04-06, due: 01-31, dueYearsLater: 1 }
`;

describe('a regime of one’s own', () => {
  test('is a shipped one with other facts', () => {
    const regime = parseRegime(OWN, 'home.yaml');
    // Lots that the shipped regime has for comparison only are the law of the one that names them.
    const lots = { default: 'lofo', lawful: ['lofo', 'fifo', 'lifo', 'hifo', 'specific-id'], forComparison: ['average-moving'] };
    expect(regime).toMatchObject({ name: 'home', currency: 'EUR', lots });
    expect(regime.taxation).toMatchObject({
      spot: { longAfterYears: 3, short: 'short' },
      fees: { inBasis: false, inProceeds: true },
      year: { start: { month: 4, day: 6 }, due: { month: 1, day: 31, yearsLater: 1 } },
    });
    const { rates, profile, method } = resolveTax({ ...usSetup({ rates: {} }), regime });
    // The long-term rate is that of the shipped default profile: 15 % and 3.8 %.
    expect([profile, method, ...rates.slice(0, 3).map((rate) => Number(rate.toFixed(4)))]).toEqual([
      'home',
      'lofo',
      0.5,
      0.188,
      0.5,
    ]);
  });

  test('may have rates by year', () => {
    const { taxation } = parseRegime(
      'extends: us\nname: x\nrates:\n  - { from: 2022, rates: { short: 0.3 } }\n  - { from: 2020, rates: { short: 0.2 } }\n',
      'x.yaml',
    );
    expect(taxation!.profiles['x']!.map(({ from, figures }) => [from, figures['short']])).toEqual([
      [2020, 0.2],
      [2022, 0.3],
    ]);
  });

  test('may put funding that is income into classes of its own choice', () => {
    const { taxation } = parseRegime('extends: us\nname: x\nfundingIncome: { paid: short, bothWays: long }\n', 'x.yaml');
    expect(taxation!.fundingIncome).toEqual({ received: 'ordinary', paid: 'short', bothWays: 'long' });
    const none = parseRegime('extends: canada\nname: x\nfundingIncome: { paid: null }\n', 'x.yaml');
    expect(none.taxation!.fundingIncome).toEqual({ received: 'income', paid: null, bothWays: 'income' });
  });

  test('may leave swaps untaxed where the portfolio is one, under that method only', () => {
    const regime = parseRegime('extends: us\nname: x\nswaps: untaxed\nlots: fr-portfolio\n', 'x.yaml');
    const setup = usSetup({ rates: {} });
    expect(resolveTax({ ...setup, regime }).method).toBe('fr-portfolio');
    expect(() => resolveTax({ ...setup, regime, lots: 'hifo' })).toThrow(
      'tax: lots "hifo" would tax each swap, and regime x leaves swaps untaxed',
    );
    const taxed = parseRegime('extends: fr\nname: x\nswaps: disposal\nlots: hifo\n', 'x.yaml');
    expect(resolveTax({ ...setup, regime: taxed }).method).toBe('hifo');
  });

  test.each([
    ['an unknown key', 'extends: us\nname: x\nrate: { short: 0.3 }', 3, 'Did you mean'],
    ['an unknown class', 'extends: us\nname: x\nrates: { shrt: 0.3 }', 3, 'Did you mean "short"?'],
    ['an unknown class of funding', 'extends: us\nname: x\nfundingIncome: { paid: ordinry }', 3, 'Did you mean "ordinary"?'],
    ['an unknown profile', 'extends: us\nname: x\nprofile: us-hi', 3, 'us-high'],
    ['an unknown regime', 'extends: usq\nname: x', 1, 'us'],
    ['a regime without tax', 'extends: none\nname: x', 1, 'extend one that does'],
    ['a day that is none', 'extends: us\nname: x\nyear: { start: 02-30, due: 01-31, dueYearsLater: 1 }', 3, ''],
    ['a rate in percent', 'extends: us\nname: x\nrates: { short: 30 }', 3, ''],
    ['half a file', 'extends: us', 1, ''],
    ['untaxed swaps that its lots would tax', 'extends: us\nname: x\nswaps: untaxed', 3, 'lots "fifo" would tax each of them'],
    ['lots that tax the untaxed swaps of France', 'extends: fr\nname: x\nlots: hifo', 3, 'use `lots: fr-portfolio`'],
  ])('is refused with %s, at its line', (_, text, line, hint) => {
    const error = refusal(text);
    expect([error.code, error.at?.file, error.at?.line]).toEqual(['regime-file-wrong', 'x.yaml', line]);
    expect(`${error.message} ${error.hint ?? ''}`).toContain(hint);
  });
});

function refusal(text: string): ConfigError {
  try {
    parseRegime(text, 'x.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('the file was not refused');
}
