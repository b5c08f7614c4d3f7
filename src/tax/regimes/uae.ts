import { everyYear } from '../by-year.ts';
import { privateWealth } from '../private-wealth.ts';
import type { Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** United Arab Emirates: personal investment is outside corporate tax, whatever the turnover. */
export const uae: Regime = {
  name: 'uae',
  title: 'United Arab Emirates (personal investment)',
  aliases: ['ae', 'are'],
  currency: 'AED',
  lots: { default: 'fifo', lawful: ['fifo'], forComparison: ['lifo', 'hifo', 'lofo', 'average-moving'], scope: 'universal' },
  taxation: privateWealth({
    profiles: { 'ae-private': everyYear({ result: 0 }) },
    defaultProfile: 'ae-private',
    known: { from: 2023, to: 2026 },
    // Nine months after the year's end, for those who are taxed at all.
    due: { month: 9, day: 30, yearsLater: 1 },
    rules: [
      'Personal investment in coins and contracts is not taxed, whatever the turnover.',
      'The tax year is the calendar year (UTC).',
    ],
  }),
  confidence: 'high for individuals who invest on their own account; medium for derivatives and funding',
  notModelled: [
    'corporate tax of 9% on a licensed or commercial activity with a turnover above AED\u00a01,000,000 a calendar year',
  ],
  sources: [
    {
      what: 'Cabinet Decision 49 of 2023',
      where:
        'https://afridi-angell.com/uae-cabinet-decision-no-49-of-2023-dated-8-may-2023-effective-1-june-2023; https://taxbox.ae/taxlaws/cabinet-decision-no-49-of-2023-on-specifying-the-categories-of-businesses-or-business-activities-conducted-by-a-resident-or-non-resident-natural-person-that-are-subject-to-corporate-tax',
      asOf: CHECKED,
    },
  ],
};
