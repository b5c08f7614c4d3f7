import { netWithCharacter } from '../assess.ts';
import { everyYear } from '../by-year.ts';
import type { Assessment, AssessmentChoices, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';

// Net investment income tax, not indexed: 26 U.S.C. 1411.
const NIIT = 0.038;

/**
 * United States, federal, in flat-rate form: one rate for short-term gain, one for long-term gain, no brackets.
 *
 * The profiles are marginal rates: a short-term band of Rev. Proc. 2025-32, the long-term rate beside it (26 U.S.C. 1(h)), and the net
 * investment income tax where income passes its threshold.
 */
export const us: Regime = {
  name: 'us',
  title: 'United States (federal, flat rates)',
  aliases: ['usa'],
  currency: 'USD',
  // Standing orders make HIFO and LIFO a specific identification; average cost is for fund shares (Treas. Reg. 1.1012-1(e), (j)).
  lots: {
    default: 'fifo',
    lawful: ['fifo', 'lifo', 'hifo', 'specific-id'],
    forComparison: ['lofo', 'average-moving'],
    // Treas. Reg. 1.1012-1(j), from 2025; an account of the simulation is one wallet.
    scope: 'per-wallet',
  },
  taxation: {
    classes: [
      { name: 'short', meaning: 'short-term capital gain' },
      { name: 'long', meaning: 'long-term capital gain' },
      { name: 'ordinary', meaning: 'ordinary income', rateOf: 'short' },
    ],
    carried: [
      { name: 'short', meaning: 'short-term loss', loss: true },
      { name: 'long', meaning: 'long-term loss', loss: true },
    ],
    profiles: {
      'us-middle': everyYear({ short: 0.24, long: 0.15 }),
      'us-high': everyYear({ short: 0.35 + NIIT, long: 0.15 + NIIT }),
      'us-top': everyYear({ short: 0.37 + NIIT, long: 0.2 + NIIT }),
    },
    defaultProfile: 'us-high',
    known: { from: 2018, to: 2026 },
    brackets: null,
    spot: { short: 'short', long: 'long', longAfterYears: 1 },
    contracts: [
      {
        name: 'offshore',
        meaning: 'capital, short-term, when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'short', share: 1 }],
      },
    ],
    // No authority has ruled. The reading against the taxpayer: receipts are ordinary, payments fall under investor expenses, which have
    // not been deductible since 2018.
    fundingIncome: { received: 'ordinary', paid: null },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    splits: [],
    year: { start: { month: 1, day: 1 }, due: { month: 4, day: 15, yearsLater: 1 }, instalments: [] },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin; buying fees raise the basis, selling fees reduce the proceeds.',
      'Long-term is a sale on a date later than the first anniversary of the purchase (UTC dates).',
      'Short-term and long-term results are netted within themselves, then across; losses go on without limit and keep their character.',
      'Perpetuals and futures are taken as contracts of an offshore venue: capital, short-term, when the position is reduced or closed.',
      'The tax year is the calendar year (UTC); the bill is due on 15 April of the next.',
    ],
  },
  confidence: 'high for spot; medium for contracts of offshore venues; low for funding, on which no authority has ruled',
  notModelled: [
    'brackets, state tax, quarterly estimates and their penalties',
    'a net capital loss against income from outside the account (up to 3,000 USD a year)',
    'straddles (section 1092): deferred losses and restarted holding periods of coins that are hedged',
    'section 1256 (60/40, marked at year end) for contracts listed in the US',
    'wash sales: section 1091 does not reach coins; bills to change that are pending',
    'lots kept wallet by wallet (from 2025): the account counts as one wallet',
    'long-term results of a long contract held for more than a year: all contracts count as short-term',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'rates and bands of 2026',
      where: 'Rev. Proc. 2025-32, https://www.irs.gov/pub/irs-drop/rp-25-32.pdf',
      asOf: CHECKED,
    },
    {
      what: 'holding period, netting and loss carry-over',
      where: 'IRS Topic 409, https://www.irs.gov/taxtopics/tc409',
      asOf: CHECKED,
    },
    { what: 'net investment income tax', where: '26 U.S.C. 1411', asOf: CHECKED },
    {
      what: 'lot identification',
      where:
        'Treas. Reg. 1.1012-1(j); https://www.thetaxadviser.com/news/2024/oct/universal-accounting-for-digital-assets-concludes-but-safe-harbor-available',
      asOf: CHECKED,
    },
    {
      what: 'contracts of offshore venues (medium confidence), funding (low confidence: no guidance)',
      where: 'https://weaver.com/resources/tax-consequences-of-cryptocurrency-derivatives',
      asOf: CHECKED,
    },
  ],
};

/** In the order of the classes above. */
function assess({ rates: [short = 0, long = 0, ordinary = 0], ordinaryOffset }: AssessmentChoices): Assessment {
  return netWithCharacter({
    short: { column: 0, rate: short },
    long: { column: 1, rate: long },
    ordinary: { column: 2, rate: ordinary },
    ordinaryOffset,
  });
}
