import { incomeAndGains } from '../assess/income-and-gains.ts';
import { everyYear } from '../by-year.ts';
import type { Assessment, AssessmentChoices, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** Section 38 ITA; the planned rise to two thirds was cancelled on 21 March 2025. */
const INCLUSION = 0.5;
/** Top combined rate of Ontario (general knowledge, not checked against a text). */
const TOP_ONTARIO = 0.5353;

const GAINS = 0;
const INCOME = 1;

/** Canada: half of a capital gain is income; average cost, superficial losses denied; contracts on capital or on income account. */
export const canada: Regime = {
  name: 'canada',
  title: 'Canada',
  aliases: ['ca', 'can'],
  currency: 'CAD',
  lots: { default: 'average-moving', lawful: ['average-moving'], forComparison: [], scope: 'universal' },
  taxation: {
    classes: [
      { name: 'gains', meaning: 'capital gain, half of it included' },
      { name: 'income', meaning: 'result on income account' },
    ],
    carried: [
      { name: 'gains', meaning: 'capital loss', loss: true },
      { name: 'income', meaning: 'loss on income account', loss: true },
      { name: 'gainLastYear', meaning: 'capital gain taxed last year', loss: false },
      { name: 'gainYearBefore', meaning: 'capital gain taxed the year before', loss: false },
      { name: 'gainThreeYearsAgo', meaning: 'capital gain taxed three years ago', loss: false },
    ],
    profiles: { 'ca-top-ontario': everyYear({ gains: INCLUSION * TOP_ONTARIO, income: TOP_ONTARIO }) },
    defaultProfile: 'ca-top-ontario',
    known: { from: 2001, to: 2026 },
    brackets: null,
    spot: { short: 'gains', long: 'gains', longAfterYears: null },
    contracts: [
      {
        name: 'capital',
        meaning: 'capital account, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'gains', share: 1 }],
      },
      {
        name: 'income',
        meaning: 'income account: fully included, and a loss reduces all income',
        recognised: 'close',
        classes: [{ class: 'income', share: 1 }],
      },
    ],
    fundingIncome: { received: 'income', paid: 'income', bothWays: 'income' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: { daysBefore: 30, daysAfter: 30 },
    withholding: null,
    splits: [],
    year: {
      start: { month: 1, day: 1 },
      due: { month: 4, day: 30, yearsLater: 1 },
      instalments: [
        { month: 3, day: 15, yearsLater: 0, share: 0.25 },
        { month: 6, day: 15, yearsLater: 0, share: 0.25 },
        { month: 9, day: 15, yearsLater: 0, share: 0.25 },
        { month: 12, day: 15, yearsLater: 0, share: 0.25 },
      ],
    },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin; fees of both sides count.',
      'Every unit costs the average of all identical units; a sale does not change the average. Time held does not matter.',
      'Half of a capital gain is taxable; the rates shown for it are on the whole gain.',
      'A loss is denied as far as the coin was bought within 30 days before or after and is still held then; it is added to the cost of what is held.',
      'Capital losses reduce capital gains only: of the three years before, the latest first, then of later years without limit.',
      'Funding as income is on income account, where payments are a loss: `income` and `income-both-ways` are the same (low confidence).',
      'A loss on income account reduces the year’s taxable capital gains too.',
      'The tax year is the calendar year (UTC); the bill is due on 30 April of the next.',
    ],
  },
  confidence: 'high on capital account; medium for derivatives; low for funding',
  notModelled: [
    'federal and provincial brackets: the profile’s combined marginal rate is taken',
    'frequent trading as a business, which would be fully included',
    'the end of a loss on income account after 20 years, its carry-back, and its use against income from outside the account',
    'purchases by a spouse or a company of the holder, which make a loss superficial too',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'average cost of identical properties',
      where:
        'https://www.canada.ca/en/revenue-agency/services/tax/individuals/topics/about-your-tax-return/tax-return/completing-a-tax-return/personal-income/line-12700-capital-gains/shares-funds-other-units/identical-properties.html',
      asOf: CHECKED,
    },
    {
      what: 'superficial losses',
      where: 'section 54 ITA; IT-456R; https://www.adjustedcostbase.ca/blog/what-is-the-superficial-loss-rule/',
      asOf: CHECKED,
    },
    {
      what: 'inclusion rate of one half',
      where: 'https://betakit.com/liberals-capital-gains-tax-hike-is-dead-lifetime-exemption-limit-increase-to-stay/',
      asOf: CHECKED,
    },
    {
      what: 'contracts on capital or income account (medium confidence)',
      where:
        'https://taxinterpretations.com/tax-topics/income-tax-act/section-9/capital-gain-vs-profit/futures-forwards (IT-346R)',
      asOf: CHECKED,
    },
    {
      what: 'funding (low confidence: no text)',
      where:
        'https://www.cryptact.com/en/blog/crypto-margin-trading-and-futures-tax-in-canada-how-cra-treats-leverage-perpetuals-and-funding-fees',
      asOf: CHECKED,
    },
  ],
};

function assess({ rates }: AssessmentChoices): Assessment {
  return incomeAndGains(
    { gains: GAINS, income: INCOME, capitalLoss: 0, incomeLoss: 1, bases: 2, years: 3 },
    { gains: rates[GAINS]!, income: rates[INCOME]!, inclusion: INCLUSION },
  );
}
