import type { Fault } from '../../core/errors.ts';
import { DUST } from '../../core/numeric.ts';
import { formatDate } from '../../core/time.ts';
import type { TaxYear } from '../ledger.ts';
import type { LotMethod } from '../methods.ts';
import type { ReplayHolding, TaxEvent, TaxReplay } from '../replay.ts';
import { inReplayOrder, replayEvents } from '../replay.ts';
import type { ContractEvent } from '../replay-contracts.ts';
import { resolveTax } from '../resolve.ts';
import type { TaxRules } from '../resolve.ts';
import type { TaxSetup } from '../setup.ts';
import { invalid } from './read.ts';
import type { Transaction } from './row.ts';

/** One matched part of a disposal, or one recognised result of a contract; money in the currency of the file. */
export interface StatementLine {
  readonly kind: 'spot' | 'derivative' | 'funding';
  readonly asset: string;
  /** Lines of the file that were disposals; empty for contracts. */
  readonly lines: readonly number[];
  /** Line of the purchase; null for pools and contracts. */
  readonly lot: number | null;
  /** UTC ms; null for pools and contracts. */
  readonly acquired: number | null;
  readonly disposed: number;
  readonly quantity: number | null;
  readonly proceeds: number;
  readonly cost: number;
  readonly denied: number;
  readonly gain: number;
  readonly class: string;
  readonly rule: string;
  readonly provisional: boolean;
}

/** What a ledger makes of a person's transactions. */
export interface TaxStatement {
  readonly rules: TaxRules;
  readonly currency: string;
  readonly lines: readonly StatementLine[];
  readonly years: readonly TaxYear[];
  /** What is still held; `seq` is the line of its purchase. */
  readonly open: readonly ReplayHolding[];
  readonly withheld: number;
}

/**
 * Runs a person's transactions through the tax ledger that runs use.
 *
 * @param file - only for messages
 * @throws {DataError} `transactions-invalid`: more is sold than is held, a value is missing that the method needs
 * @throws {ConfigError} as `resolveTax` and `openTaxLedger`
 */
export function taxStatement(
  transactions: readonly Transaction[],
  setup: TaxSetup,
  currency: string,
  file: string,
): TaxStatement {
  const rules = resolveTax(setup);
  const events = transactions.filter(isCoin).map((row) => eventOf(row, transactions));
  const faults = [
    ...lackFaults(events, rules, file),
    ...(rules.method === 'fr-portfolio' ? valueFaults(events, file) : []),
    ...(rules.method === 'specific-id' ? [] : lotFaults(events, rules.method, file)),
  ];
  if (faults.length > 0) throw invalid(file, faults);
  const contracts = transactions.filter((row) => !isCoin(row)).map(contractEventOf);
  const replay = replayEvents(events, { tax: setup, currency, contracts });
  return {
    rules,
    currency,
    lines: linesOf(replay),
    years: replay.years,
    open: replay.closing.filter(({ quantity }) => quantity > DUST),
    withheld: replay.withheld,
  };
}

function isCoin({ type }: Transaction): boolean {
  return type === 'buy' || type === 'sell' || type === 'income';
}

function eventOf(row: Transaction, all: readonly Transaction[]): TaxEvent {
  const { line, time, type, asset, quantity, gross, fee, feeInAsset, wallet, swap, portfolioValue, lots } = row;
  const named = lots.map((id) => all.find((lot) => lot.id === id && lot.asset === asset)!.line);
  return {
    seq: line,
    time,
    type: type as TaxEvent['type'],
    asset,
    quantity,
    gross,
    fee,
    feeInAsset,
    ...(wallet !== undefined && { wallet }),
    ...(named.length > 0 && { lots: named }),
    ...(swap !== undefined && { swapId: swap }),
    ...(portfolioValue !== undefined && { portfolioValue }),
  };
}

function contractEventOf({ line, time, type, asset, gross, fee }: Transaction): ContractEvent {
  return { seq: line, time, type: type as ContractEvent['type'], contract: asset, amount: gross, fee };
}

/** Sales of more than is held at that moment, wallet by wallet where the regime looks at wallets. */
function lackFaults(events: readonly TaxEvent[], { method, scope }: TaxRules, file: string): Fault[] {
  const held = new Map<string, number>();
  const faults: Fault[] = [];
  for (const { seq, time, type, asset, quantity, feeInAsset = 0, wallet } of inReplayOrder(events, method)) {
    const within = scope === 'per-wallet' && wallet !== undefined ? ` in wallet ${wallet}` : '';
    const key = JSON.stringify([asset, within]);
    const before = held.get(key) ?? 0;
    const sold = quantity + feeInAsset;
    if (type !== 'sell') held.set(key, before + quantity);
    else if (sold <= before * (1 + DUST) + DUST) held.set(key, Math.max(0, before - sold));
    else {
      const message = `${sold} ${asset} are sold on ${formatDate(time)}${within}, but ${before} are held`;
      faults.push({
        message,
        hint: 'enter every purchase, with its own date, as a row of type buy or income',
        at: { file, line: seq },
      });
    }
  }
  return faults;
}

function valueFaults(events: readonly TaxEvent[], file: string): Fault[] {
  return events
    .filter(({ type, swapId, portfolioValue }) => type === 'sell' && swapId === undefined && portfolioValue === undefined)
    .map(({ seq }) => ({
      message: 'portfolioValue is missing: the gain is a share of what the whole portfolio is worth',
      hint: 'give the value of all coins just before the sale',
      at: { file, line: seq },
    }));
}

function lotFaults(events: readonly TaxEvent[], method: LotMethod, file: string): Fault[] {
  return events
    .filter(({ lots }) => lots !== undefined)
    .map(({ seq }) => ({
      message: `lots are named, but the method is ${method}`,
      hint: 'use --lots specific-id, or leave the column out',
      at: { file, line: seq },
    }));
}

function linesOf({ disposals, gains }: TaxReplay): StatementLine[] {
  const spot = disposals.flatMap(({ seqs, time, asset, provisional, parts }) =>
    parts.map((part): StatementLine => ({
      kind: 'spot',
      asset,
      lines: seqs,
      lot: part.seq,
      acquired: part.acquired,
      disposed: time,
      quantity: part.quantity,
      proceeds: part.proceeds,
      cost: part.cost,
      denied: part.gain - (part.proceeds - part.cost),
      gain: part.gain,
      class: part.class,
      rule: part.rule,
      provisional,
    })),
  );
  const contracts = gains.kind.flatMap((kind, row): StatementLine[] => {
    if (kind === 'spot') return [];
    return [
      {
        kind: kind as 'derivative' | 'funding',
        asset: gains.asset[row]!,
        lines: [],
        lot: null,
        acquired: null,
        disposed: gains.disposed[row]!,
        quantity: null,
        proceeds: gains.proceeds[row]!,
        cost: gains.cost[row]!,
        denied: 0,
        gain: gains.gain[row]!,
        class: gains.class[row]!,
        rule: '',
        provisional: false,
      },
    ];
  });
  return [...spot, ...contracts].toSorted((a, b) => a.disposed - b.disposed);
}
