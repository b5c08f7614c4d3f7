// Milliseconds.
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
/** Years are 365.25 days in every annualisation (docs/metrics.md). */
export const YEAR = 31_557_600_000;
