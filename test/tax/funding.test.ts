import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { FUNDING_READINGS, type FundingReading, fundingReadingsApart } from '../../src/tax/funding.ts';
import { openTaxLedger } from '../../src/tax/open-ledger.ts';
import { findRegime, REGIMES } from '../../src/tax/regimes.ts';
import type { TaxSetup } from '../../src/tax/setup.ts';
import { STRATEGY, at } from '../support/tax.ts';

const PERP = 0;

interface Event {
  readonly date: string;
  /** A payment of funding (positive: received), or a price result that closes the contract. */
  readonly kind: 'funding' | 'close';
  readonly amount: number;
}

/** Bills of the tax years that events fall into, from that of 1 July 2025 on, in the regime's currency. */
function bills(regime: string, funding: FundingReading, events: readonly Event[], changes: Partial<TaxSetup> = {}): number[] {
  const ledger = openTaxLedger(
    { regime, payFrom: 'outside', funding, law: 'today', ...changes },
    {
      assets: ['BTC'],
      contracts: ['BTC-PERP'],
      start: at('2025-07-01'),
      currency: findRegime(regime).currency!,
      keepGains: false,
    },
  );
  for (const { date, kind, amount } of events) {
    const time = at(date);
    ledger.closeYears(time);
    if (kind === 'funding') ledger.contractFunding(PERP, amount, time);
    else ledger.contractReduce(PERP, 1, amount, time, STRATEGY);
  }
  ledger.closeYears(ledger.yearEnd);
  return ledger.years().map(({ tax }) => Number(tax.toFixed(6)) + 0);
}

function received(amount: number, date = '2025-08-01'): Event {
  return { date, kind: 'funding', amount };
}

function paid(amount: number, date = '2025-09-01'): Event {
  return { date, kind: 'funding', amount: -amount };
}

function closed(amount: number, date = '2025-10-01'): Event {
  return { date, kind: 'close', amount };
}

// Under `result` / `income` / `income-both-ways`: what the last tax year of the events costs.
const MORE_RECEIVED = [received(6_000), paid(2_000), closed(10_000)];
const MORE_PAID = [received(2_000), paid(6_000), closed(10_000)];
const ONLY_PAID = [paid(4_000), closed(10_000)];

describe('the three readings of funding, by hand', () => {
  test.each<[regime: string, changes: Partial<TaxSetup>, bills: Record<'moreReceived' | 'morePaid' | 'onlyPaid', number[]>]>([
    [
      // 40 % on all. Both ways, a net payment lowers the bill at the ordinary rate.
      'us',
      { rates: { short: 0.4, long: 0.2 } },
      { moreReceived: [5_600, 6_400, 5_600], morePaid: [2_400, 4_800, 2_400], onlyPaid: [2_400, 4_000, 2_400] },
    ],
    [
      // 60/40 at 40 and 20 %: 28 % on what is in the result, 40 % on ordinary income.
      'us',
      { rates: { short: 0.4, long: 0.2 }, contracts: 'section-1256' },
      { moreReceived: [3_920, 5_200, 4_400], morePaid: [1_680, 3_600, 1_200], onlyPaid: [1_680, 2_800, 1_200] },
    ],
    [
      // Gains above 3,000 at 24 %, miscellaneous income at 40 %, which a net payment does not leave.
      'uk',
      {},
      { moreReceived: [2_640, 4_080, 3_280], morePaid: [720, 2_480, 1_680], onlyPaid: [720, 1_680, 1_680] },
    ],
    [
      // Capital income above 1,000 at 26.375 %, payments in it or lost.
      'germany',
      {},
      {
        moreReceived: [13_000 * 0.26375, 15_000 * 0.26375, 13_000 * 0.26375],
        morePaid: [5_000 * 0.26375, 11_000 * 0.26375, 5_000 * 0.26375],
        onlyPaid: [5_000 * 0.26375, 9_000 * 0.26375, 5_000 * 0.26375],
      },
    ],
    [
      // 20 % on the whole of a capital gain, 40 % on income, whose loss takes off twice the gain.
      'canada',
      { rates: { gains: 0.2, income: 0.4 } },
      { moreReceived: [2_800, 3_600, 3_600], morePaid: [1_200, 400, 400], onlyPaid: [1_200, 400, 400] },
    ],
    [
      'canada',
      { rates: { gains: 0.2, income: 0.4 }, contracts: 'income' },
      { moreReceived: [5_600, 5_600, 5_600], morePaid: [2_400, 2_400, 2_400], onlyPaid: [2_400, 2_400, 2_400] },
    ],
    [
      'australia',
      { rates: { revenue: 0.4 } },
      { moreReceived: [5_600, 5_600, 5_600], morePaid: [2_400, 2_400, 2_400], onlyPaid: [2_400, 2_400, 2_400] },
    ],
    [
      'france',
      { profile: 'fr-pfu-30' },
      { moreReceived: [4_200, 4_200, 4_200], morePaid: [1_800, 1_800, 1_800], onlyPaid: [1_800, 1_800, 1_800] },
    ],
    [
      'japan',
      { rates: { miscellaneous: 0.4 } },
      { moreReceived: [5_600, 5_600, 5_600], morePaid: [2_400, 2_400, 2_400], onlyPaid: [2_400, 2_400, 2_400] },
    ],
    [
      // 30 % on receipts as on a coin's gain, 20 % on business income.
      'india',
      { rates: { gains: 0.3, futures: 0.2 } },
      { moreReceived: [2_800, 3_800, 2_800], morePaid: [1_200, 2_600, 1_200], onlyPaid: [1_200, 2_000, 1_200] },
    ],
    [
      // The contract at 30 % like a coin. Its price gain of 10,000 is not what business payments reduce.
      'india',
      { rates: { gains: 0.3, futures: 0.2 }, contracts: 'vda' },
      { moreReceived: [4_200, 4_800, 3_800], morePaid: [1_800, 3_600, 3_000], onlyPaid: [1_800, 3_000, 3_000] },
    ],
    ['switzerland', {}, { moreReceived: [0, 0, 0], morePaid: [0, 0, 0], onlyPaid: [0, 0, 0] }],
    ['singapore', {}, { moreReceived: [0, 0, 0], morePaid: [0, 0, 0], onlyPaid: [0, 0, 0] }],
    [
      'singapore',
      { profile: 'sg-trader-top' },
      { moreReceived: [3_360, 3_360, 3_360], morePaid: [1_440, 1_440, 1_440], onlyPaid: [1_440, 1_440, 1_440] },
    ],
    ['uae', {}, { moreReceived: [0, 0, 0], morePaid: [0, 0, 0], onlyPaid: [0, 0, 0] }],
  ])('%s, %j', (regime, changes, { moreReceived, morePaid, onlyPaid }) => {
    const last = (events: readonly Event[]): (number | undefined)[] =>
      FUNDING_READINGS.map((funding) => bills(regime, funding, events, changes).at(-1));
    const close = (amounts: number[]): unknown => amounts.map((amount) => expect.closeTo(amount, 4));
    expect(last(MORE_RECEIVED)).toEqual(close(moreReceived));
    expect(last(MORE_PAID)).toEqual(close(morePaid));
    expect(last(ONLY_PAID)).toEqual(close(onlyPaid));
  });
});

describe('a payment in a year without receipts', () => {
  const years = [paid(3_000), closed(0, '2026-10-01'), received(5_000, '2026-11-01')];

  test('is lost in the United States where the account pays no tax that it could lower', () => {
    const rates = { short: 0.4, long: 0.2 };
    expect(bills('us', 'income-both-ways', years, { rates })).toEqual([0, 2_000]);
    expect(bills('us', 'income', years, { rates })).toEqual([0, 2_000]);
  });

  test('reduces the holder’s income in the United States, where that is known', () => {
    // 2026, single: 3,000 of 50,000 lie in the 12 % band.
    expect(bills('us', 'income-both-ways', [paid(3_000)], { income: 50_000 })).toEqual([-360]);
    expect(bills('us', 'income', [paid(3_000)], { income: 50_000 })).toEqual([0]);
  });

  test('goes on against later receipts in the United Kingdom', () => {
    expect(bills('uk', 'income-both-ways', years)).toEqual([0, 0.4 * 2_000]);
    expect(bills('uk', 'income', years)).toEqual([0, 0.4 * 5_000]);
  });

  test('in the United Kingdom leaves gains the whole basic-rate band while it goes on', () => {
    const later = [paid(3_000), received(3_000, '2026-05-01'), closed(20_000, '2026-06-01')];
    // 30,000 of income: 7,700 of the 17,000 above the exempt amount at 18 %, the rest at 24 %.
    expect(bills('uk', 'income-both-ways', later, { income: 30_000 })).toEqual([0, 7_700 * 0.18 + 9_300 * 0.24]);
    expect(bills('uk', 'income', later, { income: 30_000 })).toEqual([0, 4_700 * 0.18 + 12_300 * 0.24 + 600]);
  });

  test('goes on as a loss of its class where that has one', () => {
    expect(bills('germany', 'income-both-ways', years)).toEqual([0, 1_000 * 0.26375]);
    expect(bills('india', 'income-both-ways', years)).toEqual([0, 2_000 * 0.312]);
    expect(bills('canada', 'income-both-ways', years, { rates: { gains: 0.2, income: 0.4 } })).toEqual([0, 800]);
    expect(bills('australia', 'income-both-ways', years, { rates: { revenue: 0.4 } })).toEqual([0, 800]);
    // Japan: a net loss of a year is lost.
    expect(bills('japan', 'income-both-ways', years, { rates: { miscellaneous: 0.4 } })).toEqual([0, 2_000]);
  });
});

test('payments beyond all other income come off a long-term gain in the United States', () => {
  const taxation = findRegime('us').taxation!;
  const choices = { rates: [], ordinaryOffset: 0, year: 2026, income: 1_000, filing: null };
  const results = Float64Array.of(0, 60_000, -11_000, 0, 0);
  // 1,000 less 11,000, and 50,000 of gain are left: 550 above the 0 % band. The income’s own 10 % come back.
  expect(taxation.assess(choices).bill(results, new Float64Array(taxation.carried.length))).toBeCloseTo(550 * 0.15 - 100, 9);
});

describe('readings that a regime tells apart', () => {
  const apart = (regime: string): FundingReading[][][] => {
    const { taxation } = findRegime(regime);
    return taxation!.contracts.map((treatment) => fundingReadingsApart(taxation!, treatment));
  };
  const [result, income, bothWays] = FUNDING_READINGS;

  test.each<[string, FundingReading[][][]]>([
    [
      'us',
      [
        [[result], [income], [bothWays]],
        [[result], [income], [bothWays]],
      ],
    ],
    ['uk', [[[result], [income], [bothWays]]]],
    ['germany', [[[result, bothWays], [income]]]],
    ['canada', [[[result], [income, bothWays]], [[result, income, bothWays]]]],
    ['australia', [[[result, income, bothWays]]]],
    ['france', [[[result, income, bothWays]]]],
    ['japan', [[[result, income, bothWays]]]],
    [
      'india',
      [
        [[result, bothWays], [income]],
        [[result], [income], [bothWays]],
      ],
    ],
    ['switzerland', [[[result, income, bothWays]]]],
    ['singapore', [[[result, income, bothWays]]]],
    ['uae', [[[result, income, bothWays]]]],
  ])('%s', (regime, groups) => {
    expect(apart(regime)).toEqual(groups);
  });

  test('cover every regime that taxes', () => {
    for (const { name, taxation } of REGIMES) if (taxation) expect(apart(name).flat(2).length % 3).toBe(0);
  });
});

describe('under equal rates', () => {
  const RUNS = { numRuns: 150 };
  const DAYS = fc.constantFrom(0, 1, 29, 90, 180, 365);
  const events = fc
    .array(
      fc.record({
        kind: fc.constantFrom('funding' as const, 'funding' as const, 'close' as const),
        amount: fc.integer({ min: -20, max: 20 }).map((steps) => 1_000 * steps),
        days: DAYS,
      }),
      { maxLength: 12 },
    )
    .map((steps) => {
      let time = at('2025-07-01');
      const dated = steps.map(({ kind, amount, days }) => ({
        kind,
        amount,
        date: new Date((time += days * DAY)).toISOString().slice(0, 10),
      }));
      // What is open at the end is closed, so that every reading has counted everything.
      return [...dated, closed(0, dated.at(-1)?.date ?? '2025-07-01')];
    });
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const asymmetric = REGIMES.filter(({ taxation }) => taxation !== null && taxation.fundingIncome.paid === null).map(
    ({ name }) => name,
  );
  const oneRate = (regime: string, rate: number): Record<string, number> => {
    const { classes, profiles, defaultProfile } = findRegime(regime).taxation!;
    const rated = Object.keys(profiles[defaultProfile]!.at(-1)!.figures);
    return Object.fromEntries(
      classes
        .filter(({ name, rateOf }) => rated.includes(name) || rated.includes(rateOf ?? ''))
        .map(({ name }) => [name, name === 'exempt' ? 0 : rate]),
    );
  };

  test.each(asymmetric)('no reading costs more in %s than payments that are lost', (regime) => {
    fc.assert(
      fc.property(events, (list) => {
        const rates = oneRate(regime, 0.4);
        const [netted = [], lost = [], both = []] = FUNDING_READINGS.map((funding) => bills(regime, funding, list, { rates }));
        // Inside the result, receipts gather in the year of the close, and a saver allowance of the years before may go unused.
        const unused = regime === 'germany' ? 0.4 * 1_000 * (lost.length - 1) : 0;
        expect(sum(netted)).toBeLessThanOrEqual(sum(lost) + unused + 1e-6);
        expect(sum(both)).toBeLessThanOrEqual(sum(lost) + 1e-6);
      }),
      RUNS,
    );
  });

  test.each(REGIMES.filter(({ taxation }) => taxation !== null).map(({ name }) => name))(
    'a higher rate never lowers the bills of %s, under any reading',
    (regime) => {
      fc.assert(
        fc.property(events, fc.constantFrom(...FUNDING_READINGS), (list, funding) => {
          const billed = (rate: number): number => sum(bills(regime, funding, list, { rates: oneRate(regime, rate) }));
          expect(billed(0.4)).toBeGreaterThanOrEqual(billed(0.2) - 1e-6);
        }),
        RUNS,
      );
    },
  );
});
