import { agedLosses } from '../assess/aged-losses.ts';
import { exemptSmallSales } from '../assess/small-sales.ts';
import { flat, sameYear } from '../assess/same-year.ts';
import { together } from '../assess/together.ts';
import { everyYear } from '../by-year.ts';
import type { Assessment, AssessmentChoices, ByYear, Regime } from '../regime.ts';

const CHECKED = '2026-11-22';
const CHECKED_LATER = '2026-11-27';

const INCOME_TAX = 0.128;
/** Social charges rose with the social-security finance act for 2026; sources differ on whether gains of 2025 bear the rise already. */
const SOCIAL: ByYear<number> = [
  { from: 2019, figures: 0.172 },
  { from: 2025, figures: 0.186 },
];

const GAINS = 0;
const CONTRACTS = 1;
const SALES = 2;
/** Article 150 VH bis, II B CGI: a year whose sales of coins come to no more than this in all is exempt; EUR, since 2019 (see `sources`). */
const EXEMPT_SALES = 305;
/** Article 150-0 D, 11 CGI: losses on contracts go on for ten years. */
const CONTRACT_LOSS_YEARS = 10;

/** France: a share of the whole portfolio's cost, flat rate; swaps of coin for coin are untaxed; contracts in a basket of their own. */
export const france: Regime = {
  name: 'france',
  title: 'France',
  aliases: ['fr', 'fra'],
  currency: 'EUR',
  lots: { default: 'fr-portfolio', lawful: ['fr-portfolio'], forComparison: [], scope: 'universal' },
  taxation: {
    classes: [
      { name: 'gains', meaning: 'gain on digital assets' },
      { name: 'contracts', meaning: 'result of financial contracts', rateOf: 'gains' },
      { name: 'sales', meaning: 'sale prices of the year, net of costs' },
    ],
    carried: Array.from({ length: CONTRACT_LOSS_YEARS }, (_, column) => ({
      name: `contracts${CONTRACT_LOSS_YEARS - column}`,
      meaning: `loss on contracts of ${CONTRACT_LOSS_YEARS - column} years ago`,
      label: 'loss on contracts',
      loss: true,
    })),
    profiles: {
      'fr-pfu': SOCIAL.map(({ from, figures }) => ({ from, figures: { gains: INCOME_TAX + figures } })),
      'fr-pfu-30': everyYear({ gains: 0.3 }),
      'fr-pfu-314': everyYear({ gains: 0.314 }),
    },
    defaultProfile: 'fr-pfu',
    known: { from: 2019, to: 2026 },
    brackets: null,
    spot: { short: 'gains', long: 'gains', longAfterYears: null },
    contracts: [
      {
        name: 'contracts',
        meaning: 'sums received less sums paid (article 150 ter CGI), when the position is reduced or closed',
        recognised: 'close',
        classes: [{ class: 'contracts', share: 1 }],
      },
    ],
    fundingIncome: { received: 'contracts', paid: 'contracts', bothWays: 'contracts' },
    fees: { inBasis: true, inProceeds: true },
    swaps: 'untaxed',
    superficialLoss: null,
    withholding: null,
    proceedsClass: 'sales',
    splits: [],
    year: { start: { month: 1, day: 1 }, due: { month: 9, day: 15, yearsLater: 1 }, instalments: [] },
    assess,
    rules: [
      'Only what is given for money, a good or a service is a disposal: a swap of coin for coin is untaxed, and its fees are part of it.',
      'Where cash is a stablecoin, that is a coin of the portfolio, worth its face: coins sold for it or bought with it are swapped. Opening cash and deposits are bought for money; interest and what contracts bring are acquired at their value; withdrawals, tax, interest owed and what contracts take are disposals at their face.',
      'The gain is the sale price less the net acquisition price of the whole portfolio times sale price over portfolio value; that share is then used up.',
      'Gains and losses of a year are netted; a net loss is lost. Time held does not matter.',
      'A year whose sale prices, net of costs, come to no more than €305 in all is exempt; one cent more, and all of its gains are taxed.',
      'Contracts are a basket of their own at the same rate; their losses reduce gains of contracts for ten years.',
      'Funding belongs to the sums received and paid under every reading; as income it counts when it is paid (medium confidence).',
      'The tax year is the calendar year (UTC); the bill is due on 15 September of the next.',
    ],
  },
  confidence: 'high on the method; medium on the first year of the higher rate, and for contracts and funding',
  notModelled: [
    'sales of other members of the household, or outside of the account, which count towards the €305 too',
    'the progressive scale in place of 12.8%, which may be elected since 2023',
    'whether gains of 2025 bear 31.4% already: `law: historical` takes it that they do; profiles fr-pfu-30 and fr-pfu-314 fix the rate',
    '50% on contracts whose counterparty is in a non-cooperative territory: give `rates: { contracts: 0.5 }`',
    'securities gains, which losses on contracts could reduce too',
    'interest on cash: what it earns is not taxed, what borrowing costs is not deducted',
    'of stablecoin cash: a price off its peg; a fee of a swap as a payment for a service of its own; a debt in it, which is taken off the value of the portfolio',
  ],
  sources: [
    {
      what: 'method of the portfolio, swaps',
      where: 'article 150 VH bis CGI; BOFiP, https://bofip.impots.gouv.fr/doctrine/pgp/11968-PGP; https://bitcoin.fr/?p=89782',
      asOf: CHECKED,
    },
    {
      what: 'coins given for goods and services; sale and fees paid in coins as one operation (medium confidence that a swap and a contract follow)',
      where:
        'BOFiP, BOI-RPPM-PVBMC-30-20 no. 30, https://bofip.impots.gouv.fr/doctrine/pgp/11968-PGP; https://efl.fr/actualite/cession-occasionnelle-actifs-numeriques-nouveau-regime-commente_f9cddfc84-ffed-41f5-97c2-02c0a029d588',
      asOf: CHECKED_LATER,
    },
    {
      what: 'exemption of a year of small sales (since 2019)',
      where:
        'article 150 VH bis, II B and III A CGI, https://www.doctrine.fr/l/texts/codes/LEGITEXT000006069577/articles/LEGIARTI000037943263; household: BOFiP, BOI-RPPM-PVBMC-30-10 no. 10',
      asOf: CHECKED_LATER,
    },
    {
      what: 'contracts',
      where: 'article 150 ter CGI, https://lexbase.fr/texte-de-loi/code-general-des-impots150-ter/L6039LMM.html',
      asOf: CHECKED,
    },
    {
      what: 'rate of 31.4% (medium confidence on its first year)',
      where:
        'https://farewelltax.com/hausse-de-14-de-la-csg-lfss-2026-le-point-complet; https://www.crypto-patrimoine.fr/archives-actualites/crypto-et-impots-en-2026-ce-que-change-la-hausse-de-la-flat-tax',
      asOf: CHECKED,
    },
  ],
};

function assess({ rates }: AssessmentChoices): Assessment {
  return together([
    exemptSmallSales({ column: SALES, limit: EXEMPT_SALES }, sameYear(GAINS, flat(rates[GAINS]!))),
    agedLosses({ column: CONTRACTS, first: 0, years: CONTRACT_LOSS_YEARS, tax: flat(rates[CONTRACTS]!) }),
  ]);
}
