/** One band of a progressive scale: the rate holds for what lies above the band before it, up to `upTo`. */
export interface Band {
  /** Account currency a year; Infinity for the last band. */
  readonly upTo: number;
  /** Fraction. */
  readonly rate: number;
}

/**
 * A scale of bands from their upper ends and rates, lowest first.
 *
 * @param ends - upper ends of all bands but the last, ascending
 * @param rates - one more than `ends`
 */
export function bandsOf(ends: readonly number[], rates: readonly number[]): Band[] {
  return rates.map((rate, band) => ({ upTo: ends[band] ?? Infinity, rate }));
}

/**
 * How much of an amount that is stacked on `from` falls into one band.
 *
 * @param from - what fills the scale already; below 0 counts as 0
 * @param amount - ≥ 0, same currency
 */
export function amountInBand(bands: readonly Band[], band: number, from: number, amount: number): number {
  const start = Math.max(0, from);
  const low = band === 0 ? 0 : bands[band - 1]!.upTo;
  return Math.max(0, Math.min(bands[band]!.upTo, start + amount) - Math.max(low, start));
}

/**
 * Tax on an amount that is stacked on `from`: the tax on both less the tax on `from`.
 *
 * @param from - the holder's other taxable income; below 0 counts as 0
 * @param amount - signed: a loss gives what it saves, as a negative tax, down to an income of nothing
 */
export function taxInBands(bands: readonly Band[], from: number, amount: number): number {
  const start = Math.max(0, from);
  if (amount < 0) return -taxInBands(bands, Math.max(0, start + amount), start - Math.max(0, start + amount));
  let tax = 0;
  for (let band = 0; band < bands.length; band++) tax += bands[band]!.rate * amountInBand(bands, band, start, amount);
  return tax;
}
