import { formatTime } from '../../core/time.ts';
import { describeDifference, firstDifference, type Difference } from './difference.ts';
import { result, type CheckFinding, type CheckResult } from './finding.ts';
import { trace, type Subject, type Trace } from './subject.ts';

/** Whether the file, loaded `again`, decides what it decided before. */
export function checkDeterminism(again: Subject, own: Trace): CheckResult {
  const difference = firstDifference(own.decisions, trace(again).decisions);
  return result(
    'determinism',
    'the file was loaded twice and run twice',
    findings(difference, 'loaded and run again', 'it is not deterministic'),
  );
}

/**
 * Whether one run of a loaded strategy changes the next: state belongs in `setup`, where it is fresh for every run. A comparison or a sweep
 * runs the same module many times.
 *
 * @param own - the first run of this very module; runs with other parameters may have come between
 */
export function checkIsolation(subject: Subject, own: Trace): CheckResult {
  const difference = firstDifference(own.decisions, trace(subject).decisions);
  return result(
    'isolation',
    'the loaded file was run again after runs with other parameters',
    findings(difference, 'run again in the same process', 'state is kept between runs; move it into setup'),
  );
}

function findings(difference: Difference | undefined, how: string, meaning: string): CheckFinding[] {
  if (difference === undefined) return [];
  const { first, left, right } = describeDifference(difference);
  const { bar, time, place } = first;
  return [
    {
      message: `at bar ${bar} (${formatTime(time)}) it decided ${left}; ${how}, ${right}: ${meaning}`,
      bar,
      time,
      at: place ?? null,
    },
  ];
}
