import { money, rate } from '../core/figures.ts';
import { exchangeRate } from './exchange.ts';
import { fundingSentence } from './funding-words.ts';
import { isCoin } from './methods.ts';
import type { CashKind, LotMethod } from './methods.ts';
import type { Regime, Taxation } from './regime.ts';
import { ratesOf, resolveTax } from './resolve.ts';
import type { TaxRules } from './resolve.ts';
import type { TaxSetup } from './setup.ts';
import { yearLabels } from './year-labels.ts';

/** What was assumed about tax, in sentences for a report. */
export interface TaxDescription {
  readonly regime: string;
  /** ISO 4217, in which tax years are reckoned; null: the account's. */
  readonly currency: string | null;
  /** Whole years a lot must be held for more than to be long-term; null: the time held makes no difference. */
  readonly longAfterYears: number | null;
  /** What tables call the classes of results, by name. */
  readonly classes: Readonly<Record<string, string>>;
  readonly description: readonly string[];
  readonly sources: readonly string[];
  readonly notModelled: readonly string[];
}

/** What matters of an account. */
export interface DescribedAccount {
  readonly currency: string;
  readonly cashIs: CashKind;
}

/**
 * Puts a tax setup into words: rates, lots, rules, payment, and what is left out.
 *
 * @param account - its currency, for the exchange rate, and what its cash is; null where there is none
 * @throws {ConfigError} as `resolveTax`
 */
export function describeTax(setup: TaxSetup, account: DescribedAccount | null = null): TaxDescription {
  const rules = resolveTax(setup);
  const { regime } = rules;
  return {
    regime: regime.name,
    currency: regime.taxation ? regime.currency : null,
    longAfterYears: regime.taxation?.spot.longAfterYears ?? null,
    classes: yearLabels(regime.taxation).classes,
    description: regime.taxation
      ? [
          ...taxedSentences(rules, regime.taxation, setup),
          ...cashSentences(rules.method, regime.taxation, account),
          ...exchangeSentences(regime, account, setup),
        ]
      : [untaxedSentence(rules.method)],
    sources: regime.sources.map(({ what, where, asOf }) => `${what}: ${where} (as of ${asOf})`),
    notModelled: regime.notModelled,
  };
}

/** What cash is, where it is not money. */
function cashSentences(method: LotMethod, { swaps }: Taxation, account: DescribedAccount | null): string[] {
  if (account?.cashIs !== 'stablecoin') return [];
  return isCoin(account.cashIs, swaps, method)
    ? ['Cash is a stablecoin: one of the coins, worth its face. What is sold for it or bought with it is swapped.']
    : ['Cash is a stablecoin, worth its face: a coin sold for it is disposed of as for money.'];
}

/** At which rates amounts change currency, where they do. */
function exchangeSentences({ currency }: Regime, account: DescribedAccount | null, setup: TaxSetup): string[] {
  const exchange = account === null ? null : exchangeRate(currency, account.currency, setup);
  const zone = setup.zone === undefined ? [] : [`Tax dates are those of ${setup.zone}.`];
  return exchange === null ? zone : [`Results and bills are reckoned in ${currency}, at ${exchange.description}.`, ...zone];
}

/** What every description of a regime must say. */
export const DISCLAIMER =
  'A simplified model of a resident who holds privately. It is no tax advice: check every figure before relying on it.';

const METHODS: Readonly<Record<LotMethod, string>> = {
  fifo: 'the oldest lots are sold first (FIFO)',
  lifo: 'the newest lots are sold first (LIFO)',
  hifo: 'the lots with the highest price are sold first (HIFO)',
  lofo: 'the lots with the lowest price are sold first (LOFO)',
  'specific-id': 'the lots that the strategy names are sold, else the oldest (specific identification)',
  'average-moving': 'every unit costs the moving average of all units, and holding periods go by age',
  'average-yearly': 'every unit sold in a tax year costs the average of its opening stock and all its purchases (total average)',
  'uk-share-matching': 'a sale takes purchases of the same day, then of the next 30 days, then the section 104 pool',
  'fr-portfolio': 'a sale takes the share of what the whole portfolio cost that its price is of the portfolio’s value',
};

function untaxedSentence(method: LotMethod): string {
  return `No tax: nothing is recognised and no bill is written. For the cost basis, ${METHODS[method]}.`;
}

function taxedSentences(rules: TaxRules, taxation: Taxation, setup: TaxSetup): string[] {
  return [
    rateSentence(rules, taxation, setup),
    lotSentence(rules.regime, rules.method),
    ...taxation.rules,
    ...(rules.contracts ? [`Contracts: ${rules.contracts.meaning}.`] : []),
    fundingSentence(rules.funding, taxation),
    ...(rules.ordinaryOffset > 0 ? [offsetSentence(rules)] : []),
    ...hedgeSentences(rules),
    ...lawSentences(rules, taxation),
    rules.payFrom === 'portfolio'
      ? 'Bills are paid from the portfolio, by forced sales if its cash is short.'
      : 'Bills are paid from outside and leave the portfolio untouched.',
    DISCLAIMER,
  ];
}

function rateSentence(
  { regime, profile, rates, reported, income, filing, law }: TaxRules,
  taxation: Taxation,
  setup: TaxSetup,
): string {
  if (income !== null) {
    const status = filing ?? taxation.brackets!.filings[0];
    return `${regime.title}, by the bands of the year over another taxable income of ${money(income, regime.currency)} (${status}).`;
  }
  const { classes, profiles } = taxation;
  const table = profiles[profile!]!;
  // Losses and credits have no rate.
  const rated = new Set([...Object.keys(setup.rates ?? {}), ...table.flatMap(({ figures }) => Object.keys(figures))]);
  const stated = (of: (column: number) => number): string =>
    classes
      .map((known, column) => ({ ...known, text: `${known.meaning} ${rate(of(column))}` }))
      .filter(({ name, rateOf }) => reported.includes(name) && (rated.has(name) || rated.has(rateOf ?? name)))
      .map(({ text }) => text)
      .join(', ');
  const given = Object.keys(setup.rates ?? {});
  const origin =
    given.length === 0 ? `profile ${profile}` : `profile ${profile}, with ${given.join(' and ')} from the experiment`;
  if (law === 'today' || table.length === 1) return `${regime.title}, ${origin}: ${stated((column) => rates[column]!)}.`;
  const periods = table.map(({ from }) => {
    const ofYear = ratesOf(taxation, profile!, setup.rates, from);
    return `${from === -Infinity ? 'at first' : `tax years from ${from} on`} ${stated((column) => ofYear[column]!)}`;
  });
  return `${regime.title}, ${origin}: ${periods.join('; ')}.`;
}

function lotSentence({ name, lots }: Regime, method: LotMethod): string {
  const caution = lots.lawful.includes(method) ? '' : ` Regime ${name} does not offer this for coins: it serves comparison only.`;
  return `Of the coins, ${METHODS[method]}.${caution}`;
}

/** What a hedge does to the lots it covers, where it is asked for. */
function hedgeSentences({ straddles, constructiveSales }: TaxRules): string[] {
  return [
    ...(straddles
      ? [
          'A short contract and the coin it offsets are a straddle (26 U.S.C. 1092): a lot held a year or less begins a new holding period when the hedge ends, and a loss on the hedge counts only beyond the unrecognised gain of what it covered.',
        ]
      : []),
    ...(constructiveSales
      ? ['A hedge of a coin with a gain is its sale at that moment (26 U.S.C. 1259, as pending bills would extend it to coins).']
      : []),
  ];
}

/** Under historical law: what is known by year. */
function lawSentences({ law }: TaxRules, { known }: Taxation): string[] {
  if (law === 'today') return [];
  return [
    `Each tax year has its own figures, known for those that begin in ${known.from} to ${known.to}; others take the nearest.`,
  ];
}

function offsetSentence({ regime, ordinaryOffset, income }: TaxRules): string {
  const reduced = income === null ? 'the ordinary income of this account' : 'other income';
  return `Up to ${money(ordinaryOffset, regime.currency)} a year of a net capital loss reduces ${reduced}.`;
}
