/**
 * Sizes of a hedge (metrics.md, "Hedges"): signed notionals in account currency, negative for a short. s is the spot value of a
 * coin (coin margin included), V equity, w the target weight, β the beta to BTC; β of BTC is 1, of cash 0.
 */

/** One coin of the book. */
export interface HedgedAsset {
  /** s, account currency. */
  readonly value: number;
  /** w */
  readonly weight: number;
  /** β to BTC; NaN where there are too few observations. */
  readonly beta: number;
}

/** h = w·V − s: brings one coin's exposure to its target weight by a contract on the coin itself (`btcWeight`, each leg of `twoLeg`). */
export function weightHedge({ value, weight }: Omit<HedgedAsset, 'beta'>, equity: number): number {
  return weight * equity - value;
}

/**
 * h = Σ β·(w·V − s): gives the book the BTC beta of the target portfolio (`matchBeta`).
 *
 * @returns null when a beta is unknown: no hedge then
 */
export function matchBetaHedge(assets: readonly HedgedAsset[], equity: number): number | null {
  const notional = assets.reduce((sum, asset) => sum + asset.beta * weightHedge(asset, equity), 0);
  return Number.isNaN(notional) ? null : notional;
}

/**
 * h = targetBeta·V − Σ β·s: leaves the book with `targetBeta`, by default none (`minVariance`).
 *
 * @returns null when a beta is unknown: no hedge then
 */
export function minVarianceHedge(assets: readonly HedgedAsset[], equity: number, targetBeta = 0): number | null {
  const notional = assets.reduce((sum, { beta, value }) => sum - beta * value, targetBeta * equity);
  return Number.isNaN(notional) ? null : notional;
}
