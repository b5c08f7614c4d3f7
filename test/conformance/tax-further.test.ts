import { describe, expect, test } from 'vitest';
import type { TaxExample } from './tax/example.ts';
import { verify } from './tax/verify.ts';

type Row = [date: string, type: string, asset: string, qty: number, gross: number, more?: object];

/** Cases of the same kinds as the file's, computed by hand: other years, methods, orders and signs than it has. */
function check(kind: string, regime: string, method: string, input: object, expected: object): void {
  const example: TaxExample = {
    id: 'further',
    title: 'by hand',
    kind,
    regime,
    method,
    currency: 'USD',
    input,
    expected,
    tolerance: { abs: 1e-6 },
  };
  expect(() => verify(example)).not.toThrow();
}

function events(...rows: Row[]): object[] {
  return rows.map(([date, type, asset, qty, gross, more], k) => ({ seq: k + 1, date, type, asset, qty, gross, ...more }));
}

describe('lots', () => {
  test('the cheapest first, a fee in cash and one in the coin', () => {
    const list = events(
      ['2024-01-01', 'buy', 'A', 10, 200],
      ['2024-01-02', 'income', 'A', 10, 100],
      ['2024-01-03', 'sell', 'A', 11, 330, { fee: 6, feeInAsset: 1 }],
    );
    check(
      'spot-lots',
      'us-or-generic',
      'lofo',
      { events: list },
      {
        disposals: [
          {
            seq: 3,
            qty: 12,
            proceeds: 324,
            cost: 140,
            gain: 184,
            parts: [
              { lotSeq: 2, qty: 10, cost: 100, proceeds: 270, gain: 170, term: 'short' },
              { lotSeq: 1, qty: 2, cost: 40, proceeds: 54, gain: 14, term: 'short' },
            ],
          },
        ],
        closingLots: [{ lotSeq: 1, asset: 'A', qty: 8, cost: 160 }],
      },
    );
  });

  test('the dearest first, with ties to the older and its fee left out of the order', () => {
    const list = events(
      ['2024-01-01', 'buy', 'A', 1, 50],
      ['2024-01-02', 'buy', 'A', 1, 50, { fee: 9 }],
      ['2024-01-03', 'buy', 'A', 1, 55],
      ['2025-01-02', 'sell', 'A', 2, 140],
    );
    check(
      'spot-lots',
      'us',
      'hifo',
      { events: list },
      {
        disposals: [
          {
            parts: [
              { lotSeq: 3, gain: 15, term: 'short' },
              { lotSeq: 1, gain: 20, term: 'long' },
            ],
          },
        ],
        totals: { gain: 35, shortTerm: 15, longTerm: 20, byCalendarYear: { 2025: { gain: 35, longTerm: 20 } } },
        closingLots: [{ lotSeq: 2, cost: 59 }],
      },
    );
  });

  test('wallet by wallet, several coins, and lots that are named', () => {
    const list = events(
      ['2025-01-01', 'buy', 'A', 1, 10, { wallet: 'X' }],
      ['2025-01-02', 'buy', 'A', 1, 20, { wallet: 'Y' }],
      ['2025-01-03', 'buy', 'A', 1, 30, { wallet: 'Y' }],
      ['2025-01-04', 'buy', 'B', 4, 40, { wallet: 'X' }],
      ['2025-02-01', 'sell', 'A', 1, 35, { wallet: 'Y', lots: [3] }],
      ['2025-02-02', 'sell', 'B', 1, 9, { wallet: 'X' }],
    );
    check(
      'spot-lots',
      'us',
      'specific-id',
      { events: list, lotScope: 'per-wallet' },
      {
        disposals: [
          { seq: 5, gain: 5, parts: [{ lotSeq: 3 }] },
          { seq: 6, gain: -1, parts: [{ lotSeq: 4 }] },
        ],
        closingLots: [
          { lotSeq: 1, asset: 'A', qty: 1, cost: 10 },
          { lotSeq: 2, asset: 'A', qty: 1, cost: 20 },
          { lotSeq: 4, asset: 'B', qty: 3, cost: 30 },
        ],
      },
    );
  });

  test('the yearly average begins each year with what the last left', () => {
    const list = events(
      ['2023-01-01', 'buy', 'A', 2, 200],
      ['2023-03-01', 'sell', 'A', 1, 150],
      ['2023-06-01', 'buy', 'A', 2, 400],
      ['2024-02-01', 'sell', 'A', 1, 300],
      ['2024-03-01', 'buy', 'A', 1, 450],
    );
    // 2023: 600 over 4 units. 2024: 3 left at 450, and 450 more, over 4.
    check(
      'spot-average',
      'japan',
      'average-yearly',
      { events: list },
      {
        disposals: [
          { seq: 2, cost: 150, gain: 0 },
          { seq: 4, cost: 225, gain: 75 },
        ],
        totals: { gain: 75, byCalendarYear: { 2023: { gain: 0 }, 2024: { gain: 75 } } },
        closingPools: [{ asset: 'A', qty: 3, cost: 675 }],
      },
    );
  });
});

describe('share matching', () => {
  test('day 30 counts and day 31 does not; earlier sales come first; a day’s purchases are one', () => {
    const list = events(
      ['2024-05-01', 'sell', 'A', 4, 80],
      ['2024-05-02', 'sell', 'A', 4, 100],
      ['2024-05-31', 'buy', 'A', 2, 30],
      ['2024-05-31', 'buy', 'A', 3, 45, { time: '12:00:00' }],
      ['2024-06-02', 'buy', 'A', 1, 99],
    );
    // 31 May is day 30 of the first sale; 2 June is day 31 of the second.
    check(
      'uk-share-matching',
      'uk',
      'uk-share-matching',
      { events: list, openingPools: [{ asset: 'A', qty: 10, cost: 100 }] },
      {
        disposals: [
          { seqs: [1], gain: 20, parts: [{ rule: '30-day', acquired: '2024-05-31', qty: 4, cost: 60 }] },
          {
            seqs: [2],
            gain: 55,
            parts: [
              { rule: '30-day', acquired: '2024-05-31', qty: 1, cost: 15 },
              { rule: 's104', qty: 3, cost: 30 },
            ],
          },
        ],
        totals: { gain: 75, proceeds: 180, cost: 105 },
        closingPools: [{ asset: 'A', qty: 8, cost: 169 }],
      },
    );
  });

  test('a purchase of the day goes to that day’s sale before any earlier one, and coins keep apart', () => {
    const list = events(
      ['2024-05-01', 'sell', 'A', 2, 60],
      ['2024-05-10', 'buy', 'A', 3, 30],
      ['2024-05-10', 'sell', 'A', 2, 50],
      ['2024-05-10', 'buy', 'B', 1, 7],
      ['2024-05-11', 'sell', 'B', 1, 9],
    );
    check(
      'uk-share-matching',
      'uk',
      'uk-share-matching',
      { events: list, openingPools: [{ asset: 'A', qty: 5, cost: 100 }] },
      {
        disposals: [
          {
            seqs: [1],
            cost: 30,
            parts: [
              { rule: '30-day', qty: 1, cost: 10 },
              { rule: 's104', qty: 1, cost: 20 },
            ],
          },
          { seqs: [3], cost: 20, parts: [{ rule: 'same-day', qty: 2, cost: 20 }] },
          { seqs: [5], asset: 'B', gain: 2 },
        ],
        closingPools: [{ asset: 'A', qty: 4, cost: 80 }],
      },
    );
  });
});

describe('superficial losses, private disposals, portfolios', () => {
  test('a purchase before the sale denies the loss too, as far as it is still held', () => {
    const list = events(
      ['2024-01-01', 'buy', 'A', 10, 100],
      ['2024-05-20', 'buy', 'A', 4, 40],
      ['2024-06-01', 'sell', 'A', 12, 60],
    );
    // Loss 60; bought 4, held 2: a sixth of it is denied.
    check(
      'superficial-loss',
      'canada',
      'average-moving',
      { events: list },
      {
        rawGains: [-60],
        deniedLoss: 10,
        addedToAcb: 10,
        reportedGains: [-50],
        closingAcb: 30,
      },
    );
  });

  test('the exemption limit is judged on the coins within their year alone', () => {
    const list = events(
      ['2023-01-01', 'buy', 'A', 1, 100],
      ['2024-01-01', 'buy', 'A', 1, 100],
      ['2024-06-01', 'sell', 'A', 2, 2_198],
    );
    check(
      'de-section-23',
      'germany',
      'fifo',
      { events: list, exemptionLimit: 1_000 },
      {
        gain: 1_998,
        withinOneYear: true,
        taxable: 0,
      },
    );
  });

  test('three sales of a portfolio that keeps changing its value', () => {
    const input = {
      totalAcquisitionPrice: 1_000,
      sales: [
        { salePrice: 500, portfolioValue: 2_000 },
        { salePrice: 300, portfolioValue: 1_500 },
        { salePrice: 1_200, portfolioValue: 1_200 },
      ],
      rate: 0.3,
    };
    check('fr-portfolio', 'france', 'fr-portfolio', input, {
      gains: [250, 150, 600],
      netAcquisitionPriceAfter: [750, 600, 0],
      yearNet: 1_000,
      tax: 300,
    });
  });
});

describe('contracts', () => {
  test('a 60/40 short over two year ends, and one that closes within the year', () => {
    const trades = [
      {
        open: '2023-11-01',
        openPrice: 100,
        yearEndMarks: { 2023: 90, 2024: 120 },
        close: '2025-03-01',
        closePrice: 110,
        side: 'short',
        qty: 2,
      },
      { open: '2024-02-01', openPrice: 100, close: '2024-05-01', closePrice: 105, side: 'long' },
    ];
    check(
      'section-1256',
      'us',
      'section-1256',
      { trades, shortRate: 0.3, longRate: 0.2 },
      {
        byYear: {
          2023: { gain: 20, longTerm: 12, shortTerm: 8, tax: 4.8 },
          2024: { gain: -55, longTerm: -33, shortTerm: -22 },
          2025: { gain: 20, longTerm: 12, shortTerm: 8 },
        },
      },
    );
  });

  test('a short CFD with financing received', () => {
    const input = { side: 'short', units: 10, openPrice: 5, closePrice: 6, financingPaid: -3, dividendCredit: 0, commission: 2 };
    check('cfd', 'uk', 'cfd-single-computation', input, { priceMove: -10, gain: -9 });
  });

  test('funding that is income both ways, and a loss that brings no refund', () => {
    const perp = {
      side: 'long',
      qty: 1,
      openDate: '2025-01-01',
      openPrice: 100,
      closeDate: '2025-02-01',
      closePrice: 80,
      fees: 1,
      fundingReceived: 5,
      fundingPaid: 2,
    };
    const input = {
      spot: { qty: 1, acquired: '2024-01-01', unitCost: 50 },
      perp,
      shortRate: 0.24,
      longRate: 0.15,
      fundingPaidDeductible: true,
    };
    check('perp', 'us', 'perp-funding-ordinary', input, {
      pricePnl: -20,
      capitalGain: -21,
      ordinaryIncome: 3,
      tax: 0.72,
      spotGainRealised: 0,
    });
  });

  describe('funding by the treatments of the fact sheet', () => {
    const perp = {
      side: 'short',
      qty: 1,
      openDate: '2025-01-01',
      openPrice: 100,
      closeDate: '2025-02-01',
      closePrice: 80,
      fees: 1,
      fundingReceived: 2,
      fundingPaid: 5,
    };
    const input = { spot: { qty: 1, acquired: '2024-01-01', unitCost: 50 }, perp, shortRate: 0.4, longRate: 0.2 };

    test.each([
      ['capital-netted', 16, 0, 6.4],
      ['ordinary-asymmetric', 19, 2, 8.4],
      ['ordinary-both-ways', 19, -3, 6.4],
    ])('%s', (treatment, capitalGain, ordinaryIncome, tax) => {
      const expected = { pricePnl: 20, capitalGain, ordinaryIncome, tax, spotGainRealised: 0 };
      check('perp', 'us', 'perp', { ...input, fundingTreatment: treatment }, expected);
      check('perp', 'us', `perp-${treatment}`, input, expected);
    });

    test('a treatment that is not known is named', () => {
      const example = {
        id: 'x',
        title: 'x',
        kind: 'perp',
        regime: 'us',
        currency: 'USD',
        expected: { tax: 0 },
        tolerance: { abs: 0 },
      };
      expect(() => verify({ ...example, method: 'perp-netted', input })).toThrow('funding treatment "netted" is not known');
    });
  });

  test('straddles: a larger gain defers all of the loss, and a lot past its year keeps its clock', () => {
    check(
      'straddle',
      'us',
      'section-1092',
      { realisedLoss: 100, unrecognisedGainOnOffset: 250 },
      { allowedLoss: 0, deferredLoss: 100 },
    );
    check(
      'straddle',
      'us',
      'section-1092',
      { realisedLoss: 100, unrecognisedGainOnOffset: -5 },
      { allowedLoss: 100, deferredLoss: 0 },
    );
    const lot = { acquired: '2023-10-01', hedgeOpened: '2024-10-02', hedgeClosed: '2025-04-01', sold: '2025-05-01' };
    check('straddle', 'us', '1.1092(b)-2T', lot, { holdingStarts: '2023-10-01', term: 'long', unhedgedTerm: 'long' });
    const aDayTooYoung = { ...lot, hedgeOpened: '2024-10-01' };
    check('straddle', 'us', '1.1092(b)-2T', aDayTooYoung, { holdingStarts: '2025-04-01', term: 'short', unhedgedTerm: 'long' });
  });

  test('holding periods of every regime that has them, around leap days', () => {
    const cases = [
      { acquired: '2024-02-29', disposed: '2025-02-28' },
      { acquired: '2024-02-29', disposed: '2025-03-01' },
      { acquired: '2023-03-01', disposed: '2024-03-01' },
      { acquired: '2023-03-01', disposed: '2024-03-02' },
    ];
    for (const regime of ['us', 'germany', 'australia']) {
      check('holding-period', regime, 'holding-period', { cases }, { eligible: [false, true, false, true] });
    }
    check('holding-period', 'uk', 'holding-period', { cases }, { eligible: [false, false, false, false] });
  });
});

describe('bills', () => {
  test('long-term gain over all three bands', () => {
    const input = {
      filing: 'joint',
      year: 2026,
      ordinaryTaxableIncome: 90_000,
      longTermGain: 550_000,
      thresholds: [98_900, 613_700],
    };
    check('tax-liability', 'us', 'ltcg-brackets', input, { at0: 8_900, at15: 514_800, at20: 26_300, tax: 82_480 });
  });

  test('net investment income tax on the excess, and on nothing', () => {
    const input = { filing: 'separate', magi: 130_000, netInvestmentIncome: 40_000, threshold: 125_000, rate: 0.038 };
    check('tax-liability', 'us', 'niit', input, { base: 5_000, tax: 190 });
    check('tax-liability', 'us', 'niit', { ...input, magi: 100_000 }, { base: 0, tax: 0 });
  });

  test('gains of a higher-rate taxpayer, and gains below the exempt amount', () => {
    const input = { taxableIncome: 60_000, gains: 10_000, annualExemptAmount: 3_000, basicRateBand: 37_700, rates: [0.18, 0.24] };
    check('tax-liability', 'uk', 'cgt-rates', input, { taxableGain: 7_000, atLower: 0, atHigher: 7_000, tax: 1_680 });
    check('tax-liability', 'uk', 'cgt-rates', { ...input, gains: 2_000 }, { taxableGain: 0, atLower: 0, atHigher: 0, tax: 0 });
  });

  test('an exempt amount larger than the dearer gains reaches the others', () => {
    const input = {
      higherRateTaxpayer: true,
      gainsBefore30Oct2024: 5_000,
      gainsFrom30Oct2024: 1_000,
      annualExemptAmount: 3_000,
      rates: { before: 0.2, after: 0.24 },
    };
    check('tax-liability', 'uk', 'cgt-rates', input, { taxableBefore: 3_000, taxableAfter: 0, tax: 600 });
  });

  test('the discount is for those who waited a day longer, and not for a loss', () => {
    const input = { acquired: '2023-07-01', disposed: '2024-07-01', cost: 100, proceeds: 300, discount: 0.5 };
    check('tax-liability', 'australia', 'cgt-discount', input, { gain: 200, discountEligible: false, netCapitalGain: 200 });
    const later = { ...input, disposed: '2024-07-02' };
    check('tax-liability', 'australia', 'cgt-discount', later, { gain: 200, discountEligible: true, netCapitalGain: 100 });
    check('tax-liability', 'australia', 'cgt-discount', { ...later, proceeds: 40 }, { gain: -60, netCapitalGain: 0 });
  });

  test('a cap that does not bind, and one that leaves a gain', () => {
    const input = { derivativeGains: 50_000, derivativeLosses: 15_000, lossCap: 20_000, rate: 0.25 };
    check('tax-liability', 'germany', 'section-20-derivatives', input, {
      withCap: { taxable: 35_000, tax: 8_750, carriedForward: 0 },
      withoutCap: { taxable: 35_000, tax: 8_750 },
    });
    check(
      'tax-liability',
      'germany',
      'section-20-derivatives',
      { ...input, derivativeLosses: 80_000 },
      {
        withCap: { taxable: 30_000, tax: 7_500, carriedForward: 60_000 },
        withoutCap: { taxable: 0, tax: 0 },
      },
    );
  });

  test('every gain taxed, no loss used; what was withheld credited', () => {
    const gainsByAsset = { X: 100, Y: -500, Z: 200 };
    check(
      'tax-liability',
      'india',
      '115bbh',
      { gainsByAsset, rate: 0.3, cess: 0.04 },
      {
        taxable: 300,
        taxBeforeCess: 90,
        tax: 93.6,
        lossCarriedForward: 0,
      },
    );
    check(
      'tax-liability',
      'india',
      '194s',
      { saleValue: 200_000, tdsRate: 0.01, gain: 50_000 },
      {
        tdsWithheld: 2_000,
        cashReceived: 198_000,
        finalTax: 15_600,
        refundDue: 0,
      },
    );
  });
});

describe('losses from year to year', () => {
  test('a gain of a later year eats what is left', () => {
    const years = [
      { year: 2021, gains: 0, losses: 10_000 },
      { year: 2022, gains: 1_000, losses: 2_000 },
      { year: 2023, gains: 9_000, losses: 0 },
    ];
    check(
      'loss-carryforward',
      'us',
      'capital-loss',
      { years, ordinaryOffsetLimit: 1_500 },
      {
        years: [
          { year: 2021, net: -10_000, deducted: 1_500, carriedForward: 8_500 },
          { year: 2022, net: -9_500, deducted: 1_500, carriedForward: 8_000 },
          { year: 2023, net: 1_000, deducted: 0, carriedForward: 0 },
        ],
      },
    );
  });

  test('losses larger than all gains go on, before any discount', () => {
    const input = {
      shortGains: 1_000,
      discountGains: 2_000,
      currentLosses: 500,
      lossesBroughtForward: 4_000,
      discount: 0.5,
      order: 'losses against non-discount gains first',
    };
    check('loss-carryforward', 'australia', 'cgt-discount', input, {
      lossesUsed: 3_000,
      shortGainsAfterLosses: 0,
      discountGainsAfterLosses: 0,
      netCapitalGain: 0,
      lossCarriedForward: 1_500,
    });
  });

  test('own losses beyond the gains join those brought forward', () => {
    const input = { gains: 2_000, currentLosses: 5_000, lossesBroughtForward: 700, annualExemptAmount: 3_000 };
    check('loss-carryforward', 'uk', 'annual-exempt-amount', input, {
      netBeforeBroughtForward: 0,
      lossesUsedBroughtForward: 0,
      taxable: 0,
      lossesCarriedForward: 3_700,
    });
  });
});
