/** A run that claims are measured by: one strategy on the experiment's market and account, with what differs. */
export interface ClaimRun {
  readonly use: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly account?: Readonly<Record<string, unknown>>;
  /** No tax, in place of the experiment's regime. */
  readonly untaxed?: true;
  /** The article's sign of funding in place of the venues': a counterfactual. */
  readonly fundingReversed?: true;
}

/** Every run, by the id it has in the results. */
export const CLAIM_RUNS = {
  hold: { use: 'hold' },
  'hold untaxed': { use: 'hold', untaxed: true },
  'spot-calendar': { use: 'spot-calendar', params: { every: 'month' } },
  'spot-band': { use: 'spot-band' },
  'spot-band untaxed': { use: 'spot-band', untaxed: true },
  'spot-tax-aware': { use: 'spot-tax-aware' },
  'anchor-band': { use: 'anchor-band', params: { objective: 'btcWeight' } },
  'anchor-band untaxed': { use: 'anchor-band', params: { objective: 'btcWeight' }, untaxed: true },
  'anchor-band two legs': { use: 'anchor-band', params: { objective: 'twoLeg' } },
  'anchor-band beta': { use: 'anchor-band', params: { objective: 'matchBeta' } },
  'anchor-band profit to alts': { use: 'anchor-band', params: { objective: 'btcWeight', exit: 'profitToAlts' } },
  'anchor-band at 1x': { use: 'anchor-band', params: { objective: 'btcWeight' }, account: { leverage: 1 } },
  'anchor-band at 3x': { use: 'anchor-band', params: { objective: 'btcWeight' }, account: { leverage: 3 } },
  'anchor-band, funding reversed': { use: 'anchor-band', params: { objective: 'btcWeight' }, fundingReversed: true },
  'synthetic-sell': { use: 'synthetic-sell', params: { objective: 'literal' } },
  'synthetic-sell beta': { use: 'synthetic-sell', params: { objective: 'matchBeta' } },
  'synthetic-sell two legs': { use: 'synthetic-sell', params: { objective: 'twoLeg' } },
  'synthetic-buy': { use: 'synthetic-buy', params: { objective: 'literal' } },
  'synthetic-buy beta': { use: 'synthetic-buy', params: { objective: 'matchBeta' } },
  'synthetic-buy two legs': { use: 'synthetic-buy', params: { objective: 'twoLeg' } },
  'cash-hedge': { use: 'cash-hedge', params: { size: 'literal' } },
  'cash-hedge beta': { use: 'cash-hedge', params: { size: 'portfolioBeta' } },
  'anchor-vol': { use: 'anchor-vol' },
  'anchor-correlation': { use: 'anchor-correlation' },
  'anchor-dated': { use: 'anchor-dated' },
  'sell-or-hedge': { use: 'sell-or-hedge' },
} as const satisfies Readonly<Record<string, ClaimRun>>;

export type ClaimRunId = keyof typeof CLAIM_RUNS;
