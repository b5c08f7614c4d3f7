import { agedLosses } from '../assess/aged-losses.ts';
import { flat, sameYear } from '../assess/same-year.ts';
import { together } from '../assess/together.ts';
import { everyYear } from '../by-year.ts';
import type { Assessment, AssessmentChoices, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** 30 % with the health and education cess of 4 % on it. */
const RATE = 0.3 * 1.04;

const GAINS = 0;
const FUTURES = 2;
/** Section 73 of the 1961 Act, the cautious reading: four years for a speculative loss. */
const FUTURES_LOSS_YEARS = 4;

/** India: 30 % and cess on every gain on coins, no loss ever counts; tax withheld from sales; contracts at slab rates. */
export const india: Regime = {
  name: 'india',
  title: 'India',
  aliases: ['in', 'ind'],
  currency: 'INR',
  lots: { default: 'fifo', lawful: ['fifo'], forComparison: ['lifo', 'hifo', 'lofo', 'average-moving'], scope: 'universal' },
  taxation: {
    classes: [
      { name: 'gains', meaning: 'gain on virtual digital assets' },
      { name: 'lost', meaning: 'loss on virtual digital assets, of no use' },
      { name: 'futures', meaning: 'business income from contracts', rateOf: 'gains' },
      { name: 'tds', meaning: 'tax withheld from sales' },
    ],
    carried: Array.from({ length: FUTURES_LOSS_YEARS }, (_, column) => ({
      name: `futures${FUTURES_LOSS_YEARS - column}`,
      meaning: `loss on contracts of ${FUTURES_LOSS_YEARS - column} years ago`,
      label: 'loss on contracts',
      loss: true,
    })),
    profiles: { 'in-30': everyYear({ gains: RATE, futures: RATE }) },
    defaultProfile: 'in-30',
    known: { from: 2022, to: 2026 },
    brackets: null,
    spot: {
      short: { gains: 'gains', losses: 'lost' },
      long: { gains: 'gains', losses: 'lost' },
      longAfterYears: null,
    },
    contracts: [
      {
        name: 'business',
        meaning: 'business income at slab rates, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'futures', share: 1 }],
      },
      {
        name: 'vda',
        meaning: 'taxed like coins: 30% on every gain, losses of no use',
        recognised: 'close',
        classes: [{ class: { gains: 'gains', losses: 'lost' }, share: 1 }],
      },
    ],
    // The reading against the taxpayer: receipts at 30 %, payments lost. That rule knows no deductions, so both ways is business income.
    fundingIncome: { received: 'gains', paid: null, bothWays: 'futures' },
    fees: { inBasis: false, inProceeds: false },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: { rate: 0.01, above: 50_000, class: 'tds' },
    splits: [],
    year: {
      start: { month: 4, day: 1 },
      due: { month: 7, day: 31, yearsLater: 0 },
      // Advance tax: 15, 45, 75 and 100 % of the year's, cumulated.
      instalments: [
        { month: 6, day: 15, yearsLater: -1, share: 0.15 },
        { month: 9, day: 15, yearsLater: -1, share: 0.3 },
        { month: 12, day: 15, yearsLater: -1, share: 0.3 },
        { month: 3, day: 15, yearsLater: 0, share: 0.25 },
      ],
    },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin. Fees count on neither side: only the cost of acquisition does.',
      'Every gain is taxed at 30% and 4% cess on it; a loss on one lot reduces nothing, not even the gain on another.',
      'Of a sale 1% is withheld once the year’s sales pass ₹50,000; it is credited against the bill, and what is too much is refunded.',
      'Contracts are business income at the profile’s rate; their losses reduce later income of contracts for four years.',
      'Funding as income is taxed like a gain on coins, payments being of no use (`income`), or is business income from contracts, which payments reduce (`income-both-ways`; low confidence).',
      'The tax year begins on 1 April (UTC); the bill is due on 31 July after it.',
    ],
  },
  confidence: 'high for spot; low for futures and funding',
  notModelled: [
    'slab rates and the surcharge of 10 to 25% for high incomes: give `rates`',
    'whether contracts are speculative (losses for four years, as taken here) or not (eight), or fall under the 30% rule: choose `contracts: vda`',
    'the threshold of ₹10,000 for withholding by others than specified persons',
    'the section numbers of the Income-tax Act 2025, in force since 1 April 2026: not verified',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    { what: 'section 115BBH', where: 'https://www.taxtmi.com/acts?id=40759', asOf: CHECKED },
    {
      what: 'losses on one coin against gains on another',
      where:
        'https://www.livemint.com/money/personal-finance/decoding-crypto-taxation-as-per-budget-202223/amp-11644166917586.html',
      asOf: CHECKED,
    },
    {
      what: 'withholding (section 194S)',
      where: 'https://taxguru.in/income-tax/analysis-section-194s-section-115bbh-income-tax-act-1961.html',
      asOf: CHECKED,
    },
    {
      what: 'contracts (low confidence)',
      where:
        'https://www.karnanica.com/taxation-of-crypto-futures-in-india/; https://bdo.in/en-gb/news/2024/budget-2024-why-crypto-f-o-investors-are-happy-no-stt,-no-tds,-no-30-tax',
      asOf: CHECKED,
    },
    {
      what: 'losses of contracts for four years (general knowledge, not checked against a text)',
      where: 'section 73 of the Income-tax Act 1961',
      asOf: CHECKED,
    },
  ],
};

function assess({ rates }: AssessmentChoices): Assessment {
  return together([
    sameYear(GAINS, flat(rates[GAINS]!)),
    agedLosses({ column: FUTURES, first: 0, years: FUTURES_LOSS_YEARS, tax: flat(rates[FUTURES]!) }),
  ]);
}
