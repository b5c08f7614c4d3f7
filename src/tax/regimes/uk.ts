import { bandsOf, taxInBands } from '../assess/bands.ts';
import { aboveExemptAmount } from '../assess/exempt-amount.ts';
import type { BandRates } from '../assess/exempt-amount.ts';
import { ringFenced } from '../assess/ring-fenced.ts';
import { flat } from '../assess/same-year.ts';
import type { Scale } from '../assess/same-year.ts';
import { together } from '../assess/together.ts';
import { figuresIn } from '../by-year.ts';
import type { Assessment, AssessmentChoices, ByYear, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

// Tax years begin on 6 April: 2024 is 2024-25. The rates rose within it, on 30 October 2024 (Finance Act 2025).
const RATES: ByYear<{ readonly rates: BandRates; readonly earlyRates: BandRates }> = [
  { from: 2016, figures: { rates: { lower: 0.1, higher: 0.2 }, earlyRates: { lower: 0.1, higher: 0.2 } } },
  { from: 2024, figures: { rates: { lower: 0.18, higher: 0.24 }, earlyRates: { lower: 0.1, higher: 0.2 } } },
  { from: 2025, figures: { rates: { lower: 0.18, higher: 0.24 }, earlyRates: { lower: 0.18, higher: 0.24 } } },
];

const EXEMPT_AMOUNT: ByYear<number> = [
  { from: 2022, figures: 12_300 },
  { from: 2023, figures: 6_000 },
  { from: 2024, figures: 3_000 },
];

const BASIC_RATE_BAND = 37_700;
/** Income tax of England, Wales and Northern Ireland on taxable income. */
const INCOME_BANDS = bandsOf([BASIC_RATE_BAND, 125_140], [0.2, 0.4, 0.45]);

const GAINS = 0;
const EARLY_GAINS = 1;
const LOSSES = 2;
const INCOME = 3;
const LOSS_CARRIED = 0;
const INCOME_LOSS_CARRIED = 1;

/** United Kingdom: capital gains over an annual exempt amount, at two rates; spot and contracts in one basket. */
export const uk: Regime = {
  name: 'uk',
  title: 'United Kingdom',
  aliases: ['gb', 'gbr'],
  currency: 'GBP',
  lots: {
    default: 'uk-share-matching',
    lawful: ['uk-share-matching'],
    forComparison: ['fifo', 'lifo', 'hifo', 'lofo', 'average-moving'],
    scope: 'universal',
  },
  taxation: {
    classes: [
      { name: 'gains', meaning: 'capital gain' },
      { name: 'earlyGains', meaning: 'capital gain before 30 October 2024', rateOf: 'gains' },
      { name: 'losses', meaning: 'capital loss' },
      { name: 'income', meaning: 'miscellaneous income' },
    ],
    carried: [
      { name: 'losses', meaning: 'capital loss', loss: true },
      { name: 'income', meaning: 'loss on miscellaneous income', loss: true },
    ],
    profiles: {
      'uk-basic': profile('lower', 0.2),
      'uk-higher': profile('higher', 0.4),
    },
    defaultProfile: 'uk-higher',
    known: { from: 2022, to: 2026 },
    brackets: { filings: ['individual'] },
    spot: {
      short: { gains: 'gains', losses: 'losses' },
      long: { gains: 'gains', losses: 'losses' },
      longAfterYears: null,
    },
    contracts: [
      {
        name: 'capital',
        meaning: 'capital gain in one computation with fees and financing, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: { gains: 'gains', losses: 'losses' }, share: 1 }],
      },
    ],
    // The reading against the taxpayer: receipts are miscellaneous income, payments are not set against it.
    fundingIncome: { received: 'income', paid: null, bothWays: 'income' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    splits: [{ from: '2024-04-06', to: '2024-10-30', classes: { gains: 'earlyGains' } }],
    year: { start: { month: 4, day: 6 }, due: { month: 1, day: 31, yearsLater: 1 }, instalments: [] },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin; fees of both sides are allowable.',
      'Disposals are matched with purchases of the same day, then of the next 30 days, then with the pool at average cost; time held does not matter.',
      'Losses of the year are set off in full first, losses brought forward only down to the annual exempt amount; both against what is taxed highest.',
      'The annual exempt amount is £3,000 (£12,300 in 2022-23, £6,000 in 2023-24). Losses go on without limit.',
      'Funding as income is miscellaneous income: receipts are taxed, payments lost (`income`), or deducted (`income-both-ways`): from the receipts of the year, then of later years without limit, never from gains or other income (low confidence).',
      'With an income, gains are taxed at the lower rate as far as the basic-rate band of £37,700 has room, at the higher rate above.',
      'The tax year begins on 6 April (UTC); the bill is due on 31 January after it.',
    ],
  },
  confidence:
    'high for spot; medium for derivatives and funding, by analogy with HMRC’s example of a CFD; low for funding as income',
  notModelled: [
    'the claim that a loss needs within four years: it counts as made',
    'contracts as miscellaneous income: section 143 TCGA names recognised exchanges and authorised counterparties, which offshore venues are not',
    'Scottish rates of income tax on funding that is income',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'matching of disposals',
      where: 'HMRC Cryptoassets Manual, https://www.gov.uk/hmrc-internal-manuals/cryptoassets-manual/crypto22250',
      asOf: CHECKED,
    },
    {
      what: 'allowable costs and fees',
      where: 'https://www.gov.uk/hmrc-internal-manuals/cryptoassets-manual/crypto22150',
      asOf: CHECKED,
    },
    {
      what: 'losses and the annual exempt amount',
      where: 'HMRC Capital Gains Manual, https://www.gov.uk/hmrc-internal-manuals/capital-gains-manual/cg18030 (and CG18202)',
      asOf: CHECKED,
    },
    {
      what: 'rates, exempt amounts and the basic-rate band by year',
      where:
        'https://www.kroweaccountants.com/resource-centre/tax-tables/capital-gains-tax.php; BittyTax rate tables, https://github.com/BittyTax/BittyTax',
      asOf: CHECKED,
    },
    {
      what: 'futures and CFDs (medium confidence)',
      where:
        'https://www.gov.uk/hmrc-internal-manuals/capital-gains-manual/cg56004, https://www.gov.uk/hmrc-internal-manuals/capital-gains-manual/cg56101',
      asOf: CHECKED,
    },
    {
      what: 'income tax on miscellaneous income: 20, 40 and 45% (general knowledge, not checked against a text)',
      where: 'Income Tax Act 2007, section 10',
      asOf: CHECKED,
    },
    {
      what: 'losses on miscellaneous income against such income of the year and of later years (general knowledge, not checked against a text)',
      where: 'Income Tax Act 2007, sections 152 and 153',
      asOf: CHECKED,
    },
  ],
};

function profile(band: keyof BandRates, income: number): ByYear<Record<'gains' | 'earlyGains' | 'income', number>> {
  return RATES.map(({ from, figures: { rates, earlyRates } }) => ({
    from,
    figures: { gains: rates[band], earlyGains: earlyRates[band], income },
  }));
}

function assess({ rates, year, income }: AssessmentChoices): Assessment {
  const columns = {
    gains: GAINS,
    earlyGains: EARLY_GAINS,
    losses: LOSSES,
    income: INCOME,
    carriedLoss: LOSS_CARRIED,
    carriedIncomeLoss: INCOME_LOSS_CARRIED,
  };
  const exemptAmount = figuresIn(EXEMPT_AMOUNT, year);
  if (income === null) {
    const one = (rate: number): BandRates => ({ lower: rate, higher: rate });
    const terms = { exemptAmount, rates: one(rates[GAINS]!), earlyRates: one(rates[EARLY_GAINS]!), lowerRoom: 0 };
    return together([aboveExemptAmount(columns, terms), miscellaneous(flat(rates[INCOME]!))]);
  }
  const terms = { exemptAmount, ...figuresIn(RATES, year), lowerRoom: BASIC_RATE_BAND - income };
  return together([aboveExemptAmount(columns, terms), miscellaneous((received) => taxInBands(INCOME_BANDS, income, received))]);
}

/** Miscellaneous income: what is paid beyond the receipts of a year goes on against those of later years. */
function miscellaneous(tax: Scale): Assessment {
  return ringFenced({ column: INCOME, loss: INCOME_LOSS_CARRIED, allowance: 0, tax });
}
