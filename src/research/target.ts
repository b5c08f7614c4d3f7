import type { Target } from '../result/run-result.ts';
import { splitBuckets } from '../strategy/rules/target.ts';
import type { ExperimentSettings } from './experiment-schema.ts';

/** The yardstick of an experiment: a weight per coin, buckets split over their members. */
export function targetOf({ weights, band, bandKind }: ExperimentSettings['target']): Target {
  return { ...splitBuckets(weights), band, bandKind };
}
