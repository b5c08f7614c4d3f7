import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REGIMES } from '../../src/tax/regimes.ts';
import { assessYears } from '../support/assess.ts';

const bill = (...args: Parameters<typeof assessYears>): number[] => assessYears(...args).bills;

describe('United States', () => {
  test('an income brings in the bands of the year and the filing status', () => {
    // 2025, single: of 20,000 on top of 40,000 taxable, 8,475 at 12 % and 11,525 at 22 %.
    expect(bill('us', [{ short: 20_000 }], { income: 40_000, year: 2025 })).toEqual([3_552.5]);
    // Joint: all of it within the 12 % band.
    expect(bill('us', [{ short: 20_000 }], { income: 40_000, year: 2025, filing: 'joint' })).toEqual([2_400]);
    // Long-term gain lies above the short-term gain: 40,000 + 5,000, then 3,350 at 0 % and 6,650 at 15 %.
    expect(bill('us', [{ short: 5_000, long: 10_000 }], { income: 40_000, year: 2025 })).toEqual([1_597.5]);
  });

  test('today’s figures are those of 2026, and years before 2024 take those of 2024', () => {
    expect(bill('us', [{ short: 1_000 }], { income: 50_000 })).toEqual([400 * 0.12 + 600 * 0.22]);
    expect(bill('us', [{ short: 1_000 }], { income: 47_000, year: 2020 })).toEqual([150 * 0.12 + 850 * 0.22]);
  });

  test('the net investment income tax is due on what passes the threshold', () => {
    // 190,000 + 20,000: 15 % on all of the long-term gain, 3.8 % on 10,000.
    expect(bill('us', [{ long: 20_000 }], { income: 190_000, year: 2025 })).toEqual([3_000 + 380]);
  });

  test('a net loss saves tax on the income, up to the offset', () => {
    const { bills, carried } = assessYears('us', [{ short: -10_000 }], { income: 60_000, ordinaryOffset: 3_000, year: 2025 });
    expect(bills).toEqual([-660]);
    expect(carried).toMatchObject({ short: 7_000, long: 0 });
  });

  test('a loss of 1256 contracts goes back three years, the earliest first, and is refunded at 60/40', () => {
    const contracts = (result: number) => ({ short1256: 0.4 * result, long1256: 0.6 * result });
    const years = [contracts(1_000), contracts(500), contracts(0), contracts(-1_200)];
    const rates = { short: 0.3, long: 0.2 };
    // 24 % blended.
    const { bills, carried } = assessYears('us', years, { rates });
    expect(bills).toEqual([240, 120, 0, -288]);
    expect(carried).toMatchObject({ short: 0, long: 0, gain1256: 0, gain1256Earliest: 300 });
    // A gain of four years ago is out of reach.
    expect(bill('us', [contracts(1_000), {}, {}, {}, contracts(-100)], { rates }).at(-1)).toBe(0);
    // Only what other gains of the year leave of the loss goes back.
    expect(bill('us', [contracts(1_000), { ...contracts(-100), short: 70 }], { rates })).toEqual([240, -7.2]);
  });

  test('a refund is what the year would have paid less, not more', () => {
    const contracts = (result: number) => ({ short1256: 0.4 * result, long1256: 0.6 * result });
    // The first year's short-term share met another loss: 600 long-term were taxed, and all of that comes back.
    const years = [{ ...contracts(1_000), short: -400 }, contracts(-1_000)];
    const { bills, carried } = assessYears('us', years, { rates: { short: 0.3, long: 0.2 } });
    expect(bills).toEqual([120, -120]);
    expect(carried).toMatchObject({ short: 160, long: 240 });
  });

  test('classes that are netted with others have no rates of their own', () => {
    expect(() => bill('us', [{}], { rates: { short1256: 0.1 } })).toThrow(expect.objectContaining({ code: 'tax-rates-tied' }));
  });
});

describe('United Kingdom', () => {
  test('the exempt amount and the rates are those of the year', () => {
    const gains = (year: number) => bill('uk', [{ gains: 20_000 }], { year })[0];
    expect([2022, 2023, 2025, 2026].map(gains)).toEqual([7_700 * 0.2, 14_000 * 0.2, 17_000 * 0.24, 17_000 * 0.24]);
    expect(bill('uk', [{ gains: 20_000 }])).toEqual([4_080]);
  });

  test('in 2024-25 losses and exempt amount go against the dearer gains first', () => {
    const year = { earlyGains: 5_000, gains: 8_000, losses: -2_000 };
    expect(bill('uk', [year], { year: 2024 })).toEqual([5_000 * 0.2 + 3_000 * 0.24]);
  });

  test('with an income, what is left of the basic-rate band comes first, less income from funding', () => {
    expect(bill('uk', [{ gains: 20_000 }], { income: 30_000 })).toEqual([7_700 * 0.18 + 9_300 * 0.24]);
    expect(bill('uk', [{ gains: 20_000, income: 700 }], { income: 30_000 })).toEqual([7_000 * 0.18 + 10_000 * 0.24 + 140]);
  });

  test('losses go on in full and are used down to the exempt amount', () => {
    const { bills, carried } = assessYears('uk', [{ losses: -5_000 }, { gains: 4_000 }, { gains: 10_000 }]);
    expect(bills).toEqual([0, 0, 3_000 * 0.24]);
    expect(carried).toEqual({ losses: 0, income: 0 });
  });
});

describe('Germany', () => {
  test('the exemption limit is a cliff, of 600 until 2023', () => {
    const gains = (amount: number, year = Infinity) => bill('germany', [{ gains: amount }], { year })[0];
    expect([gains(999.99), gains(1_000), gains(599.99, 2023), gains(600, 2023)]).toEqual([0, 420, 0, 252]);
  });

  test('a loss goes back to the last year, then the one before, and what is left goes on', () => {
    const { bills, carried } = assessYears('germany', [{ gains: 2_000 }, { gains: 1_500 }, { gains: -5_000 }, { gains: 2_500 }]);
    expect(bills).toEqual([840, 630, -0.42 * 3_500, 0.42 * 1_000]);
    expect(carried).toMatchObject({ gains: 0 });
  });

  test('gains that the limit freed make no room for a loss', () => {
    expect(bill('germany', [{ gains: 900 }, { gains: -500 }])).toEqual([0, 0]);
  });

  test('losses of contracts never reach coins, nor the other way', () => {
    expect(bill('germany', [{ gains: 2_000, capital: -5_000 }, { capital: 7_000 }])).toEqual([840, 0.26375 * 1_000]);
    expect(bill('germany', [{ gains: -2_000, capital: 3_000 }])).toEqual([0.26375 * 2_000]);
  });

  test('what was held for more than a year counts neither way', () => {
    expect(bill('germany', [{ gains: 2_000, exempt: -9_000 }, { exempt: 50_000 }])).toEqual([840, 0]);
  });
});

describe('Canada', () => {
  const rates = { gains: 0.25, income: 0.5 };

  test('a capital loss goes back three years, the latest first, then on', () => {
    const { bills, carried } = assessYears(
      'canada',
      [{ gains: 400 }, { gains: 100 }, { gains: 200 }, { gains: -1_000 }, { gains: 500 }],
      { rates },
    );
    expect(bills).toEqual([100, 25, 50, -175, 50]);
    expect(carried).toMatchObject({ gains: 0, gainLastYear: 200 });
  });

  test('a gain of four years ago is out of reach', () => {
    expect(bill('canada', [{ gains: 400 }, {}, {}, {}, { gains: -100 }], { rates }).at(-1)).toBe(0);
  });

  test('a loss on income account reduces the included half of a gain; a capital loss reduces no income', () => {
    // Included 500, less 200: 300 at 50 %.
    expect(bill('canada', [{ gains: 1_000, income: -200 }], { rates })).toEqual([150]);
    expect(bill('canada', [{ gains: -1_000, income: 200 }], { rates })).toEqual([100]);
    expect(bill('canada', [{ gains: 100, income: -200 }, { income: 250 }], { rates })).toEqual([0, 50]);
  });
});

describe('Australia', () => {
  test('losses come off before the discount, against gains without discount first', () => {
    const year = { otherGains: 4_000, discountGains: 20_000, losses: -10_000 };
    expect(bill('australia', [year])).toEqual([0.47 * 7_000]);
  });

  test('a revenue loss reduces discounted gains and goes on; a capital loss never reduces revenue', () => {
    expect(bill('australia', [{ discountGains: 2_000, revenue: -1_400 }, { revenue: 1_000 }])).toEqual([0, 0.47 * 600]);
    expect(bill('australia', [{ losses: -1_000, revenue: 500 }, { otherGains: 1_000 }])).toEqual([235, 0]);
  });

  test('with an income, a revenue loss saves tax on it', () => {
    // 30 % and the levy of 2 %.
    expect(bill('australia', [{ revenue: -1_000 }], { income: 100_000 })).toEqual([-320]);
    expect(bill('australia', [{ discountGains: 2_000 }], { income: 134_500 })).toEqual([500 * 0.3 + 500 * 0.37 + 20]);
  });

  test('a class may have a rate of its own', () => {
    const rates = { otherGains: 0.4, discountGains: 0.2, revenue: 0.5 };
    expect(bill('australia', [{ otherGains: 100, discountGains: 200, revenue: 10 }], { rates })).toEqual([40 + 20 + 5]);
  });
});

describe('France, India, Japan', () => {
  test('France: coins net within their year, and the rate is that of the year', () => {
    expect(
      bill('france', [
        { gains: -500, sales: 400 },
        { gains: 1_000, sales: 5_000 },
      ]),
    ).toEqual([0, 314]);
    expect(bill('france', [{ gains: 1_000, sales: 5_000 }], { year: 2024 })).toEqual([300]);
    expect(bill('france', [{ gains: 1_000, sales: 5_000 }], { profile: 'fr-pfu-30' })).toEqual([300]);
  });

  test('France: losses of contracts reduce gains of contracts for ten years, the oldest first', () => {
    const idle = Array.from({ length: 9 }, () => ({}));
    expect(bill('france', [{ contracts: -100 }, ...idle, { contracts: 100 }]).at(-1)).toBe(0);
    expect(bill('france', [{ contracts: -100 }, ...idle, {}, { contracts: 100 }]).at(-1)).toBe(31.4);
    expect(bill('france', [{ contracts: -100 }, { contracts: -50 }, ...idle, { contracts: 30 }]).at(-1)).toBe(0);
    expect(bill('france', [{ contracts: -100, gains: 200, sales: 306 }])).toEqual([62.8]);
  });

  test('France: a year whose sales bring 305 EUR or less is exempt; contracts are not', () => {
    const year = { gains: 100, contracts: 100 };
    expect(bill('france', [{ ...year, sales: 305 }])).toEqual([31.4]);
    expect(bill('france', [{ ...year, sales: 305.01 }])).toEqual([62.8]);
  });

  test('India: every gain is taxed and no loss counts; contracts are apart, for four years', () => {
    expect(bill('india', [{ gains: 1_000, lost: -5_000 }])).toEqual([312]);
    expect(bill('india', [{ futures: -1_000, gains: 100 }, {}, {}, {}, { futures: 1_000 }])).toEqual([31.2, 0, 0, 0, 0]);
    expect(bill('india', [{ futures: -1_000 }, {}, {}, {}, {}, { futures: 1_000 }]).at(-1)).toBe(312);
  });

  test('Japan: a net loss is lost, and the bands count from the income', () => {
    expect(bill('japan', [{ miscellaneous: -100 }, { miscellaneous: 100 }])).toEqual([0, 43.693]);
    // 950,000 at 5 % and 50,000 at 10 %, with 2.1 % on that, and 10 % local.
    expect(bill('japan', [{ miscellaneous: 1_000_000 }], { income: 1_000_000 })).toEqual([52_500 * 1.021 + 100_000]);
  });
});

test.each(['switzerland', 'singapore', 'uae'])('%s asks nothing of a private investor', (name) => {
  expect(bill(name, [{ result: 1e6 }, { result: -1e6 }])).toEqual([0, 0]);
});

test('a trader in Singapore pays at the top rate, after losses', () => {
  expect(bill('singapore', [{ result: -100 }, { result: 300 }], { profile: 'sg-trader-top' })).toEqual([0, 48]);
});

describe.each(REGIMES.filter(({ taxation }) => taxation !== null))('regime $name, for any results', ({ name, taxation }) => {
  // Columns that only take gains or losses keep their sign; a credit is no result. What sales bring, and with it an exemption, is fixed.
  const onlyGains = ['gains', 'otherGains', 'discountGains', 'earlyGains', 'ordinary', 'income'];
  const bySign = ['us', 'uk', 'australia', 'india'].includes(name);
  const signed = (column: string): number =>
    ['losses', 'lost'].includes(column) ? -1 : bySign && onlyGains.includes(column) ? 1 : 0;
  const classes = taxation!.classes
    .map(({ name: known }) => known)
    .filter((known) => known !== taxation!.withholding?.class && known !== taxation!.proceedsClass);
  const amount = (column: string) => {
    const size = fc.integer({ min: 0, max: 1_000_000 });
    return signed(column) === 0 ? fc.integer({ min: -1_000_000, max: 1_000_000 }) : size.map((value) => signed(column) * value);
  };
  const year = fc
    .record(Object.fromEntries(classes.map((each) => [each, amount(each)])))
    .map((results) => (taxation!.proceedsClass === undefined ? results : { ...results, [taxation!.proceedsClass]: 1_000 }));

  test('a smaller result never raises the bill', () => {
    fc.assert(
      fc.property(year, fc.constantFrom(...classes), fc.integer({ min: 1, max: 500_000 }), (results, column, less) => {
        if (signed(column) === 1 && results[column]! < less) return;
        const [before] = bill(name, [results]);
        const [after] = bill(name, [{ ...results, [column]: results[column]! - less }]);
        expect(after).toBeLessThanOrEqual(before! + 1e-6);
      }),
    );
  });

  test('higher rates never lower the bill of a first year', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const base = Object.values(taxation!.profiles)[0]!.at(-1)!.figures;
    fc.assert(
      fc.property(year, share, (results, factor) => {
        const lower = Object.fromEntries(Object.entries(base).map(([column, rate]) => [column, rate * factor]));
        expect(bill(name, [results], { rates: lower })[0]).toBeLessThanOrEqual(bill(name, [results], { rates: base })[0]! + 1e-6);
      }),
    );
  });

  test('nothing carried is ever below 0, and refunds never exceed what was paid', () => {
    fc.assert(
      fc.property(fc.array(year, { maxLength: 6 }), (drawn) => {
        // Results of 1256 contracts come at 60/40.
        const years = drawn.map((each) => ('short1256' in each ? { ...each, long1256: 1.5 * each['short1256'] } : each));
        const { bills, carried } = assessYears(name, years);
        for (const left of Object.values(carried)) expect(left).toBeGreaterThanOrEqual(-1e-6);
        expect(bills.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });
});
