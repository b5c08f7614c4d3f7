import { table, type TablesByCoin } from './table.ts';

/** Binance USDT-margined perpetual of BTC early in 2021; floors in USDT. */
export const BINANCE_PERPETUAL_2021: TablesByCoin = {
  BTC: table(
    [
      [0, 0.004, 125],
      [50_000, 0.005, 100],
      [250_000, 0.01, 50],
      [1_000_000, 0.025, 20],
      [10_000_000, 0.05, 10],
      [20_000_000, 0.1, 5],
      [50_000_000, 0.125, 4],
      [100_000_000, 0.15, 3],
      [200_000_000, 0.25, 2],
      [300_000_000, 0.5, 1],
    ],
    500_000_000,
  ),
};

/** Binance USDT-margined quarterlies as of 2026-07-02, clearly stricter than the perpetuals; floors in USDT. */
export const BINANCE_QUARTERLY_2026: TablesByCoin = {
  BTC: table(
    [
      [0, 0.01, 50],
      [50_000, 0.02, 25],
      [375_000, 0.05, 10],
      [2_000_000, 0.1, 5],
      [4_000_000, 0.125, 4],
      [10_000_000, 0.15, 3],
      [20_000_000, 0.25, 2],
      [40_000_000, 0.5, 1],
    ],
    120_000_000,
  ),
  ETH: table(
    [
      [0, 0.01, 50],
      [50_000, 0.02, 25],
      [375_000, 0.05, 10],
      [2_000_000, 0.1, 5],
      [4_000_000, 0.125, 4],
      [10_000_000, 0.15, 3],
      [20_000_000, 0.25, 2],
      [40_000_000, 0.5, 1],
    ],
    120_000_000,
  ),
};

/** Binance coin-margined contracts as they stand since 2022 or later; floors in coin. */
export const BINANCE_COIN_2022: TablesByCoin = {
  BTC: table(
    [
      [0, 0.004, 125],
      [5, 0.005, 100],
      [10, 0.01, 50],
      [20, 0.025, 20],
      [50, 0.05, 10],
      [100, 0.1, 5],
      [200, 0.125, 4],
      [400, 0.15, 3],
      [1_000, 0.25, 2],
    ],
    null,
  ),
};

/** Binance coin-margined contracts early in 2021; floors in coin. */
export const BINANCE_COIN_2021: TablesByCoin = {
  BTC: table(
    [
      [0, 0.004, 125],
      [10, 0.005, 100],
      [20, 0.01, 50],
      [30, 0.025, 20],
      [50, 0.05, 10],
      [100, 0.1, 5],
      [200, 0.125, 4],
      [400, 0.15, 3],
      [1_000, 0.25, 2],
    ],
    null,
  ),
};
