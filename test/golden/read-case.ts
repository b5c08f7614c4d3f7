import { readFileSync } from 'node:fs';
import { DAY } from '../../src/core/time.ts';
import type { Market } from '../../src/market/market.ts';
import { marketOf } from '../support/market.ts';

/** An order as the other engine made it. */
export interface GoldenOrder {
  /** UTC ms */
  readonly time: number;
  readonly symbol: string;
  /** Signed. */
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
}

export interface GoldenCase {
  readonly market: Market;
  /** One per bar. */
  readonly equity: readonly number[];
  readonly cash: readonly number[];
  readonly orders: readonly GoldenOrder[];
}

/** Reads a folder beside this file. */
export function readCase(folder: string): GoldenCase {
  const [header, ...prices] = rowsOf(folder, 'prices.csv');
  const [, ...equity] = rowsOf(folder, 'equity.csv');
  const [, ...orders] = rowsOf(folder, 'orders.csv');
  const symbols = header!.slice(1);
  const closes = (column: number): number[] => prices.map((row) => Number(row[column]));
  return {
    market: marketOf({
      spot: Object.fromEntries(symbols.map((symbol, j) => [symbol, closes(j + 1)])),
      start: Date.parse(prices[0]![0]!) - DAY,
    }),
    equity: equity.map(([, value]) => Number(value)),
    cash: equity.map(([, , value]) => Number(value)),
    orders: orders.map(([time, symbol, side, units, price, fee]) => ({
      time: Date.parse(time!),
      symbol: symbol!,
      quantity: side === 'buy' ? Number(units) : -Number(units),
      price: Number(price),
      fee: Number(fee),
    })),
  };
}

function rowsOf(folder: string, file: string): string[][] {
  const text = readFileSync(new URL(`./${folder}/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}
