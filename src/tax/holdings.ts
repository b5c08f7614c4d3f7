import { EngineError } from '../core/errors.ts';
import { DUST, ROUNDING } from '../core/numeric.ts';
import { formatDate } from '../core/time.ts';

/** Units held per asset, with the tolerances of a ledger: dust goes with the rest, more than is held is an error. */
export class Holdings {
  readonly quantity: Float64Array;
  readonly #assets: readonly string[];
  /** The most that was ever held: the scale of rounding. */
  readonly #peak: Float64Array;

  constructor(assets: readonly string[]) {
    this.#assets = assets;
    this.quantity = new Float64Array(assets.length);
    this.#peak = new Float64Array(assets.length);
  }

  /** @throws {EngineError} `lot-not-positive` */
  add(asset: number, quantity: number, time: number): void {
    if (!(quantity > 0)) {
      throw new EngineError(
        'lot-not-positive',
        `${this.#assets[asset]}: a lot of ${quantity} units was to be opened on ${formatDate(time)}; a lot holds more than 0`,
      );
    }
    const held = this.quantity[asset]! + quantity;
    this.quantity[asset] = held;
    if (held > this.#peak[asset]!) this.#peak[asset] = held;
  }

  /**
   * Takes units off and returns how many: all that is held where dust would be left; 0 where there is nothing but dust.
   *
   * @param mayOwe - whether more may be given up than is held, to be bought later
   * @throws {EngineError} `lots-exceeded` when more is given up than is held
   */
  take(asset: number, quantity: number, mayOwe = false): number {
    const held = this.quantity[asset]!;
    const peak = this.#peak[asset]!;
    const left = held - quantity;
    if (!(left >= -ROUNDING * peak)) {
      if (!mayOwe) throw this.exceeded(asset, quantity, held);
    } else if (left <= DUST * peak) {
      this.quantity[asset] = 0;
      return held;
    }
    this.quantity[asset] = left;
    return quantity;
  }

  /** Whether a shortage of units is more than rounding. */
  isShort(asset: number, missing: number): boolean {
    return missing > ROUNDING * this.#peak[asset]!;
  }

  exceeded(asset: number, quantity: number, held: number): EngineError {
    return new EngineError(
      'lots-exceeded',
      `${this.#assets[asset]}: ${quantity} units were to be given up, but the open lots hold ${held}`,
    );
  }
}
