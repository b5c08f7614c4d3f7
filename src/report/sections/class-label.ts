import type { ReportRun } from '../view.ts';

/** What a run’s tax regime calls a class of results; results that do not say have its name. */
export function classLabel({ result }: ReportRun, name: string): string {
  return result.assumptions.tax.classes?.[name] ?? name;
}

/** As the heading of a column: `long-term` → `Long-term`. */
export function classHeading(run: ReportRun, name: string): string {
  const label = classLabel(run, name);
  return label.charAt(0).toUpperCase() + label.slice(1);
}
