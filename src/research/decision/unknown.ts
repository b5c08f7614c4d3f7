/** Stands for an answer that the input does not allow, and says why. */
export class Unknown {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** An answer, or why there is none. */
export type Known<T> = T | Unknown;

/** What follows from an answer; an unknown one stays unknown. */
export function follows<T, R>(known: Known<T>, next: (answer: T) => Known<R>): Known<R> {
  return known instanceof Unknown ? known : next(known);
}
