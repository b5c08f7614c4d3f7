/** Where a fault lies: a file, and a 1-based line and column where they are known. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** One of several faults found in the same input. */
export interface Fault {
  readonly message: string;
  readonly hint?: string;
  readonly at?: Place;
}

export interface ErrorDetails {
  /** What to do next. */
  readonly hint?: string;
  readonly at?: Place;
  readonly cause?: unknown;
  /** All faults of the input, when it has more than one. */
  readonly faults?: readonly Fault[];
}

/**
 * An error meant for the person at the terminal: what was found, where, what was expected, what to do.
 * `code` is part of the API: documented in docs/errors.md and never reused for something else.
 */
export class KedgeError extends Error {
  override readonly name: string = 'KedgeError';
  readonly code: string;
  readonly hint: string | undefined;
  readonly at: Place | undefined;
  readonly faults: readonly Fault[];

  constructor(code: string, message: string, { hint, at, cause, faults = [] }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.at = at;
    this.faults = faults;
  }
}

/** Market data on disk or in memory is not what it must be. Exit code 1. */
export class DataError extends KedgeError {
  override readonly name = 'DataError';
}

/** An experiment, venue, regime or parameter is not what it must be. Exit code 1. */
export class ConfigError extends KedgeError {
  override readonly name = 'ConfigError';
}

/** A strategy file does not load, throws, or misuses the API. Exit code 1. */
export class StrategyError extends KedgeError {
  override readonly name = 'StrategyError';
}

/** A broken invariant of the engine (identity, non-finite equity, negative lot): always a bug or broken data. Exit code 1. */
export class EngineError extends KedgeError {
  override readonly name = 'EngineError';
}

/** The command line itself is wrong. Exit code 2. */
export class UsageError extends KedgeError {
  override readonly name = 'UsageError';
}
