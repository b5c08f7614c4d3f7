import { ringFenced } from './assess/ring-fenced.ts';
import { flat } from './assess/same-year.ts';
import type { Taxation } from './regime.ts';

/**
 * Where private investors pay nothing: one class for coins and contracts, at the profile's rate, which is 0 unless the holder counts as a
 * trader. A trader's losses go forward without limit.
 */
export function privateWealth(
  facts: Pick<Taxation, 'profiles' | 'defaultProfile' | 'known' | 'rules'> & { readonly due: Taxation['year']['due'] },
): Taxation {
  const { profiles, defaultProfile, known, rules, due } = facts;
  return {
    classes: [{ name: 'result', meaning: 'result of coins and contracts' }],
    carried: [{ name: 'result', meaning: 'loss', loss: true }],
    profiles,
    defaultProfile,
    known,
    brackets: null,
    spot: { short: 'result', long: 'result', longAfterYears: null },
    contracts: [
      {
        name: 'private',
        meaning: 'as coins, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'result', share: 1 }],
      },
    ],
    fundingIncome: { received: 'result', paid: 'result', bothWays: 'result' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    splits: [],
    year: { start: { month: 1, day: 1 }, due, instalments: [] },
    assess: ({ rates }) => ringFenced({ column: 0, loss: 0, allowance: 0, tax: flat(rates[0]!) }),
    rules,
  };
}
