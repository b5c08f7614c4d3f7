import { describe, expect, test } from 'vitest';
import type { TaxLedger } from '../../src/tax/ledger.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { STRATEGY, at } from '../support/tax.ts';

// What decides between trimming spot and hedging it, regime by regime, in the regime's own currency.

const BTC = 0;
const ETH = 1;
const PERP = 0;

function open(regime: string, currency: string, changes: Partial<TaxSetup> = {}): TaxLedger {
  return openTaxLedger(
    { regime, payFrom: 'portfolio', funding: 'result', law: 'today', ...changes },
    {
      assets: ['BTC', 'ETH'],
      contracts: ['BTC-PERP'],
      coinOf: [BTC],
      start: at('2025-07-01'),
      currency,
      keepGains: true,
    },
  );
}

/** A coin bought for 10,000 and trimmed at a gain of 5,000 within the year, while a hedge loses as much. */
function trimmedAndHedged(ledger: TaxLedger): number {
  ledger.acquire(BTC, 1, 10_000, 0, at('2025-07-02'));
  ledger.dispose(BTC, 0.5, 10_000, 0, at('2025-10-01'), STRATEGY);
  const before = ledger.accrued();
  ledger.contractReduce(PERP, 1, -5_000, at('2025-10-02'), STRATEGY);
  return before - ledger.accrued();
}

describe('a hedge’s loss of 5,000 against a gain of 5,000 on the coin', () => {
  test.each([
    ['germany', 'EUR'],
    ['france', 'EUR'],
    ['india', 'INR'],
  ])('does not reach it in %s', (regime, currency) => {
    const ledger = open(regime, currency);
    if (ledger.wants.portfolioValue) ledger.see(20_000);
    expect(trimmedAndHedged(ledger)).toBe(0);
    expect(ledger.accrued()).toBeGreaterThan(0);
  });

  test.each([
    ['us', 'USD', 0.388 * 5_000],
    // 3,000 of the 5,000 are exempt.
    ['uk', 'GBP', 0.24 * 2_000],
  ])('wipes it out in the %s', (regime, currency, saved) => {
    expect(trimmedAndHedged(open(regime, currency))).toBeCloseTo(saved, 9);
  });

  test('leaves 42 % of the gain to pay in Germany, the same as without the hedge', () => {
    const ledger = open('germany', 'EUR');
    trimmedAndHedged(ledger);
    expect(ledger.accrued()).toBeCloseTo(0.42 * 5_000, 9);
  });
});

describe('a swap of coin for coin', () => {
  test('is untaxed in France and taxed in Germany within the year', () => {
    const bills = (['france', 'germany'] as const).map((regime) => {
      const ledger = open(regime, 'EUR');
      ledger.acquire(BTC, 1, 10_000, 0, at('2025-07-02'));
      ledger.decide(20_000);
      ledger.dispose(BTC, 0.5, 10_000, 0, at('2025-10-01'), STRATEGY);
      ledger.acquire(ETH, 5, 10_000, 0, at('2025-10-01'));
      ledger.decided();
      return ledger.accrued();
    });
    expect(bills).toEqual([0, expect.closeTo(0.42 * 5_000, 9)]);
  });
});

describe('the exemption after a year in Germany', () => {
  test('is lost on what is trimmed within it, and kept by a hedge that costs 26.375 % of its own gain', () => {
    const trimmed = open('germany', 'EUR');
    trimmed.acquire(BTC, 1, 10_000, 0, at('2025-07-02'));
    trimmed.dispose(BTC, 1, 20_000, 0, at('2026-06-01'), STRATEGY);
    const hedged = open('germany', 'EUR');
    hedged.acquire(BTC, 1, 10_000, 0, at('2025-07-02'));
    hedged.contractMoved(PERP, -1, 20_000, at('2025-12-01'));
    hedged.closeYears(at('2026-01-01'));
    // The coin falls from 20,000 to 16,000: the hedge wins what the coin loses.
    hedged.contractReduce(PERP, 1, 4_000, at('2026-07-03'), STRATEGY);
    hedged.contractMoved(PERP, 0, 16_000, at('2026-07-03'));
    hedged.dispose(BTC, 1, 16_000, 0, at('2026-07-03'), STRATEGY);
    trimmed.closeYears(at('2026-01-01'));
    // 42 % of 10,000; and 26.375 % of 4,000 over the saver allowance of 1,000.
    expect(trimmed.accrued()).toBeCloseTo(4_200, 9);
    expect(hedged.accrued()).toBeCloseTo(0.26375 * 3_000, 9);
  });
});

describe('a US hedge on a lot under a year', () => {
  test('restarts its clock when the flag is on, so that the hedge costs the long-term rate', () => {
    const [plain, straddled] = [false, true].map((straddles) => {
      const ledger = open('us', 'USD', { straddles });
      ledger.acquire(BTC, 1, 10_000, 0, at('2025-07-02'));
      ledger.contractMoved(PERP, -1, 10_000, at('2025-09-01'));
      ledger.closeYears(at('2026-01-01'));
      ledger.contractReduce(PERP, 1, 0, at('2026-02-01'), STRATEGY);
      ledger.contractMoved(PERP, 0, 10_000, at('2026-02-01'));
      ledger.dispose(BTC, 1, 20_000, 0, at('2026-08-01'), STRATEGY);
      return ledger.accrued();
    });
    expect(plain).toBeCloseTo(0.188 * 10_000, 9);
    expect(straddled).toBeCloseTo(0.388 * 10_000, 9);
  });
});
