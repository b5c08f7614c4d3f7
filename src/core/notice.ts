/** Something the reader of a result must know that is not an error; the same code is counted, not repeated. */
export interface Notice {
  /** Stable, part of the API: `mark-from-last-trade`, `zero-volume`, `cash-negative`, … */
  readonly code: string;
  /** A sentence for people, about the first occurrence. */
  readonly message: string;
  readonly count: number;
  /** Moment of the first occurrence, UTC ms; null when it belongs to no moment. */
  readonly first: number | null;
}

/** Counts notices by code. */
export class NoticeBoard {
  readonly #notices = new Map<string, { message: string; count: number; first: number | null }>();

  add(code: string, message: string | (() => string), time: number | null = null, count = 1): void {
    const known = this.#notices.get(code);
    if (known) known.count += count;
    else this.#notices.set(code, { message: typeof message === 'string' ? message : message(), count, first: time });
  }

  list(): Notice[] {
    return [...this.#notices].map(([code, notice]) => ({ code, ...notice }));
  }
}
