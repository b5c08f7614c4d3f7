import { CHARACTER_CARRIED, CHARACTER_CLASSES, withCharacter } from '../assess/with-character.ts';
import { LONG_SHARE, SHORT_SHARE } from '../assess/section-1256.ts';
import { ConfigError } from '../../core/errors.ts';
import { everyYear, figuresIn } from '../by-year.ts';
import type { Assessment, AssessmentChoices, Regime } from '../regime.ts';
import type { Filing } from './us-figures.ts';
import { FILINGS, NIIT_RATE, NIIT_THRESHOLDS, US_SCALES } from './us-figures.ts';

const CHECKED = '2026-11-22';

/**
 * United States, federal: short-term gain at ordinary rates, long-term gain at 0, 15 or 20 %, the net investment income tax on top.
 *
 * The profiles are marginal rates: a short-term band of Rev. Proc. 2025-32, the long-term rate beside it (26 U.S.C. 1(h)), and the net
 * investment income tax where income passes its threshold. With `income` the bands of the year are used instead.
 */
export const us: Regime = {
  name: 'us',
  title: 'United States (federal)',
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
      { name: CHARACTER_CLASSES[0], meaning: 'short-term capital gain', label: 'short-term' },
      { name: CHARACTER_CLASSES[1], meaning: 'long-term capital gain', label: 'long-term' },
      { name: CHARACTER_CLASSES[2], meaning: 'ordinary income', rateOf: 'short' },
      {
        name: CHARACTER_CLASSES[3],
        meaning: 'section 1256 contracts, short-term share',
        label: 'section 1256, short-term 40%',
        rateOf: 'short',
      },
      {
        name: CHARACTER_CLASSES[4],
        meaning: 'section 1256 contracts, long-term share',
        label: 'section 1256, long-term 60%',
        rateOf: 'long',
      },
    ],
    carried: [
      { name: 'short', meaning: 'short-term loss', loss: true },
      { name: 'long', meaning: 'long-term loss', loss: true },
      ...CHARACTER_CARRIED.slice(2).map((name) => ({ name, meaning: 'for the carry-back of section 1256 losses', loss: false })),
    ],
    profiles: {
      'us-middle': everyYear({ short: 0.24, long: 0.15 }),
      'us-high': everyYear({ short: 0.35 + NIIT_RATE, long: 0.15 + NIIT_RATE }),
      'us-top': everyYear({ short: 0.37 + NIIT_RATE, long: 0.2 + NIIT_RATE }),
    },
    defaultProfile: 'us-high',
    known: { from: 2024, to: 2026 },
    brackets: { filings: FILINGS },
    spot: { short: 'short', long: 'long', longAfterYears: 1 },
    contracts: [
      {
        name: 'offshore',
        meaning: 'capital, short-term, when the position is reduced or closed (contracts of a venue outside the US)',
        recognised: 'close',
        classes: [{ class: 'short', share: 1 }],
      },
      {
        name: 'section-1256',
        meaning: '60% long-term and 40% short-term, marked at the end of the year (regulated futures, such as CME)',
        recognised: 'year-end',
        classes: [
          { class: 'short1256', share: SHORT_SHARE },
          { class: 'long1256', share: LONG_SHARE },
        ],
      },
    ],
    // No authority has ruled. The reading against the taxpayer: receipts are ordinary, payments fall under investor expenses, which have
    // not been deductible since 2018. Both ways: periodic swap payments of someone who may deduct them.
    fundingIncome: { received: 'ordinary', paid: null, bothWays: 'ordinary' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'disposal',
    superficialLoss: null,
    withholding: null,
    straddleLaw: '26 U.S.C. 1092',
    offsetsIncome: true,
    splits: [],
    year: {
      start: { month: 1, day: 1 },
      due: { month: 4, day: 15, yearsLater: 1 },
      // 26 U.S.C. 6654(c): four instalments of a quarter each.
      instalments: [
        { month: 4, day: 15, yearsLater: 0, share: 0.25 },
        { month: 6, day: 15, yearsLater: 0, share: 0.25 },
        { month: 9, day: 15, yearsLater: 0, share: 0.25 },
        { month: 1, day: 15, yearsLater: 1, share: 0.25 },
      ],
    },
    assess,
    rules: [
      'Every sale of a coin is a disposal, also when it pays for another coin; buying fees raise the basis, selling fees reduce the proceeds.',
      'Long-term is a sale on a date later than the first anniversary of the purchase (UTC dates; 29 February becomes the 28th).',
      'Short-term and long-term results are netted within themselves, then across; losses go on without limit and keep their character.',
      'Where an offset against other income is set, a net capital loss reduces that income by so much a year, short-term loss first.',
      'Funding as income is ordinary: receipts are taxed, payments lost (`income`), or deducted (`income-both-ways`). What a year has paid on balance then lowers the account’s bill at the ordinary rate, down to nothing, and with an income reduces that too; the rest is lost (low confidence).',
      'A net loss of section 1256 contracts goes back to such gains of the three years before, the earliest first, as far as it would otherwise go on.',
      'With an income, short-term gain is stacked on it, long-term gain on both, and the net investment income tax is 3.8% above its threshold.',
      'The tax year is the calendar year (UTC); the bill is due on 15 April of the next.',
    ],
  },
  confidence:
    'high for spot, rates and section 1256; medium for contracts of offshore venues; low for funding, on which no authority has ruled',
  notModelled: [
    'a net operating loss from funding that is income both ways, and whether the holder may deduct at all (a trade or business): an investor’s payments are lost',
    'state tax; penalties for late estimates; the bands of heads of household',
    'the difference between taxable and modified adjusted gross income for the net investment income tax',
    'the carry-back of section 1256 losses where an income is given: they go forward',
    'of straddles: a loss on the coin while its hedge has a gain, and carrying costs that are capitalised (section 263(g))',
    'of constructive sales: the exception for hedges closed within 30 days of the year’s end',
    'mixed straddles: elections, and the recasting of short-term loss beside section 1256 contracts',
    'whether perpetual-style contracts listed in the US are section 1256 contracts or swaps: no guidance, choose `contracts`',
    'wash sales: section 1091 does not reach coins; bills to change that, and to extend section 1259, are pending',
    'long-term results of a long contract held for more than a year: contracts of offshore venues count as short-term',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
  ],
  sources: [
    {
      what: 'bands of 2024, 2025 and 2026',
      where:
        'Rev. Proc. 2023-34, 2024-40 and 2025-32: https://www.irs.gov/pub/irs-drop/rp-23-34.pdf, https://www.irs.gov/pub/irs-drop/rp-24-40.pdf, https://www.irs.gov/pub/irs-drop/rp-25-32.pdf',
      asOf: CHECKED,
    },
    {
      what: 'holding period, netting, offset and loss carry-over',
      where: 'IRS Topic 409, https://www.irs.gov/taxtopics/tc409',
      asOf: CHECKED,
    },
    { what: 'net investment income tax', where: '26 U.S.C. 1411', asOf: CHECKED },
    {
      what: 'lot identification, wallet by wallet from 2025',
      where:
        'Treas. Reg. 1.1012-1(j); https://www.thetaxadviser.com/news/2024/oct/universal-accounting-for-digital-assets-concludes-but-safe-harbor-available',
      asOf: CHECKED,
    },
    { what: 'section 1256 contracts and their carry-back', where: '26 U.S.C. 1256, 1212(c); Form 6781', asOf: CHECKED },
    {
      what: 'straddles and the holding period of hedged coins',
      where: '26 U.S.C. 1092; Temp. Treas. Reg. 1.1092(b)-2T; IRS Publication 550',
      asOf: CHECKED,
    },
    {
      what: 'contracts of offshore venues (medium confidence), funding (low confidence: no guidance)',
      where: 'https://weaver.com/resources/tax-consequences-of-cryptocurrency-derivatives',
      asOf: CHECKED,
    },
    {
      what: 'pending bills on wash and constructive sales of coins',
      where: 'https://www.govinfo.gov/content/pkg/BILLS-119hr9172ih/xml/BILLS-119hr9172ih.xml',
      asOf: CHECKED,
    },
  ],
};

/** Rates in the order of the classes above. */
function assess({ rates, ordinaryOffset, income, filing, year }: AssessmentChoices): Assessment {
  const [short = 0, long = 0, ordinary = 0, short1256 = short, long1256 = long] = rates;
  if (short1256 !== short || long1256 !== long) {
    throw new ConfigError(
      'tax-rates-tied',
      'short1256 and long1256 are netted with short and long and have no rates of their own',
      {
        hint: 'set the rates of short and long',
      },
    );
  }
  if (income === null) return withCharacter({ short, long, ordinary }, ordinaryOffset);
  const status = (filing ?? FILINGS[0]) as Filing;
  const niit = { rate: NIIT_RATE, threshold: NIIT_THRESHOLDS[status] };
  return withCharacter({ income, niit, ...figuresIn(US_SCALES, year)[status] }, ordinaryOffset);
}
