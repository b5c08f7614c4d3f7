import { describe, expect, test } from 'vitest';
import {
  inverseBankruptcyPrice,
  inverseEntryLiquidationPrice,
  inverseLegsLiquidationPrice,
  inverseLiquidationPrice,
  linearBankruptcyPrice,
  linearEntryLiquidationPrice,
  linearLegsLiquidationPrice,
  linearLiquidationPrice,
  shownPrice,
} from '../../src/venue/liquidation-price.ts';
import { bracketsFrom, flatMaintenance } from '../../src/venue/margin.ts';

/** The one bracket that a worked example names. */
const bracket = (rate: number, amount: number) => [{ floor: 0, rate, amount, maxLeverage: null }];

describe('linear, maintenance at the liquidation mark', () => {
  test("Binance's worked example, isolated long of 3,683.979 ETH", () => {
    const price = linearLiquidationPrice({
      quantity: 3_683.979,
      entry: 1_456.84,
      balance: 1_535_443.01,
      brackets: bracket(0.1, 135_365),
    });
    expect(price).toBeCloseTo(1_114.78, 2);
  });

  test("Binance's worked example, cross long of 109.488 BTC beside that ETH position", () => {
    const otherMaintenance = 3_683.979 * 1_335.18 * 0.1 - 135_365;
    const otherResult = 3_683.979 * (1_335.18 - 1_456.84);
    expect(otherMaintenance).toBeCloseTo(356_512.508, 2);
    expect(otherResult).toBeCloseTo(-448_192.885, 2);
    const balance = 1_535_443.01 - otherMaintenance + otherResult;
    const price = linearLiquidationPrice({ quantity: 109.488, entry: 32_481.98, balance, brackets: bracket(0.025, 16_300) });
    expect(price).toBeCloseTo(26_316.89, 2);
  });

  test('a position sample of the Binance API, its bracket found at the liquidation price', () => {
    const brackets = bracketsFrom([
      [0, 0.004, 125],
      [50_000, 0.005, 100],
      [250_000, 0.01, 50],
    ]);
    const price = linearLiquidationPrice({ quantity: 20, entry: 6_563.665, balance: 13_200.70726908, brackets });
    expect(Math.abs(price! - 5_930.78)).toBeLessThan(0.01);
  });

  test('a 5x short of 1 at 10', () => {
    const price = linearLiquidationPrice({ quantity: -1, entry: 10, balance: 2, brackets: bracket(0.01, 0.01) });
    expect(price).toBeCloseTo(11.89108910891089, 9);
  });

  test('a 5x long of 0.6 at 10', () => {
    const price = linearLiquidationPrice({ quantity: 0.6, entry: 10, balance: 1.2, brackets: bracket(0.01, 0.01) });
    expect(price).toBeCloseTo(8.063973063973064, 9);
  });

  test('OKX reserves the closing fee', () => {
    const price = linearLiquidationPrice({
      quantity: 1,
      entry: 10,
      balance: 10 / 3,
      brackets: flatMaintenance(0.01),
      closingFee: 0.0006,
    });
    expect(price).toBeCloseTo(6.738090425173506, 8);
  });

  test('a fully paid long cannot be liquidated by price', () => {
    expect(linearLiquidationPrice({ quantity: 1, entry: 100, balance: 100, brackets: flatMaintenance(0.004) })).toBeNull();
  });
});

describe('hedge mode', () => {
  test('a long and a short of one contract share one price: that of what they net to, with the maintenance of both', () => {
    const legs = [
      { quantity: 3, entry: 100, rate: 0.01, amount: 0 },
      { quantity: -1, entry: 110, rate: 0.01, amount: 0 },
    ];
    // 50 + 3·(P − 100) − (P − 110) = 0.01·4·P
    expect(linearLegsLiquidationPrice(legs, 50)).toBeCloseTo(140 / 1.96, 9);
  });

  test('so do an inverse long and short', () => {
    const legs = [
      { notional: 3_000, entry: 100, rate: 0.01, amount: 0 },
      { notional: -1_000, entry: 125, rate: 0.01, amount: 0 },
    ];
    // 5 + 3,000·(1/100 − x) − 1,000·(1/125 − x) = 0.01·4,000·x
    expect(inverseLegsLiquidationPrice(legs, 5)).toBeCloseTo(2_040 / 27, 9);
  });

  test('legs that cancel have no price', () => {
    const legs = [
      { quantity: 1, entry: 100, rate: 0, amount: 0 },
      { quantity: -1, entry: 100, rate: 0, amount: 0 },
    ];
    expect(linearLegsLiquidationPrice(legs, 50)).toBeNull();
  });
});

describe('linear, maintenance at entry', () => {
  test("MEXC's 25x long at 50,000", () => {
    const price = linearEntryLiquidationPrice({ side: 'long', entry: 50_000, leverage: 25 }, { rate: 0.004 });
    expect(price).toBeCloseTo(48_200, 6);
  });

  test("Bybit's 50x long at 10,000, and the margin added by hand that lowers it", () => {
    const position = { side: 'long', entry: 10_000, leverage: 50 } as const;
    expect(linearEntryLiquidationPrice(position, { rate: 0.005 })).toBeCloseTo(9_850, 6);
    expect(linearEntryLiquidationPrice({ ...position, extraMargin: 100 }, { rate: 0.005 })).toBeCloseTo(9_750, 6);
    expect(linearEntryLiquidationPrice(position, { rate: 0.005, amount: 10 })).toBeCloseTo(9_840, 6);
  });

  test('samples of the Bybit and BitMEX APIs, to their ticks', () => {
    const bybit = { side: 'long', entry: 1_198.45, leverage: 4.2 } as const;
    expect(Math.abs(linearEntryLiquidationPrice(bybit, { rate: 0.005 })! - 919.1)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(linearBankruptcyPrice(bybit) - 913.15)).toBeLessThanOrEqual(0.05);
    const bitmex = { side: 'long', entry: 1_963, leverage: 3 } as const;
    expect(Math.abs(linearEntryLiquidationPrice(bitmex, { rate: 0.01 })! - 1_328.5)).toBeLessThanOrEqual(0.25);
    expect(Math.abs(linearBankruptcyPrice(bitmex) - 1_308.7)).toBeLessThanOrEqual(0.05);
  });

  test('a short liquidates above its entry', () => {
    const price = linearEntryLiquidationPrice({ side: 'short', entry: 100, leverage: 2 }, { rate: 0.01 });
    expect(price).toBeCloseTo(149, 9);
  });
});

describe('inverse', () => {
  test("OKX's sample: 1 contract of 10 USD on ETH at 10x", () => {
    const price = inverseLiquidationPrice({
      notional: 10,
      entry: 2_566.31,
      balance: 0.0003896645377994,
      brackets: flatMaintenance(0.008),
      closingFee: 0.0005,
    });
    expect(Math.abs(price! - 2_352.8496681818233)).toBeLessThanOrEqual(0.0101);
  });

  test("Bybit's 10x long of 60,000 USD, 2026 form", () => {
    const price = inverseLiquidationPrice({ notional: 60_000, entry: 50_000, balance: 0.12, brackets: flatMaintenance(0.005) });
    expect(price).toBeCloseTo(45_681.8182, 3);
  });

  test('a short whose coins cover it has no liquidation price', () => {
    const price = inverseLiquidationPrice({ notional: -50_000, entry: 50_000, balance: 1, brackets: flatMaintenance(0.004) });
    expect(price).toBeNull();
  });

  test('with maintenance at entry: Bybit, 10x short at 50,000 and 10x long at 11,383.5', () => {
    const short = inverseEntryLiquidationPrice({ side: 'short', entry: 50_000, leverage: 10 }, { rate: 0.005 });
    expect(short).toBeCloseTo(55_248.6188, 3);
    const long = inverseEntryLiquidationPrice({ side: 'long', entry: 11_383.5, leverage: 10 }, { rate: 0.005 });
    expect(Math.abs(long! - 10_396)).toBeLessThanOrEqual(0.5);
  });
});

test('a price is shown at the tick that is reached first', () => {
  expect(shownPrice(10_395.89, 'long', 0.5)).toBe(10_396);
  expect(shownPrice(10_395.89, 'short', 0.5)).toBe(10_395.5);
  expect(shownPrice(10_395.89, 'short', 0)).toBe(10_395.89);
});

describe('bankruptcy', () => {
  test("Bybit's 50x long at 10,000", () => {
    expect(linearBankruptcyPrice({ side: 'long', entry: 10_000, leverage: 50 })).toBeCloseTo(9_800, 6);
  });

  test('margin added by hand moves it away', () => {
    expect(linearBankruptcyPrice({ side: 'short', entry: 100, leverage: 2, extraMargin: 10 })).toBe(160);
    // 1/P = (1/100)·(1 − 1/2) − 0.001
    expect(inverseBankruptcyPrice({ side: 'short', entry: 100, leverage: 2, extraMargin: 0.001 })).toBeCloseTo(250, 9);
  });

  test('a 1x long is never bankrupt above zero', () => {
    expect(linearBankruptcyPrice({ side: 'long', entry: 10_000, leverage: 1 })).toBe(0);
  });

  test('inverse: 10x long at 11,383.5; a 1x short never', () => {
    expect(Math.abs(inverseBankruptcyPrice({ side: 'long', entry: 11_383.5, leverage: 10 })! - 10_348.6)).toBeLessThanOrEqual(
      0.5,
    );
    expect(inverseBankruptcyPrice({ side: 'short', entry: 100, leverage: 1 })).toBeNull();
  });
});
