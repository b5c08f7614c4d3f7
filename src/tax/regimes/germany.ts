import { lossesBothWays } from '../assess/losses-both-ways.ts';
import { ringFenced } from '../assess/ring-fenced.ts';
import { flat } from '../assess/same-year.ts';
import { together } from '../assess/together.ts';
import { everyYear, figuresIn } from '../by-year.ts';
import type { Assessment, AssessmentChoices, ByYear, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

/** Section 23(3) sentence 5 EStG; 600 EUR before the Growth Opportunities Act. */
const EXEMPTION_LIMIT: ByYear<number> = [
  { from: 2009, figures: 600 },
  { from: 2024, figures: 1_000 },
];

/** Section 20(9) EStG, single; 801 EUR before the Annual Tax Act 2022. */
const SAVER_ALLOWANCE: ByYear<number> = [
  { from: 2009, figures: 801 },
  { from: 2023, figures: 1_000 },
];

/** Flat rate of section 32d EStG with the solidarity surcharge on it. */
const CAPITAL_RATE = 0.25 * 1.055;

const GAINS = 0;
const CAPITAL = 2;
const LOSS_23 = 0;
const BASES = 1;
const CARRY_BACK_YEARS = 2;
const LOSS_20 = 3;

/** Germany: coins are free after a year and taxed as income within it; contracts are capital income in a basket of their own. */
export const germany: Regime = {
  name: 'germany',
  title: 'Germany',
  aliases: ['de', 'deu'],
  currency: 'EUR',
  lots: {
    default: 'fifo',
    // Letter of the ministry of 6 March 2025: the units themselves if they can be told apart, else first in, first out.
    lawful: ['fifo', 'specific-id', 'average-moving'],
    forComparison: ['lifo', 'hifo', 'lofo'],
    scope: 'per-wallet',
  },
  taxation: {
    classes: [
      { name: 'gains', meaning: 'private disposal within a year' },
      { name: 'exempt', meaning: 'disposal after a year, exempt' },
      { name: 'capital', meaning: 'capital income from contracts' },
    ],
    carried: [
      { name: 'gains', meaning: 'loss on private disposals', loss: true },
      { name: 'taxedLastYear', meaning: 'private disposals taxed last year', loss: false },
      { name: 'taxedYearBefore', meaning: 'private disposals taxed the year before', loss: false },
      { name: 'capital', meaning: 'loss on capital income', loss: true },
    ],
    profiles: {
      'de-42': everyYear({ gains: 0.42, exempt: 0, capital: CAPITAL_RATE }),
      'de-45': everyYear({ gains: 0.45 * 1.055, exempt: 0, capital: CAPITAL_RATE }),
    },
    defaultProfile: 'de-42',
    known: { from: 2020, to: 2026 },
    brackets: null,
    spot: { short: 'gains', long: 'exempt', longAfterYears: 1 },
    contracts: [
      {
        name: 'capital',
        meaning: 'capital income (section 20 EStG) when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'capital', share: 1 }],
      },
    ],
    // The reading against the taxpayer: the saver allowance bars general expenses. Both ways, payments count as costs of the contract.
    fundingIncome: { received: 'capital', paid: null, bothWays: 'capital' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    splits: [],
    year: {
      start: { month: 1, day: 1 },
      // The law gives no fixed date: one month after the notice on a return due by 31 July.
      due: { month: 9, day: 30, yearsLater: 1 },
      instalments: [
        { month: 3, day: 10, yearsLater: 0, share: 0.25 },
        { month: 6, day: 10, yearsLater: 0, share: 0.25 },
        { month: 9, day: 10, yearsLater: 0, share: 0.25 },
        { month: 12, day: 10, yearsLater: 0, share: 0.25 },
      ],
    },
    assess,
    rules: [
      'A coin sold on a date later than the first anniversary of its purchase is exempt, and its loss does not count (UTC dates; 29 February becomes the 28th).',
      'Within the year a sale is a private disposal, also when it pays for another coin; fees of both sides count.',
      'A year’s net gain on private disposals below €1,000 (€600 until 2023) is free; from there on all of it is taxable. The limit is judged before losses of other years.',
      'A net loss on private disposals goes back to what was taxed in the two years before, the latest first, and then on without limit.',
      'Contracts are capital income at 26.375% above a saver allowance of €1,000 (€801 until 2022); their losses reduce only later capital income.',
      'Funding as income is capital income, of which payments are lost (`income`), or come off (`income-both-ways`), as they do inside a contract’s result (low confidence).',
      'The two baskets never meet. The tax year is the calendar year (UTC); the bill counts as due on 30 September after it.',
    ],
  },
  confidence: 'high for current law on spot; medium for perpetuals; low for funding',
  notModelled: [
    'the income tax tariff: the profile’s marginal rate is taken; church tax',
    'the joint saver allowance of €2,000, and its use by other capital income',
    'the former cap of €20,000 a year on losses of derivatives: it was repealed for all open cases',
    'the waiver of a carry-back',
    'the change that the draft budget of 2027 assumes: no one-year exemption any more. No law had been passed by mid 2026',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'private disposals of coins, exemption limit',
      where:
        'Haufe, https://haufe.de/steuern/haufe-steuer-office-excellence/blockchain-technologie-und-steuerrecht-besteuerung-von-324-private-einkuenfte_idesk_PI25844_HI16695913.html; sections 22 no. 2 and 23 EStG',
      asOf: CHECKED,
    },
    {
      what: 'lots, wallet by wallet: letter of the ministry of 6 March 2025',
      where:
        'https://www.steuerberater-klein.de/kryptowerte-2025-fuer-privatanleger-ein-genauerer-blick-auf-das-bmf-schreiben-vom-maerz-2025',
      asOf: CHECKED,
    },
    {
      what: 'losses of derivatives: cap of €20,000 and its repeal',
      where:
        'https://www.cmshs-bloggt.de/steuerrecht/ade-verlustabzugsbeschrankung-fur-termingeschafte-gesetzgeber-bereinigt-verfassungswidrigkeit/; https://kpmg.com/de/de/home/themen/2024/12/steuertipp-termingeschaeftsverluste-der-fiskus-gibt-nach.html',
      asOf: CHECKED,
    },
    {
      what: 'carry-back of two years, limit before losses, saver allowance before 2023 (general knowledge, not checked against a text)',
      where: 'sections 10d and 20(9) EStG; BFH of 11 January 2005, IX R 27/04',
      asOf: CHECKED,
    },
    {
      what: 'pending reform',
      where: 'https://onlytwenty.one/en/news/deutschland-plant-die-abschaffung-der-steuerfreien-haltefrist-fuer-bitcoin',
      asOf: CHECKED,
    },
  ],
};

function assess({ rates, year }: AssessmentChoices): Assessment {
  return together([
    lossesBothWays({
      column: GAINS,
      loss: LOSS_23,
      bases: BASES,
      years: CARRY_BACK_YEARS,
      limit: figuresIn(EXEMPTION_LIMIT, year),
      rate: rates[GAINS]!,
    }),
    ringFenced({ column: CAPITAL, loss: LOSS_20, allowance: figuresIn(SAVER_ALLOWANCE, year), tax: flat(rates[CAPITAL]!) }),
  ]);
}
