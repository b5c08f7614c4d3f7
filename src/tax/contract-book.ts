import type { ContractTreatment } from './regime.ts';

/** What a contract's position results in when it is recognised: the parts of one line. */
export interface ContractResult {
  /** Price result, less what marking at a year's end has recognised of it. */
  price: number;
  fees: number;
  funding: number;
}

/**
 * Fees and funding of open contracts that wait for the position to reduce, and what marking at the ends of tax years has recognised of it.
 * Contracts are indices, money is in the regime's currency.
 */
export class ContractBook {
  readonly marks: boolean;
  readonly #fees: Float64Array;
  readonly #funding: Float64Array;
  /** What of the funding is of the latest settlement, and its moment: it may be of the year after the one that ends. */
  readonly #latest: Float64Array;
  readonly #settled: Float64Array;
  readonly #marked: Float64Array;
  readonly #result: ContractResult = { price: 0, fees: 0, funding: 0 };

  constructor(contracts: number, { recognised }: ContractTreatment) {
    this.marks = recognised === 'year-end';
    this.#fees = new Float64Array(contracts);
    this.#funding = new Float64Array(contracts);
    this.#latest = new Float64Array(contracts);
    this.#settled = new Float64Array(contracts).fill(-Infinity);
    this.#marked = new Float64Array(contracts);
  }

  fee(contract: number, amount: number): void {
    this.#fees[contract] = this.#fees[contract]! + amount;
  }

  fund(contract: number, amount: number, time: number): void {
    this.#funding[contract] = this.#funding[contract]! + amount;
    this.#latest[contract] = amount + (time === this.#settled[contract] ? this.#latest[contract]! : 0);
    this.#settled[contract] = time;
  }

  /** `share` of the position closed with price result `price`: fees, funding and marks follow pro rata. The answer is reused. */
  reduce(contract: number, share: number, price: number): ContractResult {
    const result = this.#result;
    result.price = price - this.#take(this.#marked, contract, share);
    result.fees = this.#take(this.#fees, contract, share);
    result.funding = this.#take(this.#funding, contract, share);
    this.#take(this.#latest, contract, share);
    return result;
  }

  /**
   * A tax year, of which `time` is the last moment, ends with unrealised price result `unrealised`: what it adds is recognised, later results
   * are adjusted for it. Funding that was settled later waits.
   */
  mark(contract: number, unrealised: number, time: number): ContractResult {
    const result = this.reduce(contract, 0, unrealised);
    result.price = unrealised - this.#marked[contract]!;
    result.fees = this.#take(this.#fees, contract, 1);
    const later = this.#settled[contract]! > time ? this.#latest[contract]! : 0;
    result.funding = this.#funding[contract]! - later;
    this.#funding[contract] = later;
    this.#marked[contract] = unrealised;
    return result;
  }

  /** What closing the whole position at an unrealised price result would recognise. */
  foresee(contract: number, unrealised: number): number {
    return unrealised - this.#marked[contract]! + this.#funding[contract]! - this.#fees[contract]!;
  }

  #take(column: Float64Array, contract: number, share: number): number {
    const amount = column[contract]! * share;
    column[contract] = share === 1 ? 0 : column[contract]! - amount;
    return amount;
  }
}
