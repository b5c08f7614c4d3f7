/** Runs work at most `width` at a time, in the order it was handed in. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** @param width - at least 1 */
export function limiter(width: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody who comes later can take it.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
