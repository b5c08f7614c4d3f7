import { Script } from 'node:vm';

const WORK = Symbol.for('kedge.interruptible-work');
const start = new Script("globalThis[Symbol.for('kedge.interruptible-work')]()");

/**
 * Does work that may never end by itself, such as a strategy's: Ctrl-C stops it where it is. Signals wait for the end of a call
 * otherwise, and a loop without end has none.
 *
 * @throws an error that `isInterruption` knows, when Ctrl-C was pressed
 */
export function interruptible<T>(work: () => T): T {
  const scope = globalThis as { [WORK]?: () => T };
  scope[WORK] = work;
  try {
    return start.runInThisContext({ breakOnSigint: true }) as T;
  } finally {
    delete scope[WORK];
  }
}

/** Whether an error tells that Ctrl-C stopped `interruptible` work. */
export function isInterruption(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null | undefined)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
}
