import { result, type CheckResult } from './finding.ts';
import { trace, type Subject } from './subject.ts';

/** Past this, a callback costs more than everything else of a bar many times over. */
const SLOW_MICROSECONDS = 1000;

/** How long the strategy takes per bar: the only figure of a check that depends on the machine. */
export function checkCost(subject: Subject): CheckResult & { readonly microsecondsPerBar: number } {
  let entered = 0;
  let spent = 0;
  const { market } = subject;
  trace(subject, {
    watcher: {
      beforeBar: () => {
        entered = performance.now();
      },
      afterBar: () => {
        spent += performance.now() - entered;
      },
      onDecision: () => undefined,
    },
  });
  const microsecondsPerBar = (1000 * spent) / (market.length - market.first);
  const notes = microsecondsPerBar > SLOW_MICROSECONDS ? ['a sweep would spend nearly all of its time in this strategy'] : [];
  return {
    ...result('cost', `${microsecondsPerBar.toFixed(1)} µs a bar in the strategy's own code`, [], notes),
    microsecondsPerBar,
  };
}
