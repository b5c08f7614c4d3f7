import { UsageError, type Fault } from '../../core/errors.ts';
import { didYouMean, nearest } from '../../core/suggest.ts';
import { formatDate, parseDate } from '../../core/time.ts';

/** What the command line says of one decision, as it was typed. */
export interface DecisionTexts {
  /** `SYM=VALUE`, account currency. */
  readonly holding: readonly string[];
  /** `SYM=WEIGHT`, share of everything. */
  readonly target: readonly string[];
  /** `SYM=QTY@COST@DATE`: units, their total cost, day of purchase. */
  readonly lot: readonly string[];
  /** `SYM=P` per unit. */
  readonly price: readonly string[];
}

export interface DecisionLot {
  readonly quantity: number;
  /** Total, account currency. */
  readonly cost: number;
  /** UTC ms */
  readonly acquired: number;
}

/** One coin of the decision. */
export interface DecisionCoin {
  readonly symbol: string;
  /** Account currency. */
  readonly value: number;
  /** Target weight; 0 where none is given. */
  readonly weight: number;
  /** null where none is given. */
  readonly price: number | null;
  /** In the order of their purchase; empty where none are given. */
  readonly lots: readonly DecisionLot[];
}

const WEIGHT_SLACK = 1e-9;
/** A holding and what its lots are worth may differ by this share: people round. */
const VALUE_TOLERANCE = 0.02;

/**
 * Reads holdings, target, lots and prices of one decision. A coin whose value is not given is worth what its lots are.
 *
 * @param on - moment of the decision, UTC ms: no lot is younger
 * @throws {UsageError} `plan-input-wrong`, with all faults
 */
export function readCoins({ holding, target, lot, price }: DecisionTexts, on: number): DecisionCoin[] {
  const faults: Fault[] = [];
  const fault = (message: string, hint?: string): void => void faults.push({ message, ...(hint !== undefined && { hint }) });
  const values = pairs('holding', 'VALUE', 'BTC=7500', holding, fault);
  const weights = pairs('target', 'WEIGHT', 'BTC=0.6', target, fault);
  const prices = pairs('price', 'PRICE', 'BTC=60000', price, fault);
  const lots = lotsOf(lot, on, fault);

  for (const [symbol, value] of prices) if (value === 0) fault(`--price ${symbol}=0: a price is above zero`);
  for (const [symbol, weight] of weights) {
    if (weight > 1) fault(`--target ${symbol}=${weight}: a weight is a share of everything`, 'write 60% as 0.6');
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  if (sum > 1 + WEIGHT_SLACK && [...weights.values()].every((weight) => weight <= 1)) {
    fault(`--target: the weights add up to ${Number(sum.toPrecision(9))}, expected at most 1`, 'what is left of 1 is cash');
  }
  if (weights.size === 0) fault('no --target is given', 'for example --target BTC=0.6 --target ETH=0.4');
  if (values.size === 0 && lots.size === 0)
    fault('nothing is held: no --holding is given, and no --lot', 'for example --holding BTC=7500');

  const held = new Set([...values.keys(), ...lots.keys()]);
  const known = new Set([...held, ...weights.keys()]);
  for (const symbol of prices.keys()) {
    if (!known.has(symbol)) fault(`--price ${symbol}: neither held nor in the target. ${didYouMean(symbol, known)}`);
  }
  for (const symbol of weights.keys()) {
    // A coin to be bought is legitimate; one that looks like a coin without a target is a slip.
    const near = held.has(symbol)
      ? undefined
      : nearest(
          symbol,
          [...held].filter((other) => !weights.has(other)),
        );
    if (near !== undefined) fault(`--target ${symbol}: nothing of it is held. Did you mean "${near}"?`);
  }

  const coins = [...known].map((symbol): DecisionCoin => {
    const own = lots.get(symbol) ?? [];
    const unit = prices.get(symbol) ?? null;
    const worth = unit === null ? null : own.reduce((total, { quantity }) => total + quantity, 0) * unit;
    const value = values.get(symbol) ?? worth ?? 0;
    if (own.length > 0 && !values.has(symbol) && unit === null) {
      fault(`--lot ${symbol}: what the lots are worth is not known`, `give --price ${symbol}=…, or --holding ${symbol}=…`);
    }
    if (own.length > 0 && worth !== null && Math.abs(worth - value) > VALUE_TOLERANCE * Math.max(value, worth)) {
      fault(
        `--holding ${symbol}=${value}: its lots are worth ${Number(worth.toPrecision(9))} at ${unit}`,
        'give all lots, or none',
      );
    }
    return { symbol, value, weight: weights.get(symbol) ?? 0, price: unit, lots: own };
  });
  if (faults.length === 0 && !coins.some(({ value }) => value > 0)) fault('nothing is held: every holding is 0');
  if (faults.length === 0) return coins;
  const [first] = faults;
  throw new UsageError('plan-input-wrong', first!.message, {
    faults: faults.length > 1 ? faults : [],
    hint: first!.hint ?? 'see kedge plan --help',
  });
}

type NoteFault = (message: string, hint?: string) => void;

function pairs(option: string, kind: string, example: string, texts: readonly string[], fault: NoteFault): Map<string, number> {
  const found = new Map<string, number>();
  for (const text of texts) {
    const [symbol, value] = parted(text);
    const amount = numberOf(value);
    if (symbol === '' || !(amount >= 0)) {
      fault(`--${option} ${text}: expected SYM=${kind}, a number that is not negative`, `for example --${option} ${example}`);
    } else if (found.has(symbol)) {
      fault(`--${option} ${symbol} is given more than once`);
    } else {
      found.set(symbol, amount);
    }
  }
  return found;
}

function lotsOf(texts: readonly string[], on: number, fault: NoteFault): Map<string, DecisionLot[]> {
  const found = new Map<string, DecisionLot[]>();
  for (const text of texts) {
    const [symbol, rest] = parted(text);
    const [quantity, cost, date, ...more] = rest.split('@');
    const lot = { quantity: numberOf(quantity), cost: numberOf(cost), acquired: parseDate(date ?? '') };
    if (symbol === '' || more.length > 0 || !(lot.quantity > 0) || !(lot.cost >= 0) || Number.isNaN(lot.acquired)) {
      fault(
        `--lot ${text}: expected SYM=QTY@COST@DATE`,
        'units, their total cost, day of purchase: --lot BTC=0.5@9000@2020-03-01',
      );
    } else if (lot.acquired > on) {
      fault(`--lot ${text}: bought after ${formatDate(on)}, the day of the decision`);
    } else {
      found.set(
        symbol,
        [...(found.get(symbol) ?? []), lot].toSorted((a, b) => a.acquired - b.acquired),
      );
    }
  }
  return found;
}

function parted(text: string): [symbol: string, value: string] {
  const split = text.indexOf('=');
  return split < 0 ? ['', ''] : [text.slice(0, split).trim(), text.slice(split + 1).trim()];
}

// Number('') is 0, which nobody meant.
function numberOf(text: string | undefined): number {
  const value = text === undefined || text === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : NaN;
}
