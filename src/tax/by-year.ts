import type { ByYear } from './regime.ts';

/**
 * The figures of the tax year that begins in a calendar year: the latest entry not after it, else the first.
 *
 * @param year - Infinity for today's
 */
export function figuresIn<T>(table: ByYear<T>, year: number): T {
  let found = table[0]!.figures;
  for (const { from, figures } of table) if (from <= year) found = figures;
  return found;
}

/** Figures that have not changed in the years that are known. */
export function everyYear<T>(figures: T): ByYear<T> {
  return [{ from: -Infinity, figures }];
}
