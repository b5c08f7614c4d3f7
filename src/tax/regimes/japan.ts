import { bandsOf, taxInBands } from '../assess/bands.ts';
import { flat, sameYear } from '../assess/same-year.ts';
import { everyYear } from '../by-year.ts';
import type { Assessment, AssessmentChoices, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

const NATIONAL = bandsOf(
  [1_950_000, 3_300_000, 6_950_000, 9_000_000, 18_000_000, 40_000_000],
  [0.05, 0.1, 0.2, 0.23, 0.33, 0.4, 0.45],
);
/** Reconstruction surtax on the national tax. */
const SURTAX = 1.021;
const LOCAL = 0.1;

const MISCELLANEOUS = 0;

/** Japan: everything is miscellaneous income of the year, taxed with all other income; losses are lost. */
export const japan: Regime = {
  name: 'japan',
  title: 'Japan',
  aliases: ['jp', 'jpn'],
  currency: 'JPY',
  lots: {
    default: 'average-yearly',
    lawful: ['average-yearly', 'average-moving'],
    forComparison: ['fifo', 'lifo', 'hifo', 'lofo'],
    scope: 'universal',
  },
  taxation: {
    classes: [{ name: 'miscellaneous', meaning: 'miscellaneous income' }],
    carried: [],
    profiles: {
      'jp-33': everyYear({ miscellaneous: 0.33 * SURTAX + LOCAL }),
      'jp-top': everyYear({ miscellaneous: 0.45 * SURTAX + LOCAL }),
    },
    defaultProfile: 'jp-33',
    known: { from: 2015, to: 2026 },
    brackets: { filings: ['individual'] },
    spot: { short: 'miscellaneous', long: 'miscellaneous', longAfterYears: null },
    contracts: [
      {
        name: 'miscellaneous',
        meaning: 'miscellaneous income, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'miscellaneous', share: 1 }],
      },
    ],
    fundingIncome: { received: 'miscellaneous', paid: 'miscellaneous', bothWays: 'miscellaneous' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    splits: [],
    year: {
      start: { month: 1, day: 1 },
      due: { month: 3, day: 15, yearsLater: 1 },
      // A third of the last bill each in July and November.
      instalments: [
        { month: 7, day: 31, yearsLater: 0, share: 1 / 3 },
        { month: 11, day: 30, yearsLater: 0, share: 1 / 3 },
      ],
    },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin; fees of both sides count.',
      'Every unit sold in a year costs the average of the opening stock and all purchases of that year, unless the moving average was elected.',
      'Coins, contracts and funding are miscellaneous income and net within the year; a net loss is lost.',
      'Funding is that under every reading; as income it counts when it is paid, which may be another year (low confidence).',
      'With an income, the national bands with 2.1% surtax and 10% local tax count from there.',
      'The tax year is the calendar year (UTC); the bill is due on 15 March of the next.',
    ],
  },
  confidence: 'high for current law on spot; medium for derivatives; low for funding',
  notModelled: [
    'the flat 20% with three years of loss carry-over for designated coins, in the outline of 19 December 2025 and expected from 2028',
    'the ¥200,000 below which an employee need not report',
    'other miscellaneous income, which a net loss could reduce',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'yearly and moving average',
      where: 'enforcement order, article 119-2: https://www.zeiken.co.jp/hourei/HHTOK000010/119-2.html',
      asOf: CHECKED,
    },
    {
      what: 'miscellaneous income, losses',
      where:
        'https://ccm.com.hk/2017/12/other-common-calculate-income-virtual-currency-04.html; https://www.zeiri4.com/c_1076/c_1081/q_161029',
      asOf: CHECKED,
    },
    { what: 'contracts (medium confidence)', where: 'https://www.newsbtc.com/crypto-futures-tax-jp', asOf: CHECKED },
    {
      what: 'reform',
      where: 'https://coinfeed.jp/web3-in-japan/dfe335d91c4b55985334590b822c45cf',
      asOf: CHECKED,
    },
  ],
};

function assess({ rates, income }: AssessmentChoices): Assessment {
  if (income === null) return sameYear(MISCELLANEOUS, flat(rates[MISCELLANEOUS]!));
  return sameYear(MISCELLANEOUS, (base) => SURTAX * taxInBands(NATIONAL, income, base) + LOCAL * base);
}
