import { countWord, figure } from '../core/figures.ts';

/** Words that the headline's sentences are made of. */

/** Log growth or a return as points: `0.019` → `1.9`; two decimals where one would hide it. */
export function points(rate: number): string {
  const size = 100 * rate;
  return figure(size, size !== 0 && Math.abs(size) < 0.05 ? 2 : 1);
}

/** How far one run is from another: `1.9 points a year more`. */
export function apart(difference: number): string {
  return `${points(Math.abs(difference))} points a year ${difference < 0 ? 'less' : 'more'}`;
}

/** `once`, `twice`, `three times`, `14 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${countWord(count)} times`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const head = parts.slice(0, -1).join(', ');
  return head === '' ? (parts[0] ?? '') : `${head} and ${parts.at(-1)!}`;
}
