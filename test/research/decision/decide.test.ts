import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide, type DecisionInput } from '../../../src/research/decision/decide.ts';
import { readCoins, type DecisionTexts } from '../../../src/research/decision/read-coins.ts';
import { Unknown } from '../../../src/research/decision/unknown.ts';

const ON = Date.UTC(2024, 5, 1);
const NONE = { holding: [], target: [], lot: [], price: [] };

/** The article's worked example: 10,000 at 60/40, grown to 75 % Bitcoin. */
const ARTICLE = {
  ...NONE,
  holding: ['BTC=7500', 'ETH=2500'],
  target: ['BTC=0.6', 'ETH=0.4'],
  price: ['BTC=60000'],
};
// 0.125 BTC bought for 1,500, a fifth of what they are worth.
const WITH_LOTS = { ...ARTICLE, lot: ['BTC=0.125@1500@2023-12-01'] };

function answers(texts: Partial<DecisionTexts> = {}, more: Partial<DecisionInput> = {}) {
  return decide({
    coins: readCoins({ ...ARTICLE, ...texts }, ON),
    cash: 0,
    venue: 'binance',
    tax: { regime: 'us', rates: { short: 0.4, long: 0.2 }, payFrom: 'portfolio', funding: 'result', law: 'today' },
    cashIs: 'fiat',
    collateral: 'cash',
    leverage: 1,
    funding: 0.0001,
    horizon: null,
    on: ON,
    ...more,
  });
}
const reason = (answer: unknown) => (answer as Unknown).reason;

test('a venue file gives what the preset it builds on does not know', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kedge-decide-'));
  const venue = join(folder, 'mine.yaml');
  writeFileSync(venue, 'name: mine\npreset: kraken\nmaintenance: 0.01\nfees: { perpetual: { maker: 0, taker: 0.001 } }\n');
  try {
    const { liquidationPrice, carryPerMonth } = answers({}, { venue }).answers;
    expect(liquidationPrice).toBeCloseTo(120_000 / 1.01, 6);
    // Kraken settles every hour: 1,500 × 0.01 % × 24 a day × 30.4375 days.
    expect(carryPerMonth).toBeCloseTo(109.575, 9);
    expect(reason(answers({}, { venue: 'kraken' }).answers.liquidationPrice)).toContain('does not know maintenance');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the worked example of the article', () => {
  test('is 15 points off and a short of 1,500', () => {
    const { deviation, answers: found, orders } = answers();
    expect(deviation).toEqual({ BTC: expect.closeTo(0.15, 12) as number, ETH: expect.closeTo(-0.15, 12) as number });
    expect(found.hedgeNotional).toBe(-1_500);
    expect(orders).toEqual([{ symbol: 'BTC-PERP', notional: -1_500, quantity: -0.025 }]);
  });

  test('needs a margin of 1,500, and is liquidated at almost twice the price', () => {
    const { margin, liquidationPrice } = answers().answers;
    expect(margin).toBe(1_500);
    // 0.4 % of maintenance in the first bracket: 120,000 / 1.004.
    expect(liquidationPrice).toBeCloseTo(120_000 / 1.004, 6);
    expect(answers({}, { leverage: 5 }).answers.margin).toBe(300);
    expect(answers({}, { leverage: 5 }).answers.liquidationPrice).toBeCloseTo((60_000 * 1.2) / 1.004, 6);
    // With cash of its whole notional behind it, it holds as long as at leverage 1.
    const withCash = answers({ holding: ['BTC=7500', 'ETH=1000'] }, { leverage: 5, cash: 1_500 });
    expect(withCash.answers.liquidationPrice).toBeCloseTo(120_000 / 1.004, 6);
  });

  test('is paid by positive funding: a short receives it', () => {
    // 1,500 × 0.01 % × 3 a day × 30.4375 days
    expect(answers().answers.carryPerMonth).toBeCloseTo(13.696875, 9);
    expect(answers({}, { funding: -0.0001 }).answers.carryPerMonth).toBeCloseTo(-13.696875, 9);
    expect(reason(answers({}, { funding: null }).answers.carryPerMonth)).toContain('--funding');
  });

  test('cannot tell the tax, and so not the cheaper way, without what the coins cost', () => {
    const { taxIfSold, advice } = answers().answers;
    expect(reason(taxIfSold)).toBe('what BTC cost is not given: --lot BTC=QTY@COST@DATE');
    expect(advice).toBeInstanceOf(Unknown);
  });
});

describe('with lots', () => {
  test('knows the tax of the sale, now and long-term', () => {
    const { taxIfSold, taxIfSoldLongTerm, 'costs.spotOrders': spot } = answers(WITH_LOTS).answers;
    // 1,500 less 0.1025 % of cost is 1,498.46, and 300 of it is what the coins cost.
    const gain = 1_500 * (1 - 0.001025) - 300;
    expect(taxIfSold).toBeCloseTo(0.4 * gain, 9);
    expect(taxIfSoldLongTerm).toBeCloseTo(0.2 * gain, 9);
    expect(spot).toBeCloseTo(1_500 * 0.001025 * 2, 9);
  });

  test('hedges until the lots are long-term, where that is cheaper', () => {
    const { answers: found, days, orders } = answers(WITH_LOTS);
    // Long-term from 2 December 2024.
    expect(days).toBe(184);
    expect(found.advice).toBe('hedge');
    expect(orders.map(({ symbol }) => symbol)).toEqual(['BTC-PERP']);
    const carry = 1_500 * 0.0001 * 3 * 184;
    const gain = 1_500 * (1 - 0.001025) - 300;
    const orderCost = 1_500 * (0.0005 + 0.000025);
    expect(found['costs.hedge']).toBeCloseTo(0.2 * gain + 1_500 * 0.00205 + 2 * orderCost - carry, 6);
    expect(reason(found['breakEven.days'])).toContain('never');
  });

  test('knows the funding rate at which both ways cost the same: negative, for a short', () => {
    const rate = answers(WITH_LOTS).answers['breakEven.funding'] as number;
    expect(rate).toBeLessThan(0);
    const even = answers(WITH_LOTS, { funding: rate }).answers;
    expect(even['costs.hedge']).toBeCloseTo(even['costs.sell'] as number, 6);
    // From there on a hedge costs more with every day.
    expect(answers(WITH_LOTS, { funding: rate * 1.01 }).answers.advice).toBe('sell');
    expect(answers(WITH_LOTS, { funding: rate }).answers['breakEven.days']).toBeCloseTo(184, 3);
  });

  test('sells where the lots are long-term already, or nothing is taxed', () => {
    const old = { ...WITH_LOTS, lot: ['BTC=0.125@1500@2020-03-01'] };
    const sold = answers(old);
    expect(sold.answers.advice).toBe('sell');
    expect(sold.orders).toEqual([
      { symbol: 'BTC', notional: -1_500, quantity: -0.025 },
      { symbol: 'ETH', notional: 1_500, quantity: null },
    ]);
    const untaxed = answers({}, { tax: { regime: 'none', payFrom: 'portfolio', funding: 'result', law: 'today' }, funding: 0 });
    expect(untaxed.answers.taxIfSold).toBe(0);
    expect(untaxed.answers.advice).toBe('sell');
  });

  test('waits for as many lots as are sold, oldest first', () => {
    const lot = ['BTC=0.02@300@2023-07-01', 'BTC=0.01@200@2023-12-01', 'BTC=0.095@1000@2024-03-01'];
    expect(answers({ ...WITH_LOTS, lot }).days).toBe(184);
    expect(answers({ ...WITH_LOTS, lot }, { horizon: 30 }).days).toBe(30);
  });

  test('a hedge that ends before the lots are long-term puts the tax off and saves none of it', () => {
    // Long-term from 2 December: 184 days on.
    const hedgeFor = (horizon: number) => answers(WITH_LOTS, { horizon, funding: 0 }).answers;
    const { taxIfSold, taxIfSoldLongTerm, ...rest } = hedgeFor(183);
    const orders = (rest['costs.spotOrders'] as number) + (rest['costs.hedgeOrders'] as number);
    expect(rest['costs.hedge']).toBeCloseTo((taxIfSold as number) + orders, 9);
    expect(rest.advice).toBe('sell');
    expect(hedgeFor(184)['costs.hedge']).toBeCloseTo((taxIfSoldLongTerm as number) + orders, 9);
    expect(hedgeFor(184).advice).toBe('hedge');
    expect(reason(hedgeFor(0)['breakEven.funding'])).toBe('the hedge is priced for no days');
  });

  test('does not sell more than the lots hold', () => {
    const { taxIfSold } = answers({ ...ARTICLE, price: [], lot: ['BTC=0.01@10@2020-01-01'] }).answers;
    expect(reason(taxIfSold)).toContain('--price BTC');
  });
});

describe('other books', () => {
  test('coins as collateral of a full short are liquidated by no price', () => {
    const { liquidationPrice } = answers({}, { collateral: 'coin' }).answers;
    expect(reason(liquidationPrice)).toContain('no price does it');
  });

  test('an underweight is a long, and no answer to a sale', () => {
    const { hedgeNotional, advice } = answers({ holding: ['BTC=5000', 'ETH=5000'] }).answers;
    expect(hedgeNotional).toBe(1_000);
    expect(reason(advice)).toContain('under its target');
  });

  test('at its target needs nothing', () => {
    const { answers: found, orders } = answers({ holding: ['BTC=6000', 'ETH=4000'] });
    expect(found.advice).toBe('nothing');
    expect(found.hedgeNotional).toBe(0);
    expect(orders).toEqual([]);
    expect(reason(found.margin)).toContain('at its target');
  });

  test('without Bitcoin is not hedged', () => {
    const texts = { holding: ['ETH=10', 'SOL=20'], target: ['ETH=0.5', 'SOL=0.5'], price: [] };
    expect(reason(answers(texts).answers.hedgeNotional)).toContain('neither held nor in the target');
  });

  test('counts cash as part of everything', () => {
    expect(answers({ target: ['BTC=0.6'] }, { cash: 5_000 }).deviation['BTC']).toBeCloseTo(0.5 - 0.6, 12);
  });

  test('an unknown venue or regime is told with the nearest', () => {
    expect(() => answers({}, { venue: 'binanse' })).toThrow(expect.objectContaining({ code: 'venue-unknown' }));
  });
});

describe('where swaps are untaxed', () => {
  const tax: DecisionInput['tax'] = { regime: 'france', payFrom: 'portfolio', funding: 'result', law: 'today' };
  const lot = ['BTC=0.125@1500@2023-12-01', 'ETH=1@1000@2023-12-01'];
  const free = { tax, venue: 'none' };

  test('a sale that pays for another coin is a swap', () => {
    expect(answers({ lot }, free).answers).toMatchObject({ taxIfSold: 0, taxIfSoldLongTerm: 0 });
  });

  test('what it brings beyond is sold for money, at its share of all that was paid', () => {
    // 1,500 sold, 500 of it for ETH: 1,000 − 2,500 × 1,000 / 10,000, at 31.4 %.
    const { taxIfSold } = answers({ lot, target: ['BTC=0.6', 'ETH=0.3'] }, free).answers;
    expect(taxIfSold).toBeCloseTo(0.314 * 750, 9);
  });

  test('the cost of every coin must be known', () => {
    const { taxIfSold } = answers({ lot: lot.slice(0, 1), target: ['BTC=0.6', 'ETH=0.2'] }, free).answers;
    expect(reason(taxIfSold)).toBe('what ETH cost is not given: --lot ETH=QTY@COST@DATE');
  });

  test('a sale for a stablecoin is a swap, whatever the coins cost', () => {
    const { taxIfSold } = answers({ target: ['BTC=0.6', 'ETH=0.2'] }, { ...free, cashIs: 'stablecoin' }).answers;
    expect(taxIfSold).toBe(0);
    const inAmerica = answers(WITH_LOTS, { cashIs: 'stablecoin' }).answers.taxIfSold;
    expect(inAmerica).toBe(answers(WITH_LOTS).answers.taxIfSold);
  });
});
