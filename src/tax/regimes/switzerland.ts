import { everyYear } from '../by-year.ts';
import { privateWealth } from '../private-wealth.ts';
import type { Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** Switzerland: private capital gains are exempt, and losses do not count. */
export const switzerland: Regime = {
  name: 'switzerland',
  title: 'Switzerland (private wealth)',
  aliases: ['ch', 'che'],
  currency: 'CHF',
  lots: { default: 'fifo', lawful: ['fifo'], forComparison: ['lifo', 'hifo', 'lofo', 'average-moving'], scope: 'universal' },
  taxation: privateWealth({
    profiles: { 'ch-private': everyYear({ result: 0 }) },
    defaultProfile: 'ch-private',
    known: { from: 2021, to: 2026 },
    // Cantons differ; the date matters only where rates are given.
    due: { month: 3, day: 31, yearsLater: 1 },
    rules: [
      'Private gains on coins and contracts are exempt; losses do not count.',
      'The tax year is the calendar year (UTC). Due dates differ by canton; 31 March stands in for them.',
    ],
  }),
  confidence: 'high on the private rule; whether a frequent rebalancer is private is a judgement (medium); low for funding',
  notModelled: [
    'wealth tax on the value of 31 December (about 0.05 to 0.85% by canton)',
    'the safe haven of circular 36: held for six months at least, turnover at most five times the opening value, gains under half of income, no debt, derivatives only to hedge. A frequent rebalancer leaves it, and a professional pays income tax and social security: give `rates: { result: … }`',
    'funding as investment income',
  ],
  sources: [
    {
      what: 'private gains and circular 36',
      where: 'https://en.bucher-tax.ch/blog/vom-crypto-trader-zum-wertschriftenhandler',
      asOf: CHECKED,
    },
    { what: 'wealth tax', where: 'https://optiqo.ch/crypto; https://swisscryptoguide.com/?p=615', asOf: CHECKED },
  ],
};
