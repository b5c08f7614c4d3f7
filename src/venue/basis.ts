/** Days of the year by which a basis is annualised; other annualisations count 365.25. */
const BASIS_YEAR = 365;

/**
 * Annualised basis of a dated contract, simple: (future/spot − 1) × 365 / days.
 *
 * @param days - to expiry, > 0, fractions allowed
 * @returns fraction a year
 */
export function annualisedBasis(future: number, spot: number, days: number): number {
  return ((future / spot - 1) * BASIS_YEAR) / days;
}
