import type { Taxation } from './regime.ts';

/** What tables call the columns of a tax year, by the names that JSON has. */
export interface YearLabels {
  /** Of results. */
  readonly classes: Readonly<Record<string, string>>;
  /** Of losses that are carried on; those of one label are summed up. */
  readonly losses: Readonly<Record<string, string>>;
}

/** The words of a regime for the classes of its results and the losses it carries; none where nothing is taxed. */
export function yearLabels(taxation: Taxation | null): YearLabels {
  const { classes, carried } = taxation ?? { classes: [], carried: [] };
  return {
    classes: Object.fromEntries(classes.map(({ name, meaning, label }) => [name, label ?? meaning])),
    losses: Object.fromEntries(carried.map(({ name, meaning, label }) => [name, label ?? meaning])),
  };
}
