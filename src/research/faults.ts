import { ConfigError, KedgeError, type Place } from '../core/errors.ts';

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

  /** What `make` gives, or undefined after noting why it gives nothing; `at` is the place of an error that brings none of its own. */
  async attempt<T>(at: Place, make: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof KedgeError)) throw error;
      this.#errors.push(error.at === undefined ? withPlace(error, at) : error);
      return undefined;
    }
  }

  /**
   * Goes on only if nothing is wrong.
   *
   * @throws {KedgeError} the error itself if there is one, else `experiment-wrong` with all of them
   */
  throwIfAny(): void {
    const [first, second] = this.#errors;
    if (first === undefined) return;
    if (second === undefined) throw first;
    const faults = this.#errors.flatMap((error) => (error.faults.length > 0 ? error.faults : [faultOf(error)]));
    throw new ConfigError('experiment-wrong', `${this.#file} has ${faults.length} faults`, {
      faults,
      ...(first.at && { at: first.at }),
    });
  }
}

function faultOf({ message, hint, at }: KedgeError): { message: string; hint?: string; at?: Place } {
  return { message, ...(hint !== undefined && { hint }), ...(at && { at }) };
}

// The same class and code, so that the exit status stays what it was.
function withPlace(error: KedgeError, at: Place): KedgeError {
  const { code, message, hint, faults, cause } = error;
  return new (error.constructor as typeof KedgeError)(code, message, { at, faults, cause, ...(hint !== undefined && { hint }) });
}
