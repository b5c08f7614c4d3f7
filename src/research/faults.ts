import { ConfigError, KedgeError, UsageError, type Fault, type Place } from '../core/errors.ts';

/** Everything that is wrong with one experiment, collected so that it is told at once. */
export class FaultList {
  readonly #file: string;
  readonly #errors: KedgeError[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(error: KedgeError): void {
    this.#errors.push(error);
  }

  /**
   * What `make` gives, or undefined after noting why it gives nothing; `at` is the place of an error that brings none of its own.
   *
   * @throws {UsageError} at once: the command line is no part of the experiment, and is to be put right first
   */
  async attempt<T>(at: Place, make: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof KedgeError) || error instanceof UsageError) throw error;
      this.#errors.push(error.at === undefined ? withPlace(error, at) : error);
      return undefined;
    }
  }

  /** The only fault as it is, several as one `experiment-wrong`; undefined when nothing is wrong. */
  asError(): KedgeError | undefined {
    const errors = distinct(this.#errors);
    const [first, second] = errors;
    if (first === undefined || second === undefined) return first;
    const faults = errors
      .flatMap((error) => (error.faults.length > 0 ? error.faults : [faultOf(error)]))
      .toSorted((a, b) => this.#line(a) - this.#line(b) || (a.at?.column ?? 0) - (b.at?.column ?? 0));
    const at = faults[0]?.at;
    return new ConfigError('experiment-wrong', `${this.#file} has ${faults.length} faults`, { faults, ...(at && { at }) });
  }

  // In the order of the file; what lies elsewhere (a strategy's own file, the command line) comes last.
  #line({ at }: Fault): number {
    return at?.file === this.#file ? (at.line ?? 0) : Number.MAX_SAFE_INTEGER;
  }

  /**
   * Goes on only if nothing is wrong.
   *
   * @throws {KedgeError} see `asError`
   */
  throwIfAny(): void {
    const error = this.asError();
    if (error !== undefined) throw error;
  }
}

/** Each error once: a strategy file that is used several times brings its faults every time. */
function distinct(errors: readonly KedgeError[]): KedgeError[] {
  return [
    ...new Map(
      errors.map((error) => [JSON.stringify([error.code, error.message, error.hint, error.at, error.faults]), error]),
    ).values(),
  ];
}

function faultOf({ message, hint, at }: KedgeError): Fault {
  return { message, ...(hint !== undefined && { hint }), ...(at && { at }) };
}

/** The same error, of the same class and code, with a place. */
export function withPlace(error: KedgeError, at: Place): KedgeError {
  const { code, message, hint, faults, cause } = error;
  return new (error.constructor as typeof KedgeError)(code, message, { at, faults, cause, ...(hint !== undefined && { hint }) });
}
