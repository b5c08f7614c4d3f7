import { everyYear } from '../by-year.ts';
import { privateWealth } from '../private-wealth.ts';
import type { Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** Singapore: no tax on capital gains; a trader's profit is income. */
export const singapore: Regime = {
  name: 'singapore',
  title: 'Singapore (investor)',
  aliases: ['sg', 'sgp'],
  currency: 'SGD',
  lots: { default: 'fifo', lawful: ['fifo'], forComparison: ['lifo', 'hifo', 'lofo', 'average-moving'], scope: 'universal' },
  taxation: privateWealth({
    profiles: { 'sg-investor': everyYear({ result: 0 }), 'sg-trader-top': everyYear({ result: 0.24 }) },
    defaultProfile: 'sg-investor',
    known: { from: 2024, to: 2026 },
    // One month after the notice of assessment, which has no fixed date.
    due: { month: 6, day: 30, yearsLater: 1 },
    rules: [
      'Gains of an investor on coins and contracts are not taxed. The profile sg-trader-top takes them as trading income at the top rate of 24%, losses going on without limit.',
      'The tax year is the calendar year (UTC). A bill is due a month after its notice; 30 June stands in for that.',
    ],
  }),
  confidence: 'medium for spot; low for frequent futures and funding, which point to trading',
  notModelled: [
    'the badges of trade: frequency, intent and holding period decide, and an automated rebalancer may look like a trader',
    'progressive rates of a trader: the profile has the top rate',
  ],
  sources: [
    {
      what: 'gains and trading income',
      where:
        'https://www.crowe.com/sg/insights/taxation-of-cryptocurrencies-for-individuals-in-singapore; https://htj.tax/2022/02/the-taxation-of-cryptocurrency-gains-in-singapore/',
      asOf: CHECKED,
    },
  ],
};
