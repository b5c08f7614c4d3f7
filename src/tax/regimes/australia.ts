import { bandsOf, taxInBands } from '../assess/bands.ts';
import { discounted, flatWithDiscount } from '../assess/discounted.ts';
import { everyYear } from '../by-year.ts';
import type { Assessment, AssessmentChoices, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** Division 115 ITAA 1997, for gains to 30 June 2027. */
const DISCOUNT = 0.5;
/** 2025-26 (general knowledge, not checked against a text). */
const BANDS = bandsOf([18_200, 45_000, 135_000, 190_000], [0, 0.16, 0.3, 0.37, 0.45]);
const MEDICARE = 0.02;

const OTHER_GAINS = 0;
const DISCOUNT_GAINS = 1;
const LOSSES = 2;
const REVENUE = 3;

/** Australia: capital gains with a discount after twelve months; contracts on revenue account. */
export const australia: Regime = {
  name: 'australia',
  title: 'Australia',
  aliases: ['au', 'aus'],
  currency: 'AUD',
  lots: {
    default: 'fifo',
    lawful: ['fifo', 'specific-id', 'hifo', 'lifo'],
    forComparison: ['lofo', 'average-moving'],
    scope: 'universal',
  },
  taxation: {
    classes: [
      { name: 'otherGains', meaning: 'capital gain without discount', rateOf: 'revenue' },
      { name: 'discountGains', meaning: 'capital gain before the discount', rateOf: 'revenue' },
      { name: 'losses', meaning: 'capital loss' },
      { name: 'revenue', meaning: 'income on revenue account' },
    ],
    carried: [
      { name: 'losses', meaning: 'capital loss', loss: true },
      { name: 'revenue', meaning: 'loss on revenue account', loss: true },
    ],
    profiles: {
      'au-37': everyYear({ revenue: 0.37 + MEDICARE }),
      'au-45': everyYear({ revenue: 0.45 + MEDICARE }),
    },
    defaultProfile: 'au-45',
    known: { from: 2025, to: 2026 },
    brackets: { filings: ['individual'] },
    spot: {
      short: { gains: 'otherGains', losses: 'losses' },
      long: { gains: 'discountGains', losses: 'losses' },
      longAfterYears: 1,
    },
    contracts: [
      {
        name: 'revenue',
        meaning: 'revenue account with fees and funding, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'revenue', share: 1 }],
      },
    ],
    fundingIncome: { received: 'revenue', paid: 'revenue', bothWays: 'revenue' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    splits: [],
    year: { start: { month: 7, day: 1 }, due: { month: 11, day: 21, yearsLater: 0 }, instalments: [] },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin; fees of both sides count.',
      'A gain is halved when the coin was owned for more than twelve months, both end days excluded: when it is sold later than the first anniversary (UTC dates; 29 February becomes the 28th).',
      'Capital losses come off before the discount, against gains without discount first; they go on without limit and never reduce other income.',
      'Contracts are on revenue account: gains are income, and a loss reduces capital gains too; with an income it reduces that as well, else it goes on.',
      'Funding is on revenue account under every reading; as income it counts when it is paid (medium confidence).',
      'With an income, the bands of 2025-26 and the Medicare levy of 2% count from there.',
      'The tax year begins on 1 July (UTC); the bill is due on 21 November after it.',
    ],
  },
  confidence: 'high to 30 June 2027 for spot; medium for derivatives and funding',
  notModelled: [
    'indexation and the minimum tax of 30% that replace the discount from 1 July 2027: the bill passed on 25 June 2026, assent was not seen',
    'quarterly instalments; the low-income reduction of the Medicare levy; bands of other years than 2025-26',
    'wash sales, which the tax office treats case by case as avoidance',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'swaps as disposals',
      where:
        'https://www.ato.gov.au/Individuals/Investments-and-assets/Crypto-asset-investments/Transactions---acquiring-and-disposing-of-crypto-assets/Crypto-to-crypto-exchange-or-swap/',
      asOf: CHECKED,
    },
    {
      what: 'discount and order of losses',
      where: 'sections 102-5 and 115-25 ITAA 1997; https://privateacb.pages.dev/docs/australian-cgt-discount-guide',
      asOf: CHECKED,
    },
    {
      what: 'contracts on revenue account (medium confidence): TR 2005/15 and private rulings',
      where: 'https://www.ato.gov.au/law/view/print?DocID=EV%2F1052337580015&PiT=99991231235958',
      asOf: CHECKED,
    },
    {
      what: 'reform from 1 July 2027',
      where:
        'https://www.p3fp.com.au/blog/blog-federal-budget-tax-changes-now-law; https://www.mallesons.com/content/mallesons/au/en/insights/latest-thinking/cgt-amendments-a-blast-from-the-past-and-a-new-minimum-tax',
      asOf: CHECKED,
    },
    {
      what: 'bands of 2025-26, Medicare levy (general knowledge, not checked against a text)',
      where: 'Income Tax Rates Act 1986, schedule 7; Medicare Levy Act 1986',
      asOf: CHECKED,
    },
  ],
};

const COLUMNS = {
  otherGains: OTHER_GAINS,
  discountGains: DISCOUNT_GAINS,
  losses: LOSSES,
  revenue: REVENUE,
  carriedLoss: 0,
  carriedRevenueLoss: 1,
};

/** The discount takes its share of the gain, not of the rate. */
function assess({ rates, income }: AssessmentChoices): Assessment {
  if (income === null) {
    const flat = { other: rates[OTHER_GAINS]!, discounted: rates[DISCOUNT_GAINS]!, revenue: rates[REVENUE]! };
    return discounted(COLUMNS, { discount: DISCOUNT, tax: flatWithDiscount(flat), absorbs: 0 });
  }
  const tax = (other: number, eligible: number, revenue: number): number => {
    const sum = other + eligible + revenue;
    return taxInBands(BANDS, income, sum) + MEDICARE * sum;
  };
  return discounted(COLUMNS, { discount: DISCOUNT, tax, absorbs: income });
}
