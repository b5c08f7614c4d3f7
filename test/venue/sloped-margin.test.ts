import { expect, test } from 'vitest';
import { slopedMargin } from '../../src/venue/sloped-margin.ts';

test("Deribit's 25 BTC at 100,000: 2.125 and 1.125 % of 2.5 million, long or short", () => {
  const terms = { initialBase: 0.02, maintenanceBase: 0.01, perCoin: 0.00005 };
  for (const quantity of [25, -25]) {
    const { initial, maintenance } = slopedMargin(terms, quantity, 100_000);
    expect(initial).toBeCloseTo(53_125, 6);
    expect(maintenance).toBeCloseTo(28_125, 6);
  }
});
