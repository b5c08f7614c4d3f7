/** Quantities below this share of one coin are dust: the lot or position is closed (docs/accounting.md, section 6). */
export const DUST = 1e-12;

/** Quantities that the account and its book sum up in different orders may differ by rounding, in proportion to the most that was ever held. */
export const ROUNDING = 1e-9;

/** A quantity within this relative distance of a whole number of steps counts as whole: 0.3 / 0.1 is 2.9999999999999996. */
export const STEP_SLACK = 1e-9;

/** `quantity` rounded toward zero to a multiple of `step`; step 0 leaves it as it is. */
export function roundTowardZero(quantity: number, step: number): number {
  if (step === 0) return quantity;
  return Math.sign(quantity) * multiple(Math.floor(Math.abs(quantity) / step + STEP_SLACK), step);
}

/** `quantity` rounded away from zero to a multiple of `step` (forced sales); step 0 leaves it as it is. */
export function roundAwayFromZero(quantity: number, step: number): number {
  if (step === 0) return quantity;
  return Math.sign(quantity) * multiple(Math.ceil(Math.abs(quantity) / step - STEP_SLACK), step);
}

/** `steps × step`; for decimal steps the double nearest to the decimal number: 141 × 0.001 is 0.141 and not 0.14100000000000001. */
function multiple(steps: number, step: number): number {
  const perUnit = Math.round(1 / step);
  return step < 1 && Math.abs(perUnit * step - 1) < STEP_SLACK ? steps / perUnit : steps * step;
}

/** Sum with Neumaier's compensation: independent of magnitude order to about one rounding. */
export function compensatedSum(values: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Whether two numbers agree to `tolerance`, relative to the larger of them and 1. */
export function nearlyEqual(a: number, b: number, tolerance = 1e-9): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}
