import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Account } from '../../src/engine/account.ts';
import type { Kernel } from '../../src/engine/kernel.ts';
import { MarginGuard } from '../../src/engine/margin-guard.ts';
import { RANGE_BITS, markRanges } from '../../src/engine/mark-ranges.ts';
import { compileTerms } from '../../src/engine/terms.ts';
import { resolveVenue } from '../../src/venue/resolve.ts';
import { maintenanceMargin } from '../../src/venue/margin.ts';
import { RANDOM_ACCOUNT, randomMarket, randomTrader } from '../support/random-run.ts';
import { leanRun, plainRun } from '../support/run.ts';

const STRETCH = 1 << RANGE_BITS;
const BANDS = [
  { from: 0, rate: 0.01 },
  { from: 300, rate: 0.05 },
];
const SETTING = {
  preset: 'none',
  fees: { spot: { maker: 0.0005, taker: 0.001 }, perpetual: { maker: 0.0002, taker: 0.0005 } },
  maintenance: { BTC: BANDS, ETH: BANDS },
  liquidationFee: 0.01,
} as const;
const VENUE = resolveVenue(SETTING);

/** A guard over a BTC and an ETH perpetual (instruments 2 and 3), and the account it reads. */
function guarded(seed: number, quantities: readonly [number, number], cash: number, minMarginRatio = Infinity) {
  const market = randomMarket(seed, { bars: 2 * STRETCH, sigma: 0.02 });
  const account = new Account(market, cash, 3);
  quantities.forEach((quantity, k) => {
    if (quantity !== 0) account.move(2 + k, quantity, market.columns.mark[(2 + k) * market.length]!);
  });
  const terms = compileTerms(market, VENUE);
  const kernel = { account, market, terms, spotCount: 2, margin: { lone: true }, recorder: { full: false }, minMarginRatio };
  /** Balance, maintenance and initial margin at given marks. */
  const exact = (marks: readonly [number, number]) => {
    let [balance, maintenance, initial] = [account.cash, 0, 0];
    marks.forEach((mark, k) => {
      const notional = Math.abs(quantities[k]!) * mark;
      balance += account.unrealised(2 + k, mark);
      maintenance += maintenanceMargin(terms.brackets[k]!, notional);
      initial += notional / 3;
    });
    return { balance, maintenance, initial };
  };
  /** The marks of all corners of a bar, and of its close. */
  const corners = (bar: number): (readonly [number, number])[] => {
    const { mark, markOpen, markHigh, markLow } = market.columns;
    const of = (j: number): number[] => [mark, markOpen, markHigh, markLow].map((column) => column[j * market.length + bar]!);
    return of(2).flatMap((btc) => of(3).map((eth) => [btc, eth] as const));
  };
  return { market, account, exact, corners, guard: new MarginGuard(kernel as unknown as Kernel) };
}

const units = fc.oneof(fc.constant(0), fc.double({ min: -10, max: 10, noNaN: true }));
const bars = fc.integer({ min: 0, max: 2 * STRETCH - 1 });

test('what the guard proves of a bar holds at all of its marks', () => {
  let [proved, left] = [0, 0];
  fc.assert(
    fc.property(
      ...[fc.integer({ min: 1, max: 50 }), units, units, bars],
      ...[fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0.5, max: 15, noNaN: true })],
      (seed, btc, eth, bar, backing, seen) => {
        // Backed by nothing to three times what is held: near enough to every threshold.
        const cash = backing * (Math.abs(btc) * 100 + Math.abs(eth) * 10);
        const { exact, corners, guard } = guarded(seed, [btc, 10 * eth], cash, seen);
        const [clears, covers, free, reserved] = [
          guard.clears(bar),
          guard.covers(bar, 0.5),
          guard.leastFree(bar),
          guard.mostReserved(bar),
        ];
        if (clears) proved++;
        else left++;
        for (const marks of corners(bar)) {
          const { balance, maintenance, initial } = exact(marks);
          if (clears) expect(balance).toBeGreaterThan(Math.max(1, seen) * maintenance);
          if (covers) expect(balance).toBeGreaterThanOrEqual(0.5 * initial);
          expect(free).toBeLessThanOrEqual(balance - initial);
          expect(reserved).toBeGreaterThanOrEqual(initial - (balance - cash));
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(Math.min(proved, left)).toBeGreaterThan(20);
});

test('what it knows follows cash at once, positions when they move and marks from stretch to stretch', () => {
  const { account, market, guard } = guarded(1, [-1, 0], 500, 100);
  const perp = 2 * market.length;
  expect(guard.clears(0)).toBe(true);
  account.cash = 50;
  expect(guard.clears(0)).toBe(false);
  account.cash = 500;
  account.move(2, -9, market.columns.mark[perp]!);
  expect(guard.clears(0)).toBe(false);
  const before = guard.mostReserved(STRETCH - 1);
  expect(guard.mostReserved(0)).toBe(before);
  expect(guard.mostReserved(STRETCH)).not.toBe(before);
});

test('nothing is cleared before a ratio was seen, nor where a record wants that of every bar', () => {
  expect(guarded(1, [-1, 0], 1e6).guard.clears(0)).toBe(false);
  const { account, market } = guarded(1, [-1, 0], 1e6);
  const kernel = { account, market, terms: compileTerms(market, VENUE), spotCount: 2, margin: { lone: true } };
  const full = new MarginGuard({ ...kernel, recorder: { full: true }, minMarginRatio: 2 } as unknown as Kernel);
  expect(full.clears(0)).toBe(false);
  expect(full.covers(0, 0.5)).toBe(true);
});

test('ranges span the marks of their stretch, the last one what is left', () => {
  const market = randomMarket(3, { bars: STRETCH + 2 });
  const { stretches, low, high } = markRanges(market);
  expect(stretches).toBe(2);
  const { markHigh, markLow } = market.columns;
  const last = [3 * market.length + STRETCH, 3 * market.length + STRETCH + 2] as const;
  expect(low[3]).toBe(Math.min(...markLow.subarray(...last)));
  expect(high[3]).toBe(Math.max(...markHigh.subarray(...last)));
});

test('lean runs, which skip what is proved, end as full ones, which test every bar', () => {
  let [liquidated, spared] = [0, 0];
  for (let seed = 1; seed <= 60; seed++) {
    const market = randomMarket(seed, { bars: 3 * STRETCH, sigma: 0.03 });
    const options = {
      venue: SETTING,
      account: {
        ...RANDOM_ACCOUNT,
        leverage: 1 + (seed % 10),
        marginCall: { at: 0.5, to: 1, from: seed % 2 ? 'spot' : 'none' },
        interest: seed % 3 ? { cash: 0, borrow: 0 } : RANDOM_ACCOUNT.interest!,
        intrabar: seed % 5 ? 'independent' : 'correlated',
      },
    } as const;
    const lean = leanRun(market, randomTrader(seed, { unit: 8 }), options);
    const full = plainRun(market, randomTrader(seed, { unit: 8 }), options);
    expect(lean.totals).toEqual(full.totals);
    expect(lean.equity).toEqual(full.equity);
    if (full.totals.liquidations > 0) liquidated++;
    else if (full.totals.minMarginRatio !== null) spared++;
  }
  expect(Math.min(liquidated, spared)).toBeGreaterThan(5);
});
