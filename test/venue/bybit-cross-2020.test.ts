import { expect, test } from 'vitest';
import { bybitInverseCross2020 } from '../../src/venue/bybit-cross-2020.ts';

const LONG = { notional: 10_000, entry: 8_000, balance: 0.5, orderMargin: 0, maintenanceRate: 0.005, takerFee: 0.00075 };

test("Bybit's example: 10,000 USD long at 8,000 with half a bitcoin", () => {
  const { bankruptcy, liquidation } = bybitInverseCross2020(LONG);
  expect(bankruptcy).toBeCloseTo(5_718.57, 2);
  // The page rounds up to its tick of 0.5: 5,739.5.
  expect(liquidation).toBeCloseTo(5_739.08, 2);
});

test('coin reserved for open orders brings both prices nearer', () => {
  const { bankruptcy, liquidation } = bybitInverseCross2020({ ...LONG, orderMargin: 0.1 });
  expect(bankruptcy).toBeGreaterThan(5_718.57);
  expect(liquidation).toBeGreaterThan(5_739.08);
});

test('a short liquidates above its entry, and below where it is bankrupt', () => {
  const { bankruptcy, liquidation } = bybitInverseCross2020({ ...LONG, notional: -10_000, takerFee: 0 });
  // 10,000 / (1.25 − 0.5), and 1/LP = 1/8,000 − (0.5 − 0.00625) / 10,000.
  expect(bankruptcy).toBeCloseTo(13_333.333, 3);
  expect(liquidation).toBeCloseTo(1 / (1 / 8_000 - 0.49375 / 10_000), 6);
});

test('a short whose coins cover it has neither price', () => {
  expect(bybitInverseCross2020({ ...LONG, notional: -10_000, balance: 1.25 })).toEqual({ bankruptcy: null, liquidation: null });
});
