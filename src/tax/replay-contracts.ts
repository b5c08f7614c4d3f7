import { CAUSE } from './ledger.ts';
import type { TaxLedger } from './ledger.ts';

const NO_VALUES = new Float64Array(0);

/** One thing that happened to a contract. Money in the account's currency. */
export interface ContractEvent {
  readonly seq: number;
  /** UTC ms */
  readonly time: number;
  /** A realised price result, funding (positive: received), or the unrealised result of an open position at the end of a tax year. */
  readonly type: 'result' | 'funding' | 'mark';
  readonly contract: string;
  readonly amount: number;
  readonly fee?: number;
}

/** Enters contract events between those of coins. A result closes all of its position, with the fees and funding that waited for it. */
export class ContractReplay {
  /** Names in the order of their indices. */
  readonly names: readonly string[];
  readonly #events: readonly ContractEvent[];
  readonly #unrealised: Float64Array;
  #next = 0;

  constructor(events: readonly ContractEvent[]) {
    this.#events = events.toSorted((a, b) => a.time - b.time || a.seq - b.seq);
    this.names = [...new Set(events.map(({ contract }) => contract))];
    this.#unrealised = new Float64Array(this.names.length);
  }

  /** Moments of the first and the last event; Infinity and −Infinity where there is none. */
  get span(): { readonly from: number; readonly to: number } {
    return { from: this.#events[0]?.time ?? Infinity, to: this.#events.at(-1)?.time ?? -Infinity };
  }

  /** Enters what comes before a moment, or at it with a smaller number; Infinity: everything. */
  enterBefore(ledger: TaxLedger, time: number, seq: number): void {
    for (; this.#next < this.#events.length; this.#next++) {
      const event = this.#events[this.#next]!;
      if (event.time > time || (event.time === time && event.seq > seq)) return;
      ledger.closeYears(event.time);
      this.#enter(ledger, event);
    }
  }

  #enter(ledger: TaxLedger, { type, contract, amount, fee = 0, time }: ContractEvent): void {
    const index = this.names.indexOf(contract);
    switch (type) {
      case 'funding':
        ledger.contractFunding(index, amount, time);
        return;
      case 'result':
        this.#unrealised[index] = 0;
        ledger.contractFee(index, fee, time);
        ledger.contractReduce(index, 1, amount, time, CAUSE.strategy);
        return;
      case 'mark':
        this.#unrealised[index] = amount;
        // What coins are worth matters to hedges of them, which records of contracts alone do not tell.
        ledger.markYear(NO_VALUES, this.#unrealised, time);
        return;
      default:
        return type satisfies never;
    }
  }
}
