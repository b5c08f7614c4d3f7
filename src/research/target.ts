import type { Target } from '../result/run-result.ts';
import type { ExperimentSettings } from './experiment-schema.ts';

/** The yardstick of an experiment: a weight per coin, equal buckets split over their members. */
export function targetOf({ weights, band, bandKind }: ExperimentSettings['target']): Target {
  const single = Object.entries(weights).flatMap(([coin, weight]): [string, number][] =>
    typeof weight === 'number' ? [[coin, weight]] : weight.of.map((member) => [member, weight.weight / weight.of.length]),
  );
  return { weights: Object.fromEntries(single), band, bandKind };
}
